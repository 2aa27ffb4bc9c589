const least = 64 * 1024

/** One answer of the database, put together from the parts in which it comes. */
export class Answer {
  #bytes = new Uint8Array(least)
  #length = 0

  /** Adds a part. It is copied: it lies in memory that the database writes over. */
  add(part: Uint8Array): void {
    const length = this.#length + part.length
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(part, this.#length)
    this.#length = length
  }

  /** The whole answer, in memory of its own, and begins the next. What a large one took is let go. */
  take(): Uint8Array<ArrayBuffer> {
    const whole = this.#bytes.slice(0, this.#length)
    this.#length = 0
    if (this.#bytes.length > 16 * least) this.#bytes = new Uint8Array(least)
    return whole
  }
}
