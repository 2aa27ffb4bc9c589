import { setTimeout as wait } from 'node:timers/promises'
import { once, type SentForm, SentOtherwise } from '../people/once.ts'
import type { UploadsOptions } from './uploads.ts'
import {
  addWithdrawal,
  endWithdrawal,
  failWithdrawal,
  findWithdrawal,
  givenReason,
  isPublished,
  type Withdrawal,
  waitingWithdrawals,
} from './withdrawal-store.ts'

type AskedWithdrawal = Pick<Withdrawal, 'release' | 'reason' | 'role'>

/** `asked-before`: somebody did, for another reason. `sent-otherwise`: by this very form, with other words. */
export type WithdrawalOutcome = 'asked' | 'asked-before' | 'sent-otherwise'

/** Ends a transaction: the release is being withdrawn already, or no longer counts. */
class AskedBefore extends Error {}

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

  /**
   * Notes that a release is to be withdrawn, and begins; asked for again meanwhile, it is withdrawn once.
   * @param sent the form by which it was asked; null where it has no number of its own.
   */
  async ask(of: AskedWithdrawal, sent: SentForm | null): Promise<WithdrawalOutcome> {
    try {
      await this.#options.db.transaction(async (tx) => {
        const add = async (): Promise<string> => {
          if (await addWithdrawal(tx, of)) return `/publish/releases/${of.release}/withdraw`
          throw new AskedBefore()
        }
        await (sent === null ? add() : once(tx, sent, add))
      })
    } catch (error) {
      if (error instanceof SentOtherwise) return 'sent-otherwise'
      if (!(error instanceof AskedBefore)) throw error
      return (await givenReason(this.#options.db, of.release)) === of.reason
        ? 'asked'
        : 'asked-before'
    }
    this.#begin(of.release)
    return 'asked'
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
