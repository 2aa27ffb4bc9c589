import { criticalValue } from './distributions.ts'
import { checkConfidence, checkCount, StatisticsError } from './errors.ts'
import type { Interval, Intervals } from './interval.ts'

/**
 * Wilson's score interval of a proportion (Wilson 1927; Newcombe 1998), as UKHSA's PHEindicatormethods
 * and Fingertips use it. It stays within 0 to 1 and has an answer for 0 of n and n of n.
 *
 * @param count how many, 0 to n; may be a fraction where it was worked back.
 * @param n of how many, above 0.
 * @param confidence default 0.95.
 * @throws StatisticsError naming the argument: n = 0, count above n, anything not finite.
 * @example wilsonInterval(65, 100) // { lower: 0.5525…, upper: 0.7364… }
 */
export function wilsonInterval(count: number, n: number, confidence = 0.95): Interval {
  checkConfidence(confidence)
  checkCount('count', count)
  checkCount('n', n)
  if (n === 0) throw new StatisticsError('n', '0 gives no proportion')
  if (count > n) throw new StatisticsError('count', `${count} is more than n, ${n}`)
  const z = criticalValue(confidence)
  const square = z * z
  const middle = 2 * count + square
  const spread = z * Math.sqrt(square + 4 * count * (1 - count / n))
  const whole = 2 * (n + square)
  return {
    lower: count === 0 ? 0 : (middle - spread) / whole,
    upper: count === n ? 1 : (middle + spread) / whole,
  }
}

/**
 * Wilson's intervals of many proportions at once. A unit without an answer (no n, count above n,
 * NaN) gets NaN limits, where the single form throws.
 */
export function wilsonIntervals(
  counts: Float64Array,
  ns: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): Intervals {
  checkConfidence(confidence)
  const z = criticalValue(confidence)
  const square = z * z
  const lower = new Float64Array(counts.length)
  const upper = new Float64Array(counts.length)
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    const n = ns[i] as number
    if (!(n > 0 && count >= 0 && count <= n)) {
      lower[i] = Number.NaN
      upper[i] = Number.NaN
      continue
    }
    const middle = 2 * count + square
    const spread = z * Math.sqrt(square + 4 * count * (1 - count / n))
    const whole = 2 * (n + square)
    lower[i] = count === 0 ? 0 : (middle - spread) / whole
    upper[i] = count === n ? 1 : (middle + spread) / whole
  }
  return { lower, upper }
}
