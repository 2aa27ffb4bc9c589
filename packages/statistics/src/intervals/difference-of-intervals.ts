import { criticalValue } from '../distributions.ts'
import { checkConfidence } from '../errors.ts'
import type { Estimate, Interval } from '../interval.ts'

/**
 * The interval of `a - b` from the intervals of each, independent of one another: the method of
 * variance estimates recovery (MOVER; Zou and Donner 2008). With Wilson limits it is Newcombe's hybrid
 * score interval (1998, method 10). Both intervals must be of the same confidence.
 *
 * @example differenceOfIntervals({ value: 5, lower: 4, upper: 6 }, { value: 3, lower: 3, upper: 3 })
 * // { lower: 1, upper: 3 }
 */
export function differenceOfIntervals(a: Estimate, b: Estimate): Interval {
  const difference = a.value - b.value
  return {
    lower: difference - Math.hypot(a.value - a.lower, b.upper - b.value),
    upper: difference + Math.hypot(a.upper - a.value, b.value - b.lower),
  }
}

/**
 * Limits of one confidence from published ones of another: each side's width times the ratio of the
 * normal's critical values. Right for symmetric normal limits, an approximation for others.
 * @example rescaleInterval({ value: 0, lower: -1.96, upper: 1.96 }, 0.95, 0.998)
 * // { lower: -3.0902…, upper: 3.0902… }
 */
export function rescaleInterval(
  estimate: Estimate,
  fromConfidence: number,
  toConfidence: number,
): Interval {
  checkConfidence(fromConfidence)
  checkConfidence(toConfidence)
  const ratio = criticalValue(toConfidence) / criticalValue(fromConfidence)
  return {
    lower: estimate.value - (estimate.value - estimate.lower) * ratio,
    upper: estimate.value + (estimate.upper - estimate.value) * ratio,
  }
}
