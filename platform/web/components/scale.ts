import { percentile } from '@plumbline/statistics'
import { extent } from 'd3-array'

export type Domain = readonly [number, number]

/** Ends that a scale never passes: a percentage lies between 0 and 100. */
export type Bounds = readonly [number, number] | null

const within = ([low, high]: Domain, bounds: Bounds): Domain =>
  bounds === null ? [low, high] : [Math.max(low, bounds[0]), Math.min(high, bounds[1])]

/**
 * One scale for several marks: from the lowest to the highest value, with a twentieth of air on each
 * side. No values give 0 to 1.
 */
export function commonScale(values: Iterable<number>, bounds: Bounds = null): Domain {
  const [low, high] = extent(values)
  if (low === undefined || high === undefined) return [0, 1]
  const air = (high - low) * 0.05 || Math.abs(high) * 0.1 || 1
  return within([low - air, high + air], bounds)
}

/**
 * The scale on which the spread of many providers can be seen: Tukey's fences (the quartiles, three
 * times their distance out), so that one figure of £59,000 does not squeeze all others into a line.
 * It reaches out to `include`: the figures that the picture is about are always on it. Zero is kept
 * as the end where no value lies below it.
 *
 * @param sorted values in ascending order, without NaN.
 */
export function spreadScale(
  sorted: Float64Array,
  include: Iterable<number> = [],
  bounds: Bounds = null,
): Domain {
  const n = sorted.length
  if (n === 0) return commonScale(include, bounds)
  const q1 = percentile(sorted, 0.25)
  const q3 = percentile(sorted, 0.75)
  const reach = 3 * (q3 - q1)
  const [least, most] = [sorted[0] as number, sorted[n - 1] as number]
  const fenced =
    reach === 0 ? [least, most] : [Math.max(least, q1 - reach), Math.min(most, q3 + reach)]
  const [low, high] = extent([...fenced, ...include]) as [number, number]
  const air = (high - low) * 0.03 || Math.abs(high) * 0.1 || 1
  return within([least >= 0 && low - air < 0 ? 0 : low - air, high + air], bounds)
}
