/**
 * An answer that changes, asked by many at once: whoever asks while it is being read joins those who
 * wait for the next reading. That one begins after they asked, so that nobody is told less than was
 * true when they asked, and however many ask, at most one reading is under way.
 *
 * @example
 * const state = new Joined(() => readState())
 * await Promise.all([state.get(), state.get(), state.get()]) // reads twice
 */
export class Joined<T> {
  readonly #ask: () => Promise<T>
  #reading: Promise<unknown> | null = null
  #next: Promise<T> | null = null

  constructor(ask: () => Promise<T>) {
    this.#ask = ask
  }

  get(): Promise<T> {
    if (this.#next) return this.#next
    const before = this.#reading
    if (!before) return this.#read()
    this.#next = before.then(
      () => this.#read(),
      () => this.#read(),
    )
    return this.#next
  }

  #read(): Promise<T> {
    this.#next = null
    const reading = this.#ask()
    this.#reading = reading
    const end = (): void => {
      if (this.#reading === reading) this.#reading = null
    }
    reading.then(end, end)
    return reading
  }
}
