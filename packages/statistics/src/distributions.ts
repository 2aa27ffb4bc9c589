import gammaQuantileOf from '@stdlib/stats-base-dists-gamma-quantile'
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile'
import { StatisticsError } from './errors.ts'

// Written in CommonJS: the function is the module itself.
type Quantile = (p: number, a: number, b: number) => number
const gamma = gammaQuantileOf as unknown as Quantile
const normal = normalQuantileOf as unknown as Quantile

/**
 * The standard normal's value below which a share `p` lies.
 * @param p a probability, 0 < p < 1.
 * @throws StatisticsError where p lies outside.
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new StatisticsError('p', `${p} does not lie between 0 and 1`)
  return normal(p, 0, 1)
}

/**
 * The two-sided critical value: 1.96 for 0.95, 3.0902 for 0.998.
 * @example criticalValue(0.95) // 1.959963984540054
 */
export function criticalValue(confidence: number): number {
  return normalQuantile(0.5 + confidence / 2)
}

/**
 * The gamma distribution's value below which a share `p` lies, for rate 1.
 * @param p a probability, 0 < p < 1.
 * @param shape above 0.
 */
export function gammaQuantile(p: number, shape: number): number {
  return gamma(p, shape, 1)
}
