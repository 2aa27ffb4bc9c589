import gammaPOf from '@stdlib/stats-base-dists-gamma-cdf'
import gammaQOf from '@stdlib/stats-base-dists-gamma-quantile'
import { checkNumber, checkPositive, checkProbability } from '../errors.ts'

// Written in CommonJS: the function is the module itself.
type Distribution = (x: number, a: number, b: number) => number
const gammaP = gammaPOf as unknown as Distribution
const gammaQ = gammaQOf as unknown as Distribution

/**
 * The gamma distribution's value below which a share `p` lies, for rate 1.
 * @param p a probability, 0 < p < 1.
 * @param shape above 0.
 * @throws StatisticsError naming `p` or `shape`.
 * @example gammaQuantile(0.975, 1) // 3.68887945…
 */
export function gammaQuantile(p: number, shape: number): number {
  checkProbability(p)
  checkPositive('shape', shape)
  return gammaQ(p, shape, 1)
}

/**
 * The share of the gamma distribution with rate 1 that lies at or below `x`.
 * @param shape above 0.
 * @throws StatisticsError naming `x` or `shape`.
 * @example gammaCdf(3, 2) // 0.80085172…
 */
export function gammaCdf(x: number, shape: number): number {
  checkNumber('x', x)
  checkPositive('shape', shape)
  return gammaP(x, shape, 1)
}
