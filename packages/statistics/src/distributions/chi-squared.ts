import { checkNumber, checkPositive, checkProbability } from '../errors.ts'
import { gammaCdf, gammaQuantile } from './gamma.ts'

/**
 * The chi-squared distribution's value below which a share `p` lies.
 * @param p a probability, 0 < p < 1.
 * @param degrees degrees of freedom, above 0.
 * @throws StatisticsError naming `p` or `degrees`.
 * @example chiSquaredQuantile(0.998, 1) // 9.54953…
 */
export function chiSquaredQuantile(p: number, degrees: number): number {
  checkProbability(p)
  checkPositive('degrees', degrees)
  return 2 * gammaQuantile(p, degrees / 2)
}

/**
 * The share of the chi-squared distribution that lies at or below `x`.
 * @param degrees degrees of freedom, above 0.
 * @throws StatisticsError naming `x` or `degrees`.
 * @example chiSquaredCdf(3.841458820694124, 1) // 0.95
 */
export function chiSquaredCdf(x: number, degrees: number): number {
  checkNumber('x', x)
  checkPositive('degrees', degrees)
  return gammaCdf(x / 2, degrees / 2)
}
