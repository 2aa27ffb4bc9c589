/**
 * Writes that go on while other things are computed. Whoever begins some ends them: `done` waits for all,
 * `stop` has them end and waits until nothing is written any more.
 * @example
 * const writing = new Writing()
 * writing.begin(async (signal) => writeSheets(signal))
 * await writing.done() // throws what any of them threw
 */
export class Writing {
  readonly #stopped = new AbortController()
  readonly #all: Promise<void>[] = []

  /** Begins a write; what it gives is done when this one is. */
  begin(write: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const written = write(this.#stopped.signal)
    // Told by `done`, whenever that is asked.
    written.catch(() => undefined)
    this.#all.push(written)
    return written
  }

  /** Waits until all is written. Throws when any of it failed; the others may then be under way. */
  async done(): Promise<void> {
    await Promise.all(this.#all)
  }

  async stop(): Promise<void> {
    this.#stopped.abort(new Error('What it was written for has failed.'))
    await Promise.allSettled(this.#all)
  }
}
