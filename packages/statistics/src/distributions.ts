import betaCdfOf from '@stdlib/stats-base-dists-beta-cdf'
import betaQuantileOf from '@stdlib/stats-base-dists-beta-quantile'
import chiSquaredCdfOf from '@stdlib/stats-base-dists-chisquare-cdf'
import chiSquaredQuantileOf from '@stdlib/stats-base-dists-chisquare-quantile'
import gammaCdfOf from '@stdlib/stats-base-dists-gamma-cdf'
import gammaQuantileOf from '@stdlib/stats-base-dists-gamma-quantile'
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile'
import tCdfOf from '@stdlib/stats-base-dists-t-cdf'
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile'
import { StatisticsError } from './errors.ts'

// Written in CommonJS: the function is the module itself.
type OneParameter = (x: number, a: number) => number
type TwoParameters = (x: number, a: number, b: number) => number
const betaP = betaCdfOf as unknown as TwoParameters
const betaQ = betaQuantileOf as unknown as TwoParameters
const chiSquaredP = chiSquaredCdfOf as unknown as OneParameter
const chiSquaredQ = chiSquaredQuantileOf as unknown as OneParameter
const gammaP = gammaCdfOf as unknown as TwoParameters
const gammaQ = gammaQuantileOf as unknown as TwoParameters
const normalP = normalCdfOf as unknown as TwoParameters
const normalQ = normalQuantileOf as unknown as TwoParameters
const tP = tCdfOf as unknown as OneParameter
const tQ = tQuantileOf as unknown as OneParameter

function checkProbability(p: number): void {
  if (!(p > 0 && p < 1)) throw new StatisticsError('p', `${p} does not lie between 0 and 1`)
}

function checkAbove0(argument: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new StatisticsError(argument, `${value} is not a finite number above 0`)
  }
}

function checkNumber(argument: string, value: number): void {
  if (Number.isNaN(value)) throw new StatisticsError(argument, 'is not a number')
}

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

/**
 * The value of Student's t below which a share `p` lies.
 * @param p a probability, 0 < p < 1.
 * @param degrees degrees of freedom, above 0; need not be whole.
 * @throws StatisticsError naming `p` or `degrees`.
 * @example tQuantile(0.975, 7) // 2.3646242515927…
 */
export function tQuantile(p: number, degrees: number): number {
  checkProbability(p)
  checkAbove0('degrees', degrees)
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
  checkAbove0('degrees', degrees)
  return tP(x, degrees)
}

/**
 * The chi-squared distribution's value below which a share `p` lies.
 * @param p a probability, 0 < p < 1.
 * @param degrees degrees of freedom, above 0.
 * @throws StatisticsError naming `p` or `degrees`.
 * @example chiSquaredQuantile(0.998, 1) // 9.54953…
 */
export function chiSquaredQuantile(p: number, degrees: number): number {
  checkProbability(p)
  checkAbove0('degrees', degrees)
  return chiSquaredQ(p, degrees)
}

/**
 * The share of the chi-squared distribution that lies at or below `x`.
 * @param degrees degrees of freedom, above 0.
 * @throws StatisticsError naming `x` or `degrees`.
 * @example chiSquaredCdf(3.841458820694124, 1) // 0.95
 */
export function chiSquaredCdf(x: number, degrees: number): number {
  checkNumber('x', x)
  checkAbove0('degrees', degrees)
  return chiSquaredP(x, degrees)
}

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
  checkAbove0('a', a)
  checkAbove0('b', b)
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
  checkAbove0('a', a)
  checkAbove0('b', b)
  return betaP(x, a, b)
}

/**
 * The gamma distribution's value below which a share `p` lies, for rate 1.
 * @param p a probability, 0 < p < 1.
 * @param shape above 0.
 * @throws StatisticsError naming `p` or `shape`.
 * @example gammaQuantile(0.975, 1) // 3.68887945…
 */
export function gammaQuantile(p: number, shape: number): number {
  checkProbability(p)
  checkAbove0('shape', shape)
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
  checkAbove0('shape', shape)
  return gammaP(x, shape, 1)
}
