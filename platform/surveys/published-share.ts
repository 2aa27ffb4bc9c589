import { tQuantile, wilsonInterval } from '@plumbline/statistics'
import type { Share } from './weighted.ts'

/** Counts below this, but for 0, are hidden. */
export const threshold = 5

/** To a multiple of this what answers are worth is rounded down. */
export const worthTo = 5

/** How many people of each part of a sample answered, and how many of them are satisfied. */
export interface PartCounts {
  /** 1 at least of each part. */
  readonly answered: readonly number[]
  readonly satisfied: readonly number[]
}

/** A share among all whom a sample stands for, with its error. */
export interface StratifiedShare {
  /** From 0 to 1. */
  readonly share: number
  /** Linearised. */
  readonly variance: number
  /** Kish's effective number of answers. */
  readonly effective: number
  /** Of Student's t: answers less parts. */
  readonly degrees: number
}

/**
 * The share where each part counts by how many people are in it: what `estimateProportion` of `@plumbline/weights`
 * gives for single answers (a test holds the two together), in one step for each part.
 * @param weights the share of all people that each part has.
 */
export function stratifiedShare(
  weights: readonly number[],
  { answered, satisfied }: PartCounts,
): StratifiedShare {
  let [share, squares, all] = [0, 0, 0]
  for (let h = 0; h < weights.length; h++) {
    const [weight, n] = [weights[h] as number, answered[h] as number]
    share += (weight * (satisfied[h] as number)) / n
    squares += weight ** 2 / n
    all += n
  }
  let variance = 0
  for (let h = 0; h < weights.length; h++) {
    const [weight, n] = [weights[h] as number, answered[h] as number]
    const own = (satisfied[h] as number) / n
    // One answer of a part tells nothing of how they differ there: measured from the share of all, too wide.
    variance += weight ** 2 * (n > 1 ? (own * (1 - own)) / (n - 1) : (own - share) ** 2)
  }
  return { share, variance, effective: 1 / squares, degrees: all - weights.length }
}

/** A weighted share as the public gets it. */
export interface PublishedShare extends Share {
  /** How many answers of a simple sample it is worth, rounded down. */
  readonly worth: number
}

const percentOf = (share: number): number => Math.round(100 * share)

/**
 * How many answers of a simple sample a share is worth: by its error, Student's t in place of the normal
 * distribution (Korn and Graubard 1998), but never more than Kish's number. Rounded down, so that limits that come
 * of it are rather too wide, and tell little of who answered.
 */
export function worthOf({ share, variance, effective, degrees }: StratifiedShare): number {
  if (degrees < 1) return 0
  const spread = share * (1 - share)
  const byError = variance > 1e-12 ? spread / variance : Number.POSITIVE_INFINITY
  const worth = Math.min(byError, effective) * shrink(degrees)
  return worthTo * Math.floor(worth / worthTo + 1e-9)
}

const shrunk = new Map<number, number>()
function shrink(degrees: number): number {
  const known = shrunk.get(degrees)
  if (known !== undefined) return known
  const ratio = (tQuantile(0.975, 1e9) / tQuantile(0.975, degrees)) ** 2
  shrunk.set(degrees, ratio)
  return ratio
}

/** What the public learns of a share: two whole numbers, of which its limits come too. */
export interface Told {
  readonly percent: number
  readonly worth: number
}

export function told(weights: readonly number[], counts: PartCounts): Told {
  const found = stratifiedShare(weights, counts)
  return { percent: percentOf(found.share), worth: worthOf(found) }
}

/**
 * A share in whole per cent with 95% limits by Wilson's method on what its answers are worth: nothing but `percent`
 * and `worth` goes into them. They hold the rounding too, and are rounded outwards.
 */
export function publishedShare({ percent, worth }: Told): PublishedShare {
  const at = (share: number) =>
    wilsonInterval(Math.min(1, Math.max(0, share / 100)) * worth, worth, 0.95)
  return {
    percent,
    lower95: Math.floor(100 * at(percent - 0.5).lower + 1e-9),
    upper95: Math.ceil(100 * at(percent + 0.5).upper - 1e-9),
    worth,
  }
}
