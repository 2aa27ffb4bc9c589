/**
 * Writes that are under way while their maker goes on: the database works on another processor than
 * reading and comparing, so that neither waits for the other. At most `most` are held, which bounds
 * the memory; they are done in order.
 * @example
 * const backlog = new Backlog()
 * await backlog.add(() => db.query('insert ...')) // waits only while too many are under way
 * await backlog.done() // throws what any of them threw
 */
export class Backlog {
  readonly #most: number
  #waiting = 0
  #last: Promise<void> = Promise.resolve()
  #failed: { error: unknown } | null = null

  constructor(most = 8) {
    this.#most = most
  }

  /** Adds a write; waits until there is room. Throws when an earlier one failed. */
  async add(write: () => Promise<unknown>): Promise<void> {
    while (this.#waiting >= this.#most) await this.#oldest()
    this.#throw()
    this.#waiting += 1
    this.#last = this.#last.then(async () => {
      try {
        if (!this.#failed) await write()
      } catch (error) {
        this.#failed = { error }
      } finally {
        this.#waiting -= 1
        this.#next?.resolve()
        this.#next = null
      }
    })
  }

  /** Waits until all is written. Throws when one failed; the writes after it were not begun. */
  async done(): Promise<void> {
    await this.#last
    this.#throw()
  }

  /** Waits until nothing is under way any more, whether it failed or not. */
  async settled(): Promise<void> {
    await this.#last
  }

  #next: PromiseWithResolvers<void> | null = null
  #oldest(): Promise<void> {
    this.#next ??= Promise.withResolvers<void>()
    return this.#next.promise
  }

  #throw(): void {
    if (this.#failed) throw this.#failed.error
  }
}
