import normalPOf from '@stdlib/stats-base-dists-normal-cdf'
import normalQOf from '@stdlib/stats-base-dists-normal-quantile'
import { checkNumber, checkProbability } from '../errors.ts'

// Written in CommonJS: the function is the module itself.
type Distribution = (x: number, a: number, b: number) => number
const normalP = normalPOf as unknown as Distribution
const normalQ = normalQOf as unknown as Distribution

/**
 * The standard normal's value below which a share `p` lies.
 * @param p a probability, 0 < p < 1.
 * @throws StatisticsError where p lies outside.
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  checkProbability(p)
  return normalQ(p, 0, 1)
}

/**
 * The share of the standard normal that lies at or below `x`.
 * @throws StatisticsError naming `x` where it is NaN.
 * @example normalCdf(1.959963984540054) // 0.975
 */
export function normalCdf(x: number): number {
  checkNumber('x', x)
  return normalP(x, 0, 1)
}

/**
 * The two-sided critical value of the standard normal: 1.96 for 0.95, 3.0902 for 0.998.
 * @param confidence between 0 and 1.
 * @throws StatisticsError naming `p` where the confidence lies outside.
 * @example criticalValue(0.95) // 1.959963984540054
 */
export function criticalValue(confidence: number): number {
  return normalQuantile(0.5 + confidence / 2)
}
