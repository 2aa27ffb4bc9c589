import { emptyRoot, nodeHash } from './hash.ts'

/**
 * The right edge of a growing tree: the hashes of the full subtrees that its leaves fall into, the
 * largest first. All that is needed to add leaves and to know the root, in 32 bytes for each one in the
 * binary number of leaves.
 */
export class Frontier {
  #size: number
  readonly #hashes: Uint8Array[]

  /**
   * @param size how many leaves there are.
   * @param bytes what `bytes` gave for so many; nothing for an empty tree.
   * @throws RangeError where the bytes are not those of so many leaves.
   */
  constructor(size = 0, bytes: Uint8Array = new Uint8Array()) {
    let ones = 0
    for (let n = size; n > 0; n = Math.floor(n / 2)) ones += n % 2
    if (!Number.isSafeInteger(size) || size < 0 || bytes.length !== 32 * ones) {
      throw new RangeError(`A frontier of ${size} leaves has ${32 * ones} bytes.`)
    }
    this.#size = size
    this.#hashes = Array.from({ length: ones }, (_, i) => bytes.slice(32 * i, 32 * (i + 1)))
  }

  get size(): number {
    return this.#size
  }

  /**
   * Adds a leaf by its hash. Gives the hashes of the full subtrees that it completes: its own, that of
   * the pair it closes, and so on upwards.
   */
  append(leaf: Uint8Array): Uint8Array[] {
    const completed = [leaf]
    let top = leaf
    for (let n = this.#size; n % 2 === 1; n = (n - 1) / 2) {
      top = nodeHash(this.#hashes.pop() as Uint8Array, top)
      completed.push(top)
    }
    this.#hashes.push(top)
    this.#size += 1
    return completed
  }

  /** The root of the tree (RFC 9162, 2.1.1). */
  root(): Uint8Array {
    return foldRight(this.#hashes)
  }

  /** The hashes, one after the other: what the constructor takes. */
  bytes(): Uint8Array {
    return Buffer.concat(this.#hashes)
  }
}

/** The hash above full subtrees, the largest first, that lie side by side. */
export function foldRight(hashes: readonly Uint8Array[]): Uint8Array {
  const last = hashes.at(-1)
  if (!last) return emptyRoot
  let root = last
  for (let i = hashes.length - 2; i >= 0; i--) root = nodeHash(hashes[i] as Uint8Array, root)
  return root
}
