import { nodeHash, sameBytes } from './hash.ts'

/** What an inclusion proof is held against. */
export interface Inclusion {
  /** Of the leaf, from 0. */
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

const allHashes = (some: readonly Uint8Array[]): boolean => some.every((h) => h.length === 32)
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** Whether a proof shows that a leaf is in the tree with this root (RFC 9162, 2.1.3.2). */
export function checkInclusion({ index, size, leaf, root, proof }: Inclusion): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  if (!allHashes([leaf, root, ...proof])) return false
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const p of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(p, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else {
      hash = nodeHash(hash, p)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && sameBytes(hash, root)
}

/** What a consistency proof is held against. */
export interface Consistency {
  /** The smaller tree. */
  readonly first: number
  readonly firstRoot: Uint8Array
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether a proof shows that a tree begins with the leaves of a smaller one (RFC 9162, 2.1.4.2). Every
 * tree begins with the empty one.
 */
export function checkConsistency({ first, firstRoot, size, root, proof }: Consistency): boolean {
  if (!isCount(first) || !isCount(size) || first > size) return false
  if (!allHashes(proof)) return false
  if (first === 0) return proof.length === 0 && (size > 0 || sameBytes(firstRoot, root))
  if (first === size) return proof.length === 0 && sameBytes(firstRoot, root)
  if (!allHashes([firstRoot, root]) || proof.length === 0) return false
  // Where the smaller tree is full, its root is the first hash of the path.
  const isFull = Number.isInteger(Math.log2(first)) && 2 ** Math.round(Math.log2(first)) === first
  const [start, ...path] = isFull ? [firstRoot, ...proof] : proof
  let [fn, sn] = [first - 1, size - 1]
  while (fn % 2 === 1) [fn, sn] = [(fn - 1) / 2, Math.floor(sn / 2)]
  let fr = start as Uint8Array
  let sr = fr
  for (const c of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr)
      sr = nodeHash(c, sr)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else {
      sr = nodeHash(sr, c)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && sameBytes(fr, firstRoot) && sameBytes(sr, root)
}
