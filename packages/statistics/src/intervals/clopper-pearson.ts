import { betaQuantile } from '../distributions.ts'
import { checkConfidence, checkLength, checkProportion } from '../errors.ts'
import type { Interval, Intervals } from '../interval.ts'
import { isProportion } from './known.ts'

/** The lower Clopper-Pearson limit for a tail of (1 - confidence) / 2; no check of what it is given. */
export function clopperPearsonLower(count: number, n: number, tail: number): number {
  return count === 0 ? 0 : betaQuantile(tail, count, n - count + 1)
}

/** The upper Clopper-Pearson limit for a tail of (1 - confidence) / 2; no check of what it is given. */
export function clopperPearsonUpper(count: number, n: number, tail: number): number {
  return count === n ? 1 : betaQuantile(1 - tail, count + 1, n - count)
}

/**
 * The exact interval of a proportion (Clopper and Pearson 1934) from the beta distribution: the
 * quantiles of beta(x, n - x + 1) at (1 - c)/2 and of beta(x + 1, n - x) at (1 + c)/2. It covers at least
 * as often as it says, and so is wider than Wilson's; R's `binom.test` gives it.
 *
 * @param count how many, 0 to n.
 * @param n of how many, above 0.
 * @param confidence default 0.95.
 * @throws StatisticsError naming the argument: n = 0, count above n, anything not finite.
 * @example clopperPearsonInterval(81, 263) // { lower: 0.2527…, upper: 0.3676… }
 */
export function clopperPearsonInterval(count: number, n: number, confidence = 0.95): Interval {
  checkConfidence(confidence)
  checkProportion(count, n)
  const tail = (1 - confidence) / 2
  return {
    lower: clopperPearsonLower(count, n, tail),
    upper: clopperPearsonUpper(count, n, tail),
  }
}

/**
 * clopperPearsonInterval of many proportions; NaN limits where a unit has no answer.
 * @throws StatisticsError naming `confidence` or `ns`.
 * @example clopperPearsonIntervals(Float64Array.of(0), Float64Array.of(10)).upper[0] // 0.3084…
 */
export function clopperPearsonIntervals(
  counts: Float64Array,
  ns: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): Intervals {
  checkConfidence(confidence)
  checkLength('ns', ns, counts.length)
  const tail = (1 - confidence) / 2
  const lower = new Float64Array(counts.length)
  const upper = new Float64Array(counts.length)
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    const n = ns[i] as number
    const known = isProportion(count, n)
    lower[i] = known ? clopperPearsonLower(count, n, tail) : Number.NaN
    upper[i] = known ? clopperPearsonUpper(count, n, tail) : Number.NaN
  }
  return { lower, upper }
}
