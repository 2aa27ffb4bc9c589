import { setTimeout as wait } from 'node:timers/promises'
import type { UploadsOptions } from './uploads.ts'
import {
  addWithdrawal,
  endWithdrawal,
  failWithdrawal,
  findWithdrawal,
  isPublished,
  type Withdrawal,
  waitingWithdrawals,
} from './withdrawal-store.ts'

/**
 * Releases that are being withdrawn. Each is a row before whoever asked is told so, and stays one until it is
 * done: the next start goes on with what a process left that died. They wait for each other, and for no file
 * that is being checked.
 */
export class Withdrawals {
  readonly #options: Pick<UploadsOptions, 'db' | 'work' | 'onProblem' | 'signal'>
  /** One after the other: each that waited for the lock of publishing would hold a thread. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: Pick<UploadsOptions, 'db' | 'work' | 'onProblem' | 'signal'>) {
    this.#options = options
  }

  /** Goes on with what a process left that died. */
  async resume(): Promise<void> {
    for (const { release } of await waitingWithdrawals(this.#options.db)) this.#begin(release)
  }

  /** Notes that a release is to be withdrawn, and begins; asked for again meanwhile, it is withdrawn once. */
  async ask(of: Pick<Withdrawal, 'release' | 'reason' | 'role'>): Promise<void> {
    if (await addWithdrawal(this.#options.db, of)) this.#begin(of.release)
  }

  /** One that has not come to its end; null where there is none. */
  find(release: number): Promise<Withdrawal | null> {
    return findWithdrawal(this.#options.db, release)
  }

  /** Numbers of the releases that are being withdrawn. */
  async underWay(): Promise<Set<number>> {
    return new Set((await waitingWithdrawals(this.#options.db)).map((w) => w.release))
  }

  /** Waits until nothing is under way, or so many milliseconds. */
  async quiet(patience: number): Promise<void> {
    await Promise.race([this.#last, wait(patience, undefined, { ref: false })])
  }

  async settled(): Promise<void> {
    await this.#last
  }

  #begin(release: number): void {
    this.#last = this.#last.then(() => this.#go(release)).catch(this.#options.onProblem)
  }

  async #go(release: number): Promise<void> {
    const { db, work, signal, onProblem } = this.#options
    const found = await findWithdrawal(db, release)
    if (found?.state !== 'waiting') return
    // A process may have died between the last step and the removal of its row.
    if (await isPublished(db, release)) {
      const by = found.role === 'analyst' ? 'an analyst' : 'a steward'
      const to = { release, by, reason: found.reason }
      const problem = await work
        .withdraw(to, () => undefined)
        .then(
          (did) => (did.outcome === 'done' ? null : new Error(did.said)),
          (error: unknown) => error,
        )
      // The next start goes on with it.
      if (problem !== null && signal.aborted) return
      if (problem !== null && (await isPublished(db, release))) {
        await failWithdrawal(db, release)
        onProblem(problem)
        return
      }
    }
    await endWithdrawal(db, release)
  }
}
