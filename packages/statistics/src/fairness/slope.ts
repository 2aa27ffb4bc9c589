import { checkColumn, sum } from '../columns.ts'
import { criticalValue } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { ridits } from './ridits.ts'

/** The scale on which the values lie on a line: as they are, their logarithms, or their logits. */
export type SlopeScale = 'linear' | 'log' | 'logit'

/** Groups in order from the least to the most advantaged, a column each. */
export interface OrderedGroups {
  /** The indicator's value: any for `linear`, above 0 for `log`, between 0 and 1 for `logit`. */
  readonly values: Float64Array
  /** How many people each group has, above 0. */
  readonly populations: Float64Array
  /** The standard error of each value in its own unit, from 0 up. */
  readonly standardErrors?: Float64Array
}

/** The line through the groups, at the foot (0) and the head (1) of the social scale. */
export interface SlopeIndex {
  /** Slope index of inequality: the value at the head less that at the foot, in the unit of the values. */
  readonly sii: number
  /** Relative index of inequality: the value at the head over that at the foot. */
  readonly rii: number
  /** The line's value at the foot, and at the head. */
  readonly foot: number
  readonly head: number
}

/**
 * The slope and the relative index of inequality: least squares of the values on the groups' ridits,
 * weighted by population (Low and Low 2004). `linear` is what PHEindicatormethods' phe_sii does by
 * default: SII = slope, RII = (intercept + slope) / intercept (Kunst and Mackenbach's RII). `log` fits
 * ln(value), for rates, and `logit` the log odds, for proportions, and both turn the line's ends back to
 * the values' unit; phe_sii has them as its option `transform`.
 *
 * @param groups from the least to the most advantaged; at least 2.
 * @throws StatisticsError naming `values` or `populations`.
 * @example slopeIndex({ values: Float64Array.of(10, 20), populations: Float64Array.of(1, 1) })
 * // { sii: 20, rii: 5, foot: 5, head: 25 }
 */
export function slopeIndex(
  { values, populations }: OrderedGroups,
  { scale = 'linear' }: { scale?: SlopeScale } = {},
): SlopeIndex {
  const fit = lineOf(populations)
  checkValues(values, scale, populations.length)
  let intercept = 0
  let slope = 0
  for (let i = 0; i < values.length; i++) {
    const y = towards(scale, values[i] as number)
    intercept += (fit.intercept[i] as number) * y
    slope += (fit.slope[i] as number) * y
  }
  return endsOf(scale, intercept, slope)
}

/** SII and RII from the line on its scale. */
export function endsOf(scale: SlopeScale, intercept: number, slope: number): SlopeIndex {
  const foot = back(scale, intercept)
  const head = back(scale, intercept + slope)
  return { sii: scale === 'linear' ? slope : head - foot, rii: head / foot, foot, head }
}

/** slopeIndex with intervals that a formula gives. */
export interface SlopeIndexEstimate {
  readonly sii: Estimate
  readonly rii: Estimate
}

/**
 * slopeIndex with analytic intervals by the delta method, from the groups' standard errors taken as known:
 * on the `linear` scale the SII's is exact for normal values, and the RII's is of its logarithm (where the
 * foot or head is not above 0 there is none: NaN).
 *
 * @param groups with `standardErrors`.
 * @throws StatisticsError naming the argument.
 * @example slopeIndexInterval({ values: Float64Array.of(10, 20), populations: Float64Array.of(1, 1),
 *   standardErrors: Float64Array.of(1, 1) }).sii // { value: 20, lower: 14.45…, upper: 25.54… }
 */
export function slopeIndexInterval(
  groups: OrderedGroups & { readonly standardErrors: Float64Array },
  { scale = 'linear', confidence = 0.95 }: { scale?: SlopeScale; confidence?: number } = {},
): SlopeIndexEstimate {
  checkConfidence(confidence)
  const { values, populations, standardErrors } = groups
  const { sii, rii, foot, head } = slopeIndex(groups, { scale })
  checkColumn('standardErrors', standardErrors, 'from-0', values.length)
  const fit = lineOf(populations)
  let footVariance = 0
  let headVariance = 0
  let covariance = 0
  for (let i = 0; i < values.length; i++) {
    const error = (standardErrors[i] as number) * steepness(scale, values[i] as number)
    const atFoot = fit.intercept[i] as number
    const atHead = atFoot + (fit.slope[i] as number)
    footVariance += (atFoot * error) ** 2
    headVariance += (atHead * error) ** 2
    covariance += atFoot * atHead * error * error
  }
  const z = criticalValue(confidence)
  const spread = (df: number, dh: number): number =>
    z *
    Math.sqrt(
      Math.max(0, df * df * footVariance + dh * dh * headVariance - 2 * df * dh * covariance),
    )
  const perFoot = 1 / steepness(scale, foot)
  const perHead = 1 / steepness(scale, head)
  const siiWidth = spread(perFoot, perHead)
  const logged =
    foot > 0 && head > 0 ? Math.exp(spread(perFoot / foot, perHead / head)) : Number.NaN
  return {
    sii: { value: sii, lower: sii - siiWidth, upper: sii + siiWidth },
    rii: { value: rii, lower: rii / logged, upper: rii * logged },
  }
}

/** How much each group's value moves the line's intercept and slope. */
export function lineOf(populations: Float64Array): {
  readonly intercept: Float64Array
  readonly slope: Float64Array
} {
  checkColumn('populations', populations, 'above-0')
  if (populations.length < 2) throw new StatisticsError('populations', 'a slope needs 2 groups')
  const total = sum(populations)
  const places = ridits(populations)
  let middle = 0
  for (let i = 0; i < places.length; i++) {
    middle += ((populations[i] as number) / total) * (places[i] as number)
  }
  let square = 0
  for (let i = 0; i < places.length; i++) {
    square += ((populations[i] as number) / total) * ((places[i] as number) - middle) ** 2
  }
  const intercept = new Float64Array(places.length)
  const slope = new Float64Array(places.length)
  for (let i = 0; i < places.length; i++) {
    const share = (populations[i] as number) / total
    slope[i] = (share * ((places[i] as number) - middle)) / square
    intercept[i] = share - (slope[i] as number) * middle
  }
  return { intercept, slope }
}

function checkValues(values: Float64Array, scale: SlopeScale, length: number): void {
  checkColumn('values', values, scale === 'linear' ? 'finite' : 'above-0', length)
  if (scale !== 'logit') return
  const at = values.findIndex((value) => value >= 1)
  if (at >= 0) throw new StatisticsError('values', `number ${at}, ${values[at]}, is not below 1`)
}

/** A value on the scale. */
export function towards(scale: SlopeScale, value: number): number {
  if (scale === 'linear') return value
  return scale === 'log' ? Math.log(value) : Math.log(value / (1 - value))
}

/** The value that lies there on the scale. */
export function back(scale: SlopeScale, on: number): number {
  if (scale === 'linear') return on
  return scale === 'log' ? Math.exp(on) : 1 / (1 + Math.exp(-on))
}

/** How far the scale moves for each unit of the value. */
export function steepness(scale: SlopeScale, value: number): number {
  if (scale === 'linear') return 1
  return scale === 'log' ? 1 / value : 1 / (value * (1 - value))
}
