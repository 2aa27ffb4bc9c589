import { foldRight } from './frontier.ts'
import { fullSubtrees, type HashOf, type Range, type Subtree, splitOf } from './subtree.ts'

/** The ranges whose hashes prove a leaf, from its neighbour up to below the root. */
function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    const left = index < middle
    ranges.unshift(left ? { start: middle, end } : { start, end: middle })
    if (left) end = middle
    else start = middle
  }
  return ranges
}

/** The ranges whose hashes prove that a tree of `first` leaves grew into one of `size`. */
function consistencyRanges(first: number, size: number): Range[] {
  const ranges: Range[] = []
  let [start, end] = [0, size]
  // Whoever asks has the root of the older tree: it is sent along only where it is a part of another.
  let known = true
  while (end !== first) {
    const middle = start + splitOf(end - start)
    const left = first <= middle
    ranges.unshift(left ? { start: middle, end } : { start, end: middle })
    if (left) end = middle
    else {
      start = middle
      known = false
    }
  }
  return known ? ranges : [{ start, end }, ...ranges]
}

function checkInclusion(index: number, size: number): void {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`There is no leaf ${index} in a tree of ${size}.`)
  }
}

function checkConsistency(first: number, size: number): void {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(first) || first < 1 || first > size) {
    throw new RangeError(`A tree of ${first} leaves does not grow into one of ${size}.`)
  }
}

const prove = (ranges: readonly Range[], hashOf: HashOf): Uint8Array[] =>
  ranges.map((range) => foldRight(fullSubtrees(range).map(hashOf)))

/** The full subtrees whose hashes `inclusionProof` will ask for: to fetch them at once. */
export function inclusionSubtrees(index: number, size: number): Subtree[] {
  checkInclusion(index, size)
  return inclusionRanges(index, size).flatMap(fullSubtrees)
}

/**
 * The proof that a leaf is in a tree, PATH(m, D[n]) of RFC 9162, 2.1.3.1: hashes from its neighbour up.
 * @param index of the leaf, from 0.
 * @param size of the tree.
 * @throws RangeError where there is no such leaf.
 */
export function inclusionProof(index: number, size: number, hashOf: HashOf): Uint8Array[] {
  checkInclusion(index, size)
  return prove(inclusionRanges(index, size), hashOf)
}

/** The full subtrees whose hashes `consistencyProof` will ask for. */
export function consistencySubtrees(first: number, size: number): Subtree[] {
  checkConsistency(first, size)
  return consistencyRanges(first, size).flatMap(fullSubtrees)
}

/**
 * The proof that a tree of `size` leaves begins with those of a tree of `first`, PROOF(m, D[n]) of RFC
 * 9162, 2.1.4.1: nothing was changed, only added.
 * @throws RangeError unless 1 <= first <= size.
 */
export function consistencyProof(first: number, size: number, hashOf: HashOf): Uint8Array[] {
  checkConsistency(first, size)
  return prove(consistencyRanges(first, size), hashOf)
}
