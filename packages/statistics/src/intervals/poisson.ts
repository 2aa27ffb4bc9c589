import { criticalValue, gammaQuantile } from '../distributions.ts'
import { checkConfidence, checkCount } from '../errors.ts'
import type { Interval, Intervals } from '../interval.ts'

/** Below this count the exact interval is taken; from it on, Byar's (as PHEindicatormethods does). */
export const exactBelow = 10

/**
 * Which limits of a count of events: `byar-or-exact` (exact below 10, else Byar's: UKHSA and OHID),
 * `byar` (Breslow and Day) or `exact` (Garwood; what R's `poisson.test` gives).
 */
export type PoissonMethod = 'byar-or-exact' | 'byar' | 'exact'

/** The lower exact limit for a tail of (1 - confidence) / 2; no check of what it is given. */
export function exactPoissonLower(count: number, tail: number): number {
  return count === 0 ? 0 : gammaQuantile(tail, count)
}

/** The upper exact limit for a tail of (1 - confidence) / 2; no check of what it is given. */
export function exactPoissonUpper(count: number, tail: number): number {
  return gammaQuantile(1 - tail, count + 1)
}

/** Byar's lower limit for the critical value z; no check of what it is given. */
export function byarLower(count: number, z: number): number {
  if (count === 0) return 0
  const root = 1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))
  // Of very few events the cube falls below 0, where no rate can be.
  return root > 0 ? count * root * root * root : 0
}

/** Byar's upper limit for the critical value z; no check of what it is given. */
export function byarUpper(count: number, z: number): number {
  const more = count + 1
  const root = 1 - 1 / (9 * more) + z / (3 * Math.sqrt(more))
  return more * root * root * root
}

/**
 * The exact interval of a count of events (Garwood 1936), from the chi-squared (gamma) distribution:
 * the quantiles of gamma(x) at (1 - c)/2 and of gamma(x + 1) at (1 + c)/2.
 * @param count events, 0 or more.
 * @param confidence default 0.95.
 * @throws StatisticsError naming the argument.
 * @example exactPoissonInterval(0) // { lower: 0, upper: 3.6888… }
 */
export function exactPoissonInterval(count: number, confidence = 0.95): Interval {
  checkConfidence(confidence)
  checkCount('count', count)
  const tail = (1 - confidence) / 2
  return { lower: exactPoissonLower(count, tail), upper: exactPoissonUpper(count, tail) }
}

/**
 * Byar's approximation to the exact interval of a count (Breslow and Day 1987), close from 10 up:
 * x(1 - 1/9x - z/3√x)³ and (x+1)(1 - 1/9(x+1) + z/3√(x+1))³. A lower limit that would fall below 0
 * is 0.
 * @param count events, 0 or more.
 * @param confidence default 0.95.
 * @throws StatisticsError naming the argument.
 * @example byarInterval(65) // { lower: 50.16…, upper: 82.84… }
 */
export function byarInterval(count: number, confidence = 0.95): Interval {
  checkConfidence(confidence)
  checkCount('count', count)
  const z = criticalValue(confidence)
  return { lower: byarLower(count, z), upper: byarUpper(count, z) }
}

/**
 * The interval of a count as English public health publishes it: exact below 10, else Byar's.
 * @param count events, 0 or more.
 * @param confidence default 0.95.
 * @throws StatisticsError naming the argument.
 * @example poissonInterval(5) // { lower: 1.6234…, upper: 11.6683… }
 */
export function poissonInterval(count: number, confidence = 0.95): Interval {
  return count < exactBelow
    ? exactPoissonInterval(count, confidence)
    : byarInterval(count, confidence)
}

/**
 * poissonInterval of many counts.
 * @param counts a column of counts of events.
 * @returns two columns; NaN limits where a count is NaN, infinite or below 0.
 * @throws StatisticsError naming `confidence`.
 * @example poissonIntervals(Float64Array.of(5, 65)).lower // [1.6234…, 50.16…]
 */
export function poissonIntervals(
  counts: Float64Array,
  { confidence = 0.95, method = 'byar-or-exact' }: PoissonOptions = {},
): Intervals {
  const limits = poissonLimits(confidence, method)
  const lower = new Float64Array(counts.length)
  const upper = new Float64Array(counts.length)
  for (let i = 0; i < counts.length; i++) {
    lower[i] = limits.lower(counts[i] as number)
    upper[i] = limits.upper(counts[i] as number)
  }
  return { lower, upper }
}

export interface PoissonOptions {
  /** Default 0.95. */
  readonly confidence?: number
  /** Default `byar-or-exact`. */
  readonly method?: PoissonMethod
}

/** The two limits as functions of a count, for loops; NaN for a count that is none. */
export interface PoissonLimits {
  lower(count: number): number
  upper(count: number): number
}

/**
 * The limits of counts at one confidence, made ready for a loop: what costs the same for every unit is
 * worked out once, and the exact limits of whole counts below 10, each a search, are looked up.
 * @param confidence between 0 and 1.
 * @throws StatisticsError naming `confidence`.
 * @example poissonLimits(0.95).upper(0) // 3.6888…
 */
export function poissonLimits(
  confidence: number,
  method: PoissonMethod = 'byar-or-exact',
): PoissonLimits {
  checkConfidence(confidence)
  const z = criticalValue(confidence)
  const tail = (1 - confidence) / 2
  const from = method === 'byar' ? 0 : method === 'exact' ? Number.POSITIVE_INFINITY : exactBelow
  const lowers = new Float64Array(exactBelow)
  const uppers = new Float64Array(exactBelow)
  for (let count = 0; count < exactBelow; count++) {
    lowers[count] = exactPoissonLower(count, tail)
    uppers[count] = exactPoissonUpper(count, tail)
  }
  return {
    lower(count) {
      if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) return Number.NaN
      if (count >= from) return byarLower(count, z)
      return lowers[count] ?? exactPoissonLower(count, tail)
    },
    upper(count) {
      if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) return Number.NaN
      if (count >= from) return byarUpper(count, z)
      return uppers[count] ?? exactPoissonUpper(count, tail)
    },
  }
}
