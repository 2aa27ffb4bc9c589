import { checkLength, StatisticsError } from '../errors.ts'
import { back, type SlopeScale, towards } from './slope.ts'

/** Slope and relative index of many areas, a column each; NaN where an area has no answer. */
export interface SlopeIndices {
  readonly sii: Float64Array
  readonly rii: Float64Array
}

/**
 * slopeIndex of many areas that each have the same number of groups. An area in which a value is missing
 * or cannot be, or a population is not above 0, gets NaN.
 *
 * @param values area by area, in each from the least to the most advantaged group.
 * @param populations in the same order. @param groups how many each area has, from 2 up.
 * @throws StatisticsError naming `groups`, `values` or `populations`.
 * @example slopeIndices(Float64Array.of(10, 20, 5, 5), Float64Array.of(1, 1, 1, 1), 2)
 * // { sii: [20, 0], rii: [5, 1] }
 */
export function slopeIndices(
  values: Float64Array,
  populations: Float64Array,
  groups: number,
  { scale = 'linear' }: { scale?: SlopeScale } = {},
): SlopeIndices {
  if (!Number.isInteger(groups) || groups < 2) {
    throw new StatisticsError('groups', `${groups} is not a whole number from 2 up`)
  }
  if (values.length % groups !== 0) {
    throw new StatisticsError('values', `${values.length} are not ${groups} for each area`)
  }
  checkLength('populations', populations, values.length)
  const areas = values.length / groups
  const sii = new Float64Array(areas)
  const rii = new Float64Array(areas)
  for (let area = 0; area < areas; area++) {
    const from = area * groups
    let people = 0
    let known = true
    for (let g = from; g < from + groups; g++) {
      const population = populations[g] as number
      known &&= population > 0 && Number.isFinite(population)
      people += population
    }
    // The weighted mean of ridits is always a half.
    let before = 0
    let mean = 0
    let square = 0
    let product = 0
    for (let g = from; g < from + groups; g++) {
      const share = (populations[g] as number) / people
      const away = before + share / 2 - 0.5
      const y = towards(scale, values[g] as number)
      known &&= Number.isFinite(y)
      mean += share * y
      square += share * away * away
      product += share * away * y
      before += share
    }
    const slope = product / square
    const intercept = mean - slope / 2
    const foot = back(scale, intercept)
    const head = back(scale, intercept + slope)
    sii[area] = known ? (scale === 'linear' ? slope : head - foot) : Number.NaN
    rii[area] = known ? head / foot : Number.NaN
  }
  return { sii, rii }
}
