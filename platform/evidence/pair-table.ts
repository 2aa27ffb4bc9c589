const firstSlots = 16
const partBits = 6

/** One part of a table: slots of three numbers each (first key, second key, value; value 0 is free). */
class Part {
  #slots = new Uint32Array(3 * firstSlots)
  #mask = firstSlots - 1
  #count = 0

  get(a: number, b: number, hash: number): number {
    const at = this.#find(a, b, hash)
    return this.#slots[at + 2] as number
  }

  set(a: number, b: number, hash: number, value: number): void {
    const at = this.#find(a, b, hash)
    const isNew = this.#slots[at + 2] === 0
    this.#slots[at] = a
    this.#slots[at + 1] = b
    this.#slots[at + 2] = value
    if (!isNew) return
    this.#count += 1
    if (this.#count > 0.75 * (this.#mask + 1)) this.#grow()
  }

  #find(a: number, b: number, hash: number): number {
    const slots = this.#slots
    for (let i = hash & this.#mask; ; i = (i + 1) & this.#mask) {
      const at = 3 * i
      if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Uint32Array(2 * old.length)
    this.#mask = 2 * (this.#mask + 1) - 1
    for (let at = 0; at < old.length; at += 3) {
      const value = old[at + 2] as number
      if (value === 0) continue
      const [a, b] = [old[at] as number, old[at + 1] as number]
      const to = this.#find(a, b, mix(a, b))
      this.#slots[to] = a
      this.#slots[to + 1] = b
      this.#slots[to + 2] = value
    }
  }
}

function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b ^ (a >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) >>> 0
}

/**
 * A map from two whole numbers from 0 to 2^32 - 1 to a third, in 16 to 32 bytes an entry: a `Map`
 * takes some hundred. It grows part by part, so that it never holds itself twice.
 * @example
 * const table = new PairTable()
 * table.set(1, 2, 7)
 * table.get(1, 2) // 7
 * table.get(2, 1) // 0: nothing is there
 */
export class PairTable {
  readonly #parts = Array.from({ length: 1 << partBits }, () => new Part())

  /** 0 where nothing was set. */
  get(a: number, b: number): number {
    const hash = mix(a, b)
    return this.#part(hash).get(a, b, hash)
  }

  /** `value` must not be 0, which stands for nothing. */
  set(a: number, b: number, value: number): void {
    const hash = mix(a, b)
    this.#part(hash).set(a, b, hash, value)
  }

  #part(hash: number): Part {
    return this.#parts[hash >>> (32 - partBits)] as Part
  }
}
