import tPOf from '@stdlib/stats-base-dists-t-cdf'
import tQOf from '@stdlib/stats-base-dists-t-quantile'
import { checkNumber, checkPositive, checkProbability } from '../errors.ts'

// Written in CommonJS: the function is the module itself.
type Distribution = (x: number, a: number) => number
const tP = tPOf as unknown as Distribution
const tQ = tQOf as unknown as Distribution

/**
 * The value of Student's t below which a share `p` lies.
 * @param p a probability, 0 < p < 1.
 * @param degrees degrees of freedom, above 0; need not be whole.
 * @throws StatisticsError naming `p` or `degrees`.
 * @example tQuantile(0.975, 7) // 2.3646242515927…
 */
export function tQuantile(p: number, degrees: number): number {
  checkProbability(p)
  checkPositive('degrees', degrees)
  return tQ(p, degrees)
}

/**
 * The share of Student's t that lies at or below `x`.
 * @param degrees degrees of freedom, above 0.
 * @throws StatisticsError naming `x` or `degrees`.
 * @example tCdf(2, 5) // 0.94903026…
 */
export function tCdf(x: number, degrees: number): number {
  checkNumber('x', x)
  checkPositive('degrees', degrees)
  return tP(x, degrees)
}
