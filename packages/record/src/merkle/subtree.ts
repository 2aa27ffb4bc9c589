/** A full subtree of 2^level leaves, which holds those from index * 2^level on. */
export interface Subtree {
  readonly level: number
  readonly index: number
}

/** Leaves from `start` up to, and not with, `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Gives the hash of a full subtree. */
export type HashOf = (subtree: Subtree) => Uint8Array

/** The largest power of 2 that is smaller than n; n from 2 on. */
export function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/**
 * The full subtrees that a range falls into, from left to right, the largest first: as many as its length
 * has ones in binary. `start` must be a multiple of the largest of them, as it is for every range that
 * the tree of RFC 9162 splits off.
 */
export function fullSubtrees({ start, end }: Range): Subtree[] {
  const found: Subtree[] = []
  for (let from = start; from < end; ) {
    let level = 0
    while (from + 2 ** (level + 1) <= end) level++
    found.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return found
}

/** The full subtrees that the last of `size` leaves has completed: itself, and any above it. */
export function completedBy(size: number): Subtree[] {
  const found: Subtree[] = []
  for (let level = 0, n = size; ; level++, n /= 2) {
    found.push({ level, index: n - 1 })
    if (n % 2 === 1) return found
  }
}

/** The number of leaves with which a subtree is full: that of the leaf which completes it. */
export const completedAt = ({ level, index }: Subtree): number => (index + 1) * 2 ** level
