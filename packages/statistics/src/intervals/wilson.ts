import { criticalValue } from '../distributions.ts'
import { checkConfidence, checkLength, checkProportion } from '../errors.ts'
import type { Interval, Intervals } from '../interval.ts'
import { isProportion } from './known.ts'

/** The lower Wilson limit for the critical value z; no check of what it is given. */
export function wilsonLower(count: number, n: number, z: number): number {
  if (count === 0) return 0
  const square = z * z
  const spread = z * Math.sqrt(square + 4 * count * (1 - count / n))
  return (2 * count + square - spread) / (2 * (n + square))
}

/** The upper Wilson limit for the critical value z; no check of what it is given. */
export function wilsonUpper(count: number, n: number, z: number): number {
  if (count === n) return 1
  const square = z * z
  const spread = z * Math.sqrt(square + 4 * count * (1 - count / n))
  return (2 * count + square + spread) / (2 * (n + square))
}

/**
 * Wilson's score interval of a proportion (Wilson 1927; Newcombe 1998), as UKHSA's PHEindicatormethods
 * and Fingertips use it: (2x + z² ± z√(z² + 4x(1 - x/n))) / 2(n + z²). It stays within 0 to 1 and has an
 * answer for 0 of n and n of n.
 *
 * @param count how many, 0 to n; may be a fraction where it was worked back.
 * @param n of how many, above 0.
 * @param confidence default 0.95.
 * @throws StatisticsError naming the argument: n = 0, count above n, anything not finite.
 * @example wilsonInterval(65, 100) // { lower: 0.5525…, upper: 0.7363… }
 */
export function wilsonInterval(count: number, n: number, confidence = 0.95): Interval {
  checkConfidence(confidence)
  checkProportion(count, n)
  const z = criticalValue(confidence)
  return { lower: wilsonLower(count, n, z), upper: wilsonUpper(count, n, z) }
}

/**
 * Wilson's intervals of many proportions at once.
 * @param counts a column of counts.
 * @param ns a column as long.
 * @returns two columns; a unit without an answer (no n, count above n, NaN) gets NaN limits, where the
 *   single form throws.
 * @throws StatisticsError naming `confidence` or `ns`.
 * @example wilsonIntervals(Float64Array.of(65), Float64Array.of(100)).lower[0] // 0.5525…
 */
export function wilsonIntervals(
  counts: Float64Array,
  ns: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): Intervals {
  checkConfidence(confidence)
  checkLength('ns', ns, counts.length)
  const z = criticalValue(confidence)
  const square = z * z
  const lower = new Float64Array(counts.length)
  const upper = new Float64Array(counts.length)
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    const n = ns[i] as number
    if (!isProportion(count, n)) {
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
