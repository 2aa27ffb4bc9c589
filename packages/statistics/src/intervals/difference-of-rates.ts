import { checkCount, checkLength, checkPositive } from '../errors.ts'
import type { Interval, Intervals } from '../interval.ts'
import { isRate } from './known.ts'
import { type PoissonLimits, poissonLimits } from './poisson.ts'
import type { RateOptions } from './rate.ts'

/** The lower limit of x1/t1 - x2/t2; no check of what it is given. */
function lowerLimit(x1: number, t1: number, x2: number, t2: number, limits: PoissonLimits): number {
  const below = (x1 - limits.lower(x1)) / t1
  const above = (limits.upper(x2) - x2) / t2
  return x1 / t1 - x2 / t2 - Math.sqrt(below * below + above * above)
}

/**
 * The interval of the difference between two crude rates, x1/t1 - x2/t2, of independent groups: MOVER
 * (Zou and Donner 2008) from the limits of each rate, exact below 10 events and Byar's from there on.
 *
 * @param count1 events of the first group, 0 or more.
 * @param denominator1 its exposure, above 0.
 * @param count2 events of the second group, 0 or more.
 * @param denominator2 its exposure, above 0.
 * @throws StatisticsError naming the argument.
 * @example differenceOfRates(30, 1000, 15, 1000, { multiplier: 1000 }) // { lower: 1.2080…, upper: 29.4315… }
 */
export function differenceOfRates(
  count1: number,
  denominator1: number,
  count2: number,
  denominator2: number,
  { confidence = 0.95, method = 'byar-or-exact', multiplier = 100_000 }: RateOptions = {},
): Interval {
  const limits = poissonLimits(confidence, method)
  checkCount('count1', count1)
  checkPositive('denominator1', denominator1)
  checkCount('count2', count2)
  checkPositive('denominator2', denominator2)
  checkPositive('multiplier', multiplier)
  return {
    lower: multiplier * lowerLimit(count1, denominator1, count2, denominator2, limits),
    upper: -multiplier * lowerLimit(count2, denominator2, count1, denominator1, limits),
  }
}

/**
 * differenceOfRates of many pairs, a column each; NaN limits where a pair has no answer.
 * @throws StatisticsError naming `confidence`, `multiplier` or the column of another length.
 * @example differencesOfRates(
 *   Float64Array.of(30), Float64Array.of(1000), Float64Array.of(15), Float64Array.of(1000),
 *   { multiplier: 1000 },
 * ).upper[0] // 29.4315…
 */
export function differencesOfRates(
  counts1: Float64Array,
  denominators1: Float64Array,
  counts2: Float64Array,
  denominators2: Float64Array,
  { confidence = 0.95, method = 'byar-or-exact', multiplier = 100_000 }: RateOptions = {},
): Intervals {
  const limits = poissonLimits(confidence, method)
  checkPositive('multiplier', multiplier)
  checkLength('denominators1', denominators1, counts1.length)
  checkLength('counts2', counts2, counts1.length)
  checkLength('denominators2', denominators2, counts1.length)
  const lower = new Float64Array(counts1.length)
  const upper = new Float64Array(counts1.length)
  for (let i = 0; i < counts1.length; i++) {
    const x1 = counts1[i] as number
    const t1 = denominators1[i] as number
    const x2 = counts2[i] as number
    const t2 = denominators2[i] as number
    const known = isRate(x1, t1) && isRate(x2, t2)
    lower[i] = known ? multiplier * lowerLimit(x1, t1, x2, t2, limits) : Number.NaN
    upper[i] = known ? -multiplier * lowerLimit(x2, t2, x1, t1, limits) : Number.NaN
  }
  return { lower, upper }
}
