import gammaPOf from '@stdlib/stats-base-dists-gamma-cdf'
import gammaQOf from '@stdlib/stats-base-dists-gamma-quantile'
import { checkNumber, checkPositive, checkProbability } from '../errors.ts'
import { front, gammaShares } from './gamma-tails.ts'

// Written in CommonJS: the function is the module itself.
type Distribution = (x: number, a: number, b: number) => number
const gammaP = gammaPOf as unknown as Distribution
const gammaQ = gammaQOf as unknown as Distribution

/** From here on the library's shares are wrong (see gamma-tails.ts), and its quantiles with them. */
const trusted = 1000

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
  const found = gammaQ(p, shape, 1)
  return found > trusted * 0.9 ? polished(found, p, shape) : found
}

/** Newton's steps from a close guess: the density is the share's slope. */
function polished(guess: number, p: number, shape: number): number {
  let x = guess
  for (let step = 0; step < 20; step++) {
    const { below, above } = gammaShares(x, shape)
    const off = p < 0.5 ? below - p : 1 - p - above
    const next = x - (off * x) / front(x, shape)
    if (!(Math.abs(next - x) > 1e-15 * x)) break
    x = next
  }
  return x
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
  if (x > trusted && shape > trusted / 10) return gammaShares(x, shape).below
  return gammaP(x, shape, 1)
}
