import { criticalValue } from '../distributions.ts'
import { checkConfidence, checkLength, checkProportion } from '../errors.ts'
import type { Interval, Intervals } from '../interval.ts'
import { isProportion } from './known.ts'
import { whereScoreIs } from './score-search.ts'
import { wilsonLower, wilsonUpper } from './wilson.ts'

/**
 * How the interval of a difference of proportions is made:
 * `newcombe`, the hybrid of two Wilson intervals (Newcombe 1998, method 10; used by NHS and ONS guides);
 * `miettinen-nurminen`, the score interval with the factor N/(N - 1) (1985; what regulators of medicines
 * ask for); `mee`, the same without the factor (1984).
 */
export type DifferenceMethod = 'newcombe' | 'miettinen-nurminen' | 'mee'

export interface DifferenceOptions {
  /** Default 0.95. */
  readonly confidence?: number
  /** Default `newcombe`. */
  readonly method?: DifferenceMethod
}

/**
 * The likeliest second proportion when the first is larger by `difference`: the closed root of the
 * likelihood's cubic (Miettinen and Nurminen 1985, appendix).
 */
function constrained(difference: number, x1: number, n1: number, x2: number, n2: number): number {
  const n = n1 + n2
  const x = x1 + x2
  const l2 = ((n1 + 2 * n2) * difference - n - x) / (3 * n)
  const l1 = ((n2 * difference - n - 2 * x2) * difference + x) / (3 * n)
  const l0 = (x2 * difference * (1 - difference)) / n
  const q = l2 * l2 * l2 - 1.5 * l1 * l2 + l0 / 2
  const root = Math.sqrt(Math.max(0, l2 * l2 - l1))
  const p = q < 0 ? -root : root
  const angle = p === 0 ? 0 : (Math.PI + Math.acos(clamp(q / (p * p * p), -1, 1))) / 3
  return clamp(2 * p * Math.cos(angle) - l2, Math.max(0, -difference), Math.min(1, 1 - difference))
}

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x))

function differenceScore(
  difference: number,
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  correction: number,
): number {
  const gap = x1 / n1 - x2 / n2 - difference
  if (gap === 0) return 0
  const p2 = constrained(difference, x1, n1, x2, n2)
  const p1 = clamp(p2 + difference, 0, 1)
  const variance = (p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2
  return gap / Math.sqrt(variance * correction)
}

/** The lower limit of x1/n1 - x2/n2; no check of what it is given. */
function lowerLimit(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  z: number,
  method: DifferenceMethod,
): number {
  const d = x1 / n1 - x2 / n2
  if (method === 'newcombe') {
    return d - Math.hypot(x1 / n1 - wilsonLower(x1, n1, z), wilsonUpper(x2, n2, z) - x2 / n2)
  }
  const correction = method === 'mee' ? 1 : (n1 + n2) / (n1 + n2 - 1)
  return d === -1 ? -1 : whereScoreIs(differenceScore, z, -1, d, x1, n1, x2, n2, correction)
}

/**
 * The interval of the difference between two proportions, x1/n1 - x2/n2, of independent groups.
 *
 * @param count1 how many of the first group, 0 to n1.
 * @param n1 the first group, above 0 (the score methods need more than 1 in both groups together).
 * @param count2 how many of the second group, 0 to n2.
 * @param n2 the second group, above 0.
 * @returns limits from -1 to 1.
 * @throws StatisticsError naming the argument.
 * @example differenceOfProportions(56, 70, 48, 80) // { lower: 0.0524…, upper: 0.3338… }
 */
export function differenceOfProportions(
  count1: number,
  n1: number,
  count2: number,
  n2: number,
  { confidence = 0.95, method = 'newcombe' }: DifferenceOptions = {},
): Interval {
  checkConfidence(confidence)
  checkProportion(count1, n1, '1')
  checkProportion(count2, n2, '2')
  const z = criticalValue(confidence)
  return {
    lower: lowerLimit(count1, n1, count2, n2, z, method),
    // The upper limit of a - b is the lower limit of b - a, turned.
    upper: -lowerLimit(count2, n2, count1, n1, z, method),
  }
}

/**
 * differenceOfProportions of many pairs, a column each; NaN limits where a pair has no answer.
 * @throws StatisticsError naming `confidence` or the column of another length.
 * @example differencesOfProportions(
 *   Float64Array.of(56), Float64Array.of(70), Float64Array.of(48), Float64Array.of(80),
 * ).lower[0] // 0.0524…
 */
export function differencesOfProportions(
  counts1: Float64Array,
  ns1: Float64Array,
  counts2: Float64Array,
  ns2: Float64Array,
  { confidence = 0.95, method = 'newcombe' }: DifferenceOptions = {},
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
    upper[i] = known ? -lowerLimit(x2, n2, x1, n1, z, method) : Number.NaN
  }
  return { lower, upper }
}
