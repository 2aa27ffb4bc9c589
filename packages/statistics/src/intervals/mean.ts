import { tQuantile } from '../distributions.ts'
import {
  checkConfidence,
  checkCount,
  checkFinite,
  checkLength,
  StatisticsError,
} from '../errors.ts'
import type { Estimate, Interval, Intervals } from '../interval.ts'

/**
 * Student's t interval of a mean: mean ± t(n - 1) s/√n (Student 1908), as PHEindicatormethods'
 * `phe_mean` gives it.
 *
 * @param mean the mean of the sample, in any unit.
 * @param deviation the sample's standard deviation (divisor n - 1), 0 or more, in the same unit.
 * @param n how many values, 2 or more.
 * @param confidence default 0.95.
 * @throws StatisticsError naming the argument; one value alone tells nothing about spread.
 * @example meanInterval(53.704345, 20.9755752577093, 8) // { lower: 36.1683…, upper: 71.2403… }
 */
export function meanInterval(
  mean: number,
  deviation: number,
  n: number,
  confidence = 0.95,
): Interval {
  checkConfidence(confidence)
  checkFinite('mean', mean)
  checkCount('deviation', deviation)
  checkCount('n', n)
  if (n < 2) throw new StatisticsError('n', `${n} values tell nothing about spread; 2 are needed`)
  const half = (tQuantile(0.5 + confidence / 2, n - 1) * deviation) / Math.sqrt(n)
  return { lower: mean - half, upper: mean + half }
}

/**
 * The mean of values with Student's t interval.
 * @param values 2 or more finite numbers.
 * @throws StatisticsError naming `values` or `confidence`.
 * @example meanOf(Float64Array.of(1, 2, 3)) // { value: 2, lower: -0.4841…, upper: 4.4841… }
 */
export function meanOf(values: Float64Array, confidence = 0.95): Estimate {
  let sum = 0
  for (const value of values) sum += value
  const n = values.length
  const mean = sum / n
  if (!Number.isFinite(mean)) throw new StatisticsError('values', 'must be finite, and 2 or more')
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / Math.max(1, n - 1))
  return { value: mean, ...meanInterval(mean, deviation, n, confidence) }
}

/**
 * meanInterval of many means; NaN limits where a unit has no answer (fewer than 2 values, NaN).
 * @param means a column of means.
 * @param deviations a column of standard deviations (divisor n - 1).
 * @param ns a column of numbers of values.
 * @throws StatisticsError naming `confidence`, `deviations` or `ns`.
 * @example meanIntervals(Float64Array.of(2), Float64Array.of(1), Float64Array.of(3)).upper[0] // 4.4841…
 */
export function meanIntervals(
  means: Float64Array,
  deviations: Float64Array,
  ns: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): Intervals {
  checkConfidence(confidence)
  checkLength('deviations', deviations, means.length)
  checkLength('ns', ns, means.length)
  const p = 0.5 + confidence / 2
  const lower = new Float64Array(means.length)
  const upper = new Float64Array(means.length)
  // The quantile costs a search, and many units share few values of n.
  const critical = new Map<number, number>()
  for (let i = 0; i < means.length; i++) {
    const n = ns[i] as number
    const deviation = deviations[i] as number
    let half = Number.NaN
    if (n >= 2 && n < Number.POSITIVE_INFINITY && deviation >= 0) {
      let t = critical.get(n)
      if (t === undefined) {
        t = tQuantile(p, n - 1)
        critical.set(n, t)
      }
      half = (t * deviation) / Math.sqrt(n)
    }
    lower[i] = (means[i] as number) - half
    upper[i] = (means[i] as number) + half
  }
  return { lower, upper }
}
