import { criticalValue, gammaQuantile } from './distributions.ts'
import { checkConfidence, checkCount } from './errors.ts'
import type { Interval, Intervals } from './interval.ts'

/** Below this count the exact interval is taken; from it on, Byar's (as PHEindicatormethods does). */
export const exactBelow = 10

/**
 * The exact interval of a count of events (Garwood 1936), from the chi-squared (gamma) distribution.
 * @param count events, 0 or more.
 * @throws StatisticsError naming the argument.
 * @example exactPoissonInterval(0) // { lower: 0, upper: 3.6888… }
 */
export function exactPoissonInterval(count: number, confidence = 0.95): Interval {
  checkConfidence(confidence)
  checkCount('count', count)
  const tail = (1 - confidence) / 2
  return {
    lower: count === 0 ? 0 : gammaQuantile(tail, count),
    upper: gammaQuantile(1 - tail, count + 1),
  }
}

/**
 * Byar's approximation to the exact interval of a count (Breslow and Day 1987), close from 10 up.
 * @example byarInterval(65) // { lower: 50.16…, upper: 82.84… }
 */
export function byarInterval(count: number, confidence = 0.95): Interval {
  checkConfidence(confidence)
  checkCount('count', count)
  return byar(count, criticalValue(confidence))
}

function byar(count: number, z: number): Interval {
  const more = count + 1
  return {
    // Of very few events the cube falls below 0, where no rate can be.
    lower:
      count === 0
        ? 0
        : Math.max(0, count * (1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3),
    upper: more * (1 - 1 / (9 * more) + z / (3 * Math.sqrt(more))) ** 3,
  }
}

/** The interval of a count as English public health publishes it: exact below 10, else Byar's. */
export function poissonInterval(count: number, confidence = 0.95): Interval {
  return count < exactBelow
    ? exactPoissonInterval(count, confidence)
    : byarInterval(count, confidence)
}

/** poissonInterval of many counts; NaN limits where a count is NaN or below 0. */
export function poissonIntervals(
  counts: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): Intervals {
  checkConfidence(confidence)
  const z = criticalValue(confidence)
  const lower = new Float64Array(counts.length)
  const upper = new Float64Array(counts.length)
  // The exact limits cost a search each; whole counts below 10 are few and looked up.
  const exact = new Map<number, Interval>()
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    let interval: Interval = { lower: Number.NaN, upper: Number.NaN }
    if (count >= exactBelow && Number.isFinite(count)) interval = byar(count, z)
    else if (count >= 0 && count < exactBelow) {
      interval = exact.get(count) ?? exactPoissonInterval(count, confidence)
      exact.set(count, interval)
    }
    lower[i] = interval.lower
    upper[i] = interval.upper
  }
  return { lower, upper }
}
