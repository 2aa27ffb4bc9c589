/**
 * Answers that never change, such as all that a publication says: each is asked once and kept, the
 * latest used ones up to a number. An answer that fails is asked again.
 *
 * @example
 * const kept = new Kept<string[]>(4)
 * await kept.get('publication 7', () => read(7))
 */
export class Kept<T> {
  readonly #most: number
  readonly #answers = new Map<string, Promise<T>>()

  constructor(most: number) {
    this.#most = most
  }

  get(key: string, ask: () => Promise<T>): Promise<T> {
    let answer = this.#answers.get(key)
    if (answer) this.#answers.delete(key)
    else {
      answer = ask()
      answer.catch(() => this.#answers.delete(key))
    }
    this.#answers.set(key, answer)
    const oldest = this.#answers.keys().next().value
    if (this.#answers.size > this.#most && oldest !== undefined) this.#answers.delete(oldest)
    return answer
  }
}
