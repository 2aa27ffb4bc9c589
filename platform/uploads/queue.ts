/** How many files are worked on at a time: each holds a thread, and those that publish wait for each other. */
const atATime = 2

interface Waiting {
  readonly id: string
  readonly bytes: number
}

/** Files that wait for their work: two at a time, small ones first. */
export class Queue {
  readonly #work: (id: string) => Promise<void>
  readonly #waiting: Waiting[] = []
  /** Those at work, and whether their work was asked for once more meanwhile. */
  readonly #running = new Map<string, boolean>()
  #idle: Promise<void> = Promise.resolve()
  #rest: () => void = () => {}

  /** @param work what is done with a file; it handles its own failures. */
  constructor(work: (id: string) => Promise<void>) {
    this.#work = work
  }

  /** Asks for the work of a file; one that waits already waits once. */
  add(of: Waiting): void {
    if (this.#running.has(of.id)) return void this.#running.set(of.id, true)
    if (this.#waiting.some((w) => w.id === of.id)) return
    if (this.#running.size + this.#waiting.length === 0) {
      this.#idle = new Promise((resolve) => {
        this.#rest = resolve
      })
    }
    const at = this.#waiting.findIndex((w) => w.bytes > of.bytes)
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, of)
    this.#next()
  }

  /** How many files come before one that waits; 0 where it is at work, or nothing is asked of it. */
  before(id: string): number {
    const at = this.#waiting.findIndex((w) => w.id === id)
    return at < 0 ? 0 : at + this.#running.size
  }

  /** Is done when nothing is at work and nothing waits. */
  idle(): Promise<void> {
    return this.#idle
  }

  #next(): void {
    while (this.#running.size < atATime) {
      const next = this.#waiting.shift()
      if (!next) break
      this.#running.set(next.id, false)
      void this.#work(next.id).finally(() => this.#ended(next))
    }
    if (this.#running.size === 0) this.#rest()
  }

  #ended(of: Waiting): void {
    const isAskedAgain = this.#running.get(of.id)
    this.#running.delete(of.id)
    if (isAskedAgain) this.#waiting.unshift(of)
    this.#next()
  }
}
