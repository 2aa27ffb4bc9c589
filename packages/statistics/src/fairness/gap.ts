import { StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { differenceOfIntervals } from '../intervals/difference-of-intervals.ts'
import { ratioOfIntervals } from '../intervals/ratio.ts'

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
  return { value: a.value / b.value, ...ratioOfIntervals(a, b) }
}

function checkEstimate(argument: string, e: Estimate): void {
  if (!Number.isFinite(e.value) || !Number.isFinite(e.lower) || !Number.isFinite(e.upper)) {
    throw new StatisticsError(argument, 'its value and limits are not all finite numbers')
  }
  if (!(e.lower <= e.value && e.value <= e.upper)) {
    throw new StatisticsError(argument, `${e.value} does not lie within ${e.lower} to ${e.upper}`)
  }
}
