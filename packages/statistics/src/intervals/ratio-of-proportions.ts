import { criticalValue } from '../distributions.ts'
import { checkConfidence, checkLength, checkProportion } from '../errors.ts'
import type { Interval, Intervals } from '../interval.ts'
import { isProportion } from './known.ts'
import { whereScoreIs } from './score-search.ts'

/**
 * How the interval of a ratio of proportions is made: `koopman`, the score interval (1984; SAS, DescTools),
 * or `miettinen-nurminen`, the same with the factor N/(N - 1) (1985).
 */
export type RatioMethod = 'koopman' | 'miettinen-nurminen'

export interface RatioOptions {
  /** Default 0.95. */
  readonly confidence?: number
  /** Default `koopman`. */
  readonly method?: RatioMethod
}

/** The score of the logarithm of a ratio, with the proportions that are likeliest under that ratio. */
function ratioScore(
  logarithm: number,
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  correction: number,
): number {
  const ratio = Math.exp(logarithm)
  const n = n1 + n2
  const b = ratio * (n1 + x2) + x1 + n2
  // The smaller root of N θ p² - b p + x = 0, in the form that loses no digits.
  const p2 = (2 * (x1 + x2)) / (b + Math.sqrt(Math.max(0, b * b - 4 * n * ratio * (x1 + x2))))
  const p1 = Math.min(1, ratio * p2)
  const variance = (p1 * (1 - p1)) / n1 + (ratio * ratio * p2 * (1 - p2)) / n2
  return (x1 / n1 - (ratio * x2) / n2) / Math.sqrt(variance * correction)
}

/** The lower limit of (x1/n1) / (x2/n2); no check of what it is given. */
function lowerLimit(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  z: number,
  method: RatioMethod,
): number {
  if (x1 === 0) return 0
  const correction = method === 'koopman' ? 1 : (n1 + n2) / (n1 + n2 - 1)
  const top = x2 === 0 ? 700 : Math.log((x1 * n2) / (x2 * n1))
  return Math.exp(whereScoreIs(ratioScore, z, -700, top, x1, n1, x2, n2, correction))
}

/**
 * The score interval of the ratio of two proportions, (x1/n1) / (x2/n2), of independent groups. It has an
 * answer for counts of 0: the lower limit is 0 where the first count is, the upper Infinity where the
 * second is.
 *
 * @param count1 how many of the first group, 0 to n1.
 * @param n1 the first group, above 0.
 * @param count2 how many of the second group, 0 to n2.
 * @param n2 the second group, above 0.
 * @throws StatisticsError naming the argument.
 * @example ratioOfProportions(36, 40, 16, 80) // { lower: 2.9395…, upper: 7.1522… }
 */
export function ratioOfProportions(
  count1: number,
  n1: number,
  count2: number,
  n2: number,
  { confidence = 0.95, method = 'koopman' }: RatioOptions = {},
): Interval {
  checkConfidence(confidence)
  checkProportion(count1, n1, '1')
  checkProportion(count2, n2, '2')
  const z = criticalValue(confidence)
  return {
    lower: lowerLimit(count1, n1, count2, n2, z, method),
    // The upper limit of a / b is one over the lower limit of b / a.
    upper: 1 / lowerLimit(count2, n2, count1, n1, z, method),
  }
}

/**
 * ratioOfProportions of many pairs, a column each; NaN limits where a pair has no answer.
 * @throws StatisticsError naming `confidence` or the column of another length.
 * @example ratiosOfProportions(
 *   Float64Array.of(36), Float64Array.of(40), Float64Array.of(16), Float64Array.of(80),
 * ).upper[0] // 7.1522…
 */
export function ratiosOfProportions(
  counts1: Float64Array,
  ns1: Float64Array,
  counts2: Float64Array,
  ns2: Float64Array,
  { confidence = 0.95, method = 'koopman' }: RatioOptions = {},
): Intervals {
  checkConfidence(confidence)
  checkLength('ns1', ns1, counts1.length)
  checkLength('counts2', counts2, counts1.length)
  checkLength('ns2', ns2, counts1.length)
  const z = criticalValue(confidence)
  const lower = new Float64Array(counts1.length)
  const upper = new Float64Array(counts1.length)
  for (let i = 0; i < counts1.length; i++) {
    const x1 = counts1[i] as number
    const n1 = ns1[i] as number
    const x2 = counts2[i] as number
    const n2 = ns2[i] as number
    const known = isProportion(x1, n1) && isProportion(x2, n2)
    lower[i] = known ? lowerLimit(x1, n1, x2, n2, z, method) : Number.NaN
    upper[i] = known ? 1 / lowerLimit(x2, n2, x1, n1, z, method) : Number.NaN
  }
  return { lower, upper }
}
