import { checkCount, checkLength, checkPositive, StatisticsError } from '../errors.ts'
import type { Estimate, Estimates, Interval } from '../interval.ts'
import { isRate } from './known.ts'
import { type PoissonOptions, poissonLimits } from './poisson.ts'

/**
 * Observed over expected events with its interval: the limits of the observed count (exact below 10,
 * else Byar's) over what was expected, which is taken as known (Breslow and Day 1987, volume II).
 *
 * @param observed events, 0 or more.
 * @param expected events by some standard, above 0.
 * @throws StatisticsError naming the argument.
 * @example observedOverExpected(91, 835.883561231174) // { value: 0.1088…, lower: 0.0876…, upper: 0.1336… }
 */
export function observedOverExpected(
  observed: number,
  expected: number,
  { confidence = 0.95, method = 'byar-or-exact' }: PoissonOptions = {},
): Estimate {
  const limits = poissonLimits(confidence, method)
  checkCount('observed', observed)
  checkPositive('expected', expected)
  return {
    value: observed / expected,
    lower: limits.lower(observed) / expected,
    upper: limits.upper(observed) / expected,
  }
}

/**
 * observedOverExpected of many units; NaN where a unit has no answer.
 * @throws StatisticsError naming `confidence` or `expected`.
 * @example observedOverExpecteds(Float64Array.of(91), Float64Array.of(100)).value[0] // 0.91
 */
export function observedOverExpecteds(
  observed: Float64Array,
  expected: Float64Array,
  { confidence = 0.95, method = 'byar-or-exact' }: PoissonOptions = {},
): Estimates {
  const limits = poissonLimits(confidence, method)
  checkLength('expected', expected, observed.length)
  const value = new Float64Array(observed.length)
  const lower = new Float64Array(observed.length)
  const upper = new Float64Array(observed.length)
  for (let i = 0; i < observed.length; i++) {
    const count = observed[i] as number
    const by = isRate(count, expected[i] as number) ? (expected[i] as number) : Number.NaN
    value[i] = count / by
    lower[i] = limits.lower(count) / by
    upper[i] = limits.upper(count) / by
  }
  return { value, lower, upper }
}

/**
 * The interval of `a / b` from the intervals of each, independent of one another: MOVER-R (Donner and
 * Zou 2012). Both must be of the same confidence, 0 or more, and hold their value. Where the interval of
 * b reaches 0 the ratio has no upper limit: Infinity.
 *
 * @throws StatisticsError naming `a` or `b`: a value or lower limit below 0, or b of 0.
 * @example ratioOfIntervals({ value: 6, lower: 4, upper: 9 }, { value: 3, lower: 2, upper: 4 })
 * // { lower: 1.2192…, upper: 3.5490… }
 */
export function ratioOfIntervals(a: Estimate, b: Estimate): Interval {
  if (!(a.lower >= 0 && a.value >= a.lower && a.upper >= a.value)) {
    throw new StatisticsError('a', 'needs 0 <= lower <= value <= upper')
  }
  if (!(b.lower >= 0 && b.value >= b.lower && b.upper >= b.value && b.value > 0)) {
    throw new StatisticsError('b', 'needs 0 <= lower <= value <= upper and a value above 0')
  }
  const product = a.value * b.value
  const low = a.lower * (2 * a.value - a.lower)
  const high = a.upper * (2 * a.value - a.upper)
  const over = b.lower * (2 * b.value - b.lower)
  const below = product ** 2 - low * b.upper * (2 * b.value - b.upper)
  const above = product ** 2 - high * over
  return {
    // The paper's (product - root) / (u(2b - u)), in the form that neither cancels nor divides by 0.
    lower: low === 0 ? 0 : low / (product + Math.sqrt(Math.max(0, below))),
    upper: over === 0 ? Number.POSITIVE_INFINITY : (product + Math.sqrt(Math.max(0, above))) / over,
  }
}
