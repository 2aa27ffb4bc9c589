/**
 * Answers that never change, such as all that a publication says: each is asked once and kept, the
 * latest used ones up to a number, or up to a weight. An answer that fails is asked again.
 *
 * @example
 * const kept = new Kept<string[]>(4)
 * await kept.get('publication 7', () => read(7))
 * @example
 * const rows = new Kept<Row[]>(100_000, (found) => found.length)
 */
export class Kept<T> {
  readonly #most: number
  readonly #weigh: (answer: T) => number
  readonly #answers = new Map<string, { answer: Promise<T>; weight: number }>()
  #weight = 0

  constructor(most: number, weigh: (answer: T) => number = () => 1) {
    this.#most = most
    this.#weigh = weigh
  }

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key)
    if (known) {
      this.#answers.delete(key)
      this.#answers.set(key, known)
      return known.answer
    }
    const asked = { answer: ask(), weight: 0 }
    this.#answers.set(key, asked)
    asked.answer.then(
      (found) => this.#weighed(key, asked, found),
      () => {
        if (this.#answers.get(key) === asked) this.#answers.delete(key)
      },
    )
    return asked.answer
  }

  #weighed(key: string, asked: { weight: number }, found: T): void {
    // Another may have come in its place.
    if (this.#answers.get(key) !== asked) return
    asked.weight = this.#weigh(found)
    this.#weight += asked.weight
    for (const [oldest, { weight }] of this.#answers) {
      if (this.#weight <= this.#most || oldest === key) break
      this.#answers.delete(oldest)
      this.#weight -= weight
    }
  }
}
