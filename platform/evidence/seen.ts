import { PairTable } from './pair-table.ts'

/** Which subjects stand in which series of a file: a bit each, 32 subjects an entry. Exact. */
export class SeenSubjects {
  readonly #table = new PairTable()

  has(series: number, subject: number): boolean {
    return ((this.#table.get(series, subject >>> 5) >>> (subject & 31)) & 1) === 1
  }

  add(series: number, subject: number): void {
    const block = subject >>> 5
    const bits = this.#table.get(series, block) | (1 << (subject & 31))
    this.#table.set(series, block, bits >>> 0)
  }
}

/**
 * The texts of a column that must each stand once, with the line of each. A text is known by 64 bits
 * of a hash, so that ten million of them stay within 320 MB: the odds that any two of ten million
 * different texts are taken for the same are 1 in 370,000.
 */
export class SeenTexts {
  readonly #table = new PairTable()

  /** The line on which the text stood before; 0 when it is new, and then it is remembered. */
  before(text: string, line: number): number {
    const [a, b] = hash(text)
    const earlier = this.#table.get(a, b)
    if (earlier === 0) this.#table.set(a, b, line)
    return earlier
  }
}

/** 64 bits of a text, as two numbers (after cyrb53 by bryc, public domain, with all bits kept). */
function hash(text: string): [number, number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  const mixedA = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  const mixedB =
    Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(mixedA ^ (mixedA >>> 13), 3266489909)
  return [mixedA >>> 0, mixedB >>> 0]
}
