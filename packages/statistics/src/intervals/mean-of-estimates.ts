import { StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'

/**
 * The mean of independent estimates with its interval: each side's distances from the values, weighted
 * and added in squares (the method of variance estimates recovery for a weighted sum: Zou, Huang and
 * Zhang 2009). All intervals must be of the same confidence, which is also that of the result.
 *
 * @param values a column of estimates.
 * @param lower their lower limits, and `upper` their upper; NaN as soon as one has none gives no limits.
 * @param weights a column of weights from 0 up, such as denominators; left out, all weigh the same.
 * @throws StatisticsError naming `values` where there are none, or `weights` where they add up to none.
 * @example
 * meanOfEstimates(Float64Array.of(1, 3), Float64Array.of(0, 2), Float64Array.of(2, 4))
 * // { value: 2, lower: 1.2928…, upper: 2.7071… }
 */
export function meanOfEstimates(
  values: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  weights?: Float64Array,
): Estimate {
  const n = values.length
  if (n === 0) throw new StatisticsError('values', 'there are none')
  let total = 0
  for (let i = 0; i < n; i++) total += weights ? (weights[i] as number) : 1
  if (!(total > 0)) throw new StatisticsError('weights', 'they do not add up to more than 0')
  let [value, below, above] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const share = (weights ? (weights[i] as number) : 1) / total
    const v = values[i] as number
    value += share * v
    below += (share * (v - (lower[i] as number))) ** 2
    above += (share * ((upper[i] as number) - v)) ** 2
  }
  return { value, lower: value - Math.sqrt(below), upper: value + Math.sqrt(above) }
}
