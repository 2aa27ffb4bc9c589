import betaPOf from '@stdlib/stats-base-dists-beta-cdf'
import betaQOf from '@stdlib/stats-base-dists-beta-quantile'
import { checkNumber, checkPositive, checkProbability } from '../errors.ts'

// Written in CommonJS: the function is the module itself.
type Distribution = (x: number, a: number, b: number) => number
const betaP = betaPOf as unknown as Distribution
const betaQ = betaQOf as unknown as Distribution

/**
 * The beta distribution's value below which a share `p` lies.
 * @param p a probability, 0 < p < 1.
 * @param a the first shape, above 0.
 * @param b the second shape, above 0.
 * @throws StatisticsError naming the argument.
 * @example betaQuantile(0.5, 3, 3) // 0.5
 */
export function betaQuantile(p: number, a: number, b: number): number {
  checkProbability(p)
  checkPositive('a', a)
  checkPositive('b', b)
  return betaQ(p, a, b)
}

/**
 * The share of the beta distribution that lies at or below `x`.
 * @param a the first shape, above 0.
 * @param b the second shape, above 0.
 * @throws StatisticsError naming the argument.
 * @example betaCdf(0.5, 3, 4) // 0.65625
 */
export function betaCdf(x: number, a: number, b: number): number {
  checkNumber('x', x)
  checkPositive('a', a)
  checkPositive('b', b)
  return betaP(x, a, b)
}
