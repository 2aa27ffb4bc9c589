import { checkCount, checkLength, checkPositive } from '../errors.ts'
import type { Estimate, Estimates } from '../interval.ts'
import { isRate } from './known.ts'
import { type PoissonOptions, poissonLimits } from './poisson.ts'

export interface RateOptions extends PoissonOptions {
  /** What the rate is per; default 100,000, as public health publishes rates. */
  readonly multiplier?: number
}

/**
 * A crude rate with its interval: events over person-years (or any exposure), times the multiplier, with
 * the limits of the count over the same denominator (exact below 10 events, else Byar's), as
 * PHEindicatormethods' `phe_rate` gives it.
 *
 * @param count events, 0 or more.
 * @param denominator exposure, above 0; may be less than the count.
 * @throws StatisticsError naming the argument.
 * @example rateInterval(65, 100, { multiplier: 100 }) // { value: 65, lower: 50.16…, upper: 82.84… }
 */
export function rateInterval(
  count: number,
  denominator: number,
  { confidence = 0.95, method = 'byar-or-exact', multiplier = 100_000 }: RateOptions = {},
): Estimate {
  const limits = poissonLimits(confidence, method)
  checkCount('count', count)
  checkPositive('denominator', denominator)
  checkPositive('multiplier', multiplier)
  const scale = multiplier / denominator
  return {
    value: count * scale,
    lower: limits.lower(count) * scale,
    upper: limits.upper(count) * scale,
  }
}

/**
 * rateInterval of many units; NaN where a unit has no answer (no denominator, a count below 0, NaN).
 * @throws StatisticsError naming `confidence`, `denominators` or `multiplier`.
 * @example rateIntervals(Float64Array.of(5), Float64Array.of(100)).value[0] // 5000
 */
export function rateIntervals(
  counts: Float64Array,
  denominators: Float64Array,
  { confidence = 0.95, method = 'byar-or-exact', multiplier = 100_000 }: RateOptions = {},
): Estimates {
  const limits = poissonLimits(confidence, method)
  checkLength('denominators', denominators, counts.length)
  checkPositive('multiplier', multiplier)
  const value = new Float64Array(counts.length)
  const lower = new Float64Array(counts.length)
  const upper = new Float64Array(counts.length)
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    const denominator = denominators[i] as number
    const scale = isRate(count, denominator) ? multiplier / denominator : Number.NaN
    value[i] = count * scale
    lower[i] = limits.lower(count) * scale
    upper[i] = limits.upper(count) * scale
  }
  return { value, lower, upper }
}
