import { criticalValue } from '../distributions.ts'
import { checkConfidence, checkCount, checkLength, checkPositive } from '../errors.ts'
import type { Interval, Intervals } from '../interval.ts'
import { clopperPearsonLower } from './clopper-pearson.ts'
import { isRate } from './known.ts'
import { wilsonLower } from './wilson.ts'

/**
 * How the interval of a ratio of rates is made. Given both counts together, the first is binomial, so an
 * interval of that proportion gives one of the ratio: `exact` takes Clopper and Pearson's (R's
 * `poisson.test`; covers at least as often as it says), `score` Wilson's (Graham, Mengersen and Morton
 * 2003; nearer to what it says).
 */
export type RateRatioMethod = 'exact' | 'score'

export interface RateRatioOptions {
  /** Default 0.95. */
  readonly confidence?: number
  /** Default `exact`. */
  readonly method?: RateRatioMethod
}

/** The lower limit of (x1/t1) / (x2/t2), where `level` is z for the score and the tail for the exact one. */
function lowerLimit(
  x1: number,
  t1: number,
  x2: number,
  t2: number,
  level: number,
  method: RateRatioMethod,
): number {
  if (x1 === 0) return 0
  const p =
    method === 'exact' ? clopperPearsonLower(x1, x1 + x2, level) : wilsonLower(x1, x1 + x2, level)
  return ((p / (1 - p)) * t2) / t1
}

const levelOf = (confidence: number, method: RateRatioMethod): number =>
  method === 'exact' ? (1 - confidence) / 2 : criticalValue(confidence)

/**
 * The interval of the ratio of two crude rates, (x1/t1) / (x2/t2), of independent groups. It has an answer
 * for counts of 0: the lower limit is 0 where the first count is, the upper Infinity where the second is.
 *
 * @param count1 events of the first group, 0 or more.
 * @param denominator1 its exposure, above 0.
 * @param count2 events of the second group, 0 or more.
 * @param denominator2 its exposure, above 0.
 * @throws StatisticsError naming the argument.
 * @example ratioOfRates(11, 800, 2, 3011) // { lower: 4.5178…, upper: 192.1967… }
 */
export function ratioOfRates(
  count1: number,
  denominator1: number,
  count2: number,
  denominator2: number,
  { confidence = 0.95, method = 'exact' }: RateRatioOptions = {},
): Interval {
  checkConfidence(confidence)
  checkCount('count1', count1)
  checkPositive('denominator1', denominator1)
  checkCount('count2', count2)
  checkPositive('denominator2', denominator2)
  const level = levelOf(confidence, method)
  return {
    lower: lowerLimit(count1, denominator1, count2, denominator2, level, method),
    upper: 1 / lowerLimit(count2, denominator2, count1, denominator1, level, method),
  }
}

/**
 * ratioOfRates of many pairs, a column each; NaN limits where a pair has no answer.
 * @throws StatisticsError naming `confidence` or the column of another length.
 * @example ratiosOfRates(
 *   Float64Array.of(11), Float64Array.of(800), Float64Array.of(2), Float64Array.of(3011),
 * ).lower[0] // 4.5178…
 */
export function ratiosOfRates(
  counts1: Float64Array,
  denominators1: Float64Array,
  counts2: Float64Array,
  denominators2: Float64Array,
  { confidence = 0.95, method = 'exact' }: RateRatioOptions = {},
): Intervals {
  checkConfidence(confidence)
  checkLength('denominators1', denominators1, counts1.length)
  checkLength('counts2', counts2, counts1.length)
  checkLength('denominators2', denominators2, counts1.length)
  const level = levelOf(confidence, method)
  const lower = new Float64Array(counts1.length)
  const upper = new Float64Array(counts1.length)
  for (let i = 0; i < counts1.length; i++) {
    const x1 = counts1[i] as number
    const t1 = denominators1[i] as number
    const x2 = counts2[i] as number
    const t2 = denominators2[i] as number
    const known = isRate(x1, t1) && isRate(x2, t2)
    lower[i] = known ? lowerLimit(x1, t1, x2, t2, level, method) : Number.NaN
    upper[i] = known ? 1 / lowerLimit(x2, t2, x1, t1, level, method) : Number.NaN
  }
  return { lower, upper }
}
