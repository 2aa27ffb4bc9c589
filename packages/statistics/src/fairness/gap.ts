import { differenceOfIntervals } from '../difference.ts'
import { StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'

/**
 * The absolute gap: `a - b`, in the unit of the values, with its interval from those of the two groups
 * (MOVER, Zou and Donner 2008). Both intervals must be of the same confidence.
 * @throws StatisticsError naming the group whose value or limits aren't finite and in order.
 * @example absoluteGap({ value: 5, lower: 4, upper: 6 }, { value: 3, lower: 3, upper: 3 })
 * // { value: 2, lower: 1, upper: 3 }
 */
export function absoluteGap(a: Estimate, b: Estimate): Estimate {
  checkEstimate('a', a)
  checkEstimate('b', b)
  return { value: a.value - b.value, ...differenceOfIntervals(a, b) }
}

/**
 * The relative gap: `a / b`, with its interval from those of the two groups (MOVER-R, Donner and Zou
 * 2012, equations 9 and 10). Both intervals must be of the same confidence. Where `b`'s interval reaches
 * 0 the ratio has no upper limit: it is Infinity.
 * @throws StatisticsError naming the group: a value below 0, a `b` of 0, limits out of order.
 * @example relativeGap({ value: 6, lower: 4, upper: 8 }, { value: 3, lower: 3, upper: 3 })
 * // { value: 2, lower: 1.3333…, upper: 2.6666… }
 */
export function relativeGap(a: Estimate, b: Estimate): Estimate {
  checkEstimate('a', a)
  checkEstimate('b', b)
  if (a.lower < 0) throw new StatisticsError('a', `its lower limit, ${a.lower}, is below 0`)
  if (b.lower < 0) throw new StatisticsError('b', `its lower limit, ${b.lower}, is below 0`)
  if (b.value === 0) throw new StatisticsError('b', 'nothing is a multiple of 0')
  const product = a.value * b.value
  const low = Math.max(
    0,
    product ** 2 - a.lower * b.upper * (2 * a.value - a.lower) * (2 * b.value - b.upper),
  )
  const high = Math.max(
    0,
    product ** 2 - a.upper * b.lower * (2 * a.value - a.upper) * (2 * b.value - b.lower),
  )
  const lowerScale = b.upper * (2 * b.value - b.upper)
  const upperScale = b.lower * (2 * b.value - b.lower)
  return {
    value: a.value / b.value,
    lower: limit(product, -Math.sqrt(low), lowerScale, a.lower / b.upper),
    upper: upperScale === 0 ? Number.POSITIVE_INFINITY : (product + Math.sqrt(high)) / upperScale,
  }
}

/** The formula is 0 / 0 where the upper limit of `b` is twice its value, and turns about beyond it. */
function limit(product: number, root: number, scale: number, least: number): number {
  if (Math.abs(scale) < 1e-12 * product || !(scale > 0)) return least
  return Math.max(0, (product + root) / scale)
}

function checkEstimate(argument: string, e: Estimate): void {
  if (!Number.isFinite(e.value) || !Number.isFinite(e.lower) || !Number.isFinite(e.upper)) {
    throw new StatisticsError(argument, 'its value and limits are not all finite numbers')
  }
  if (!(e.lower <= e.value && e.value <= e.upper)) {
    throw new StatisticsError(argument, `${e.value} does not lie within ${e.lower} to ${e.upper}`)
  }
}
