import { checkCount, checkLength, checkPositive, StatisticsError } from '../errors.ts'
import type { Estimate, Estimates } from '../interval.ts'
import type { PoissonOptions } from '../intervals/poisson.ts'
import type { RateOptions } from '../intervals/rate.ts'
import { observedOverExpected, observedOverExpecteds } from '../intervals/ratio.ts'

/** The reference that expected events come from: events and population of each band. */
export interface Reference {
  readonly events: Float64Array
  readonly populations: Float64Array
}

function checkReference({ events, populations }: Reference): void {
  checkLength('reference.populations', populations, events.length)
  for (let band = 0; band < events.length; band++) {
    checkCount('reference.events', events[band] as number)
    checkPositive('reference.populations', populations[band] as number)
  }
}

/**
 * The events that areas would have if each band had the reference's rate: Σ n (X/N).
 *
 * @param populations a row of bands for each area, one after the other; one row for one area.
 * @param reference events and population of each band, populations above 0.
 * @returns a column, an entry for each area; NaN where a population is no number from 0 up.
 * @throws StatisticsError naming the argument.
 * @example expectedEvents(Float64Array.of(1000, 500), {
 *   events: Float64Array.of(10, 40), populations: Float64Array.of(5000, 4000),
 * })[0] // 7
 */
export function expectedEvents(populations: Float64Array, reference: Reference): Float64Array {
  checkReference(reference)
  const bands = reference.events.length
  const areas = populations.length / bands
  if (!Number.isInteger(areas)) {
    throw new StatisticsError('populations', `has no whole number of rows of ${bands} bands`)
  }
  const rates = reference.events.map(
    (count, band) => count / (reference.populations[band] as number),
  )
  const expected = new Float64Array(areas)
  for (let area = 0, at = 0; area < areas; area++) {
    let sum = 0
    for (let band = 0; band < bands; band++, at++) {
      const n = populations[at] as number
      sum += n >= 0 ? n * (rates[band] as number) : Number.NaN
    }
    expected[area] = sum
  }
  return expected
}

/**
 * The indirectly standardised ratio (SMR when the events are deaths), observed over expected events, with
 * the limits of the observed (exact below 10, else Byar's), as PHEindicatormethods' `calculate_ISRatio`.
 *
 * @param observed all events of the area, 0 or more.
 * @param populations of each band.
 * @throws StatisticsError naming the argument; expected events must be above 0.
 * @example indirectlyStandardisedRatio(9, Float64Array.of(1000, 500), {
 *   events: Float64Array.of(10, 40), populations: Float64Array.of(5000, 4000),
 * }) // { value: 1.2857…, lower: 0.5879…, upper: 2.4406… }
 */
export function indirectlyStandardisedRatio(
  observed: number,
  populations: Float64Array,
  reference: Reference,
  options: PoissonOptions = {},
): Estimate {
  checkLength('populations', populations, reference.events.length)
  populations.forEach((people) => {
    checkCount('populations', people)
  })
  const expected = expectedEvents(populations, reference)[0] as number
  return observedOverExpected(observed, expected, options)
}

/**
 * The indirectly standardised rate: the indirectly standardised ratio times the reference's crude rate,
 * as PHEindicatormethods' `calculate_ISRate`.
 *
 * @param observed all events of the area, 0 or more.
 * @param populations of each band.
 * @throws StatisticsError naming the argument.
 * @example indirectlyStandardisedRate(9, Float64Array.of(1000, 500), {
 *   events: Float64Array.of(10, 40), populations: Float64Array.of(5000, 4000),
 * }, { multiplier: 1000 }) // { value: 7.1428…, lower: 3.2661…, upper: 13.5593… }
 */
export function indirectlyStandardisedRate(
  observed: number,
  populations: Float64Array,
  reference: Reference,
  { multiplier = 100_000, ...options }: RateOptions = {},
): Estimate {
  checkPositive('multiplier', multiplier)
  const ratio = indirectlyStandardisedRatio(observed, populations, reference, options)
  const scale = multiplier * crude(reference)
  return { value: ratio.value * scale, lower: ratio.lower * scale, upper: ratio.upper * scale }
}

function crude({ events, populations }: Reference): number {
  const sum = (column: Float64Array): number => column.reduce((total, x) => total + x, 0)
  return sum(events) / sum(populations)
}

/**
 * indirectlyStandardisedRatio of many areas; NaN where an area has no answer.
 *
 * @param observed all events, an entry for each area.
 * @param populations a row of bands for each area, one after the other.
 * @throws StatisticsError naming the argument.
 * @example indirectlyStandardisedRatios(Float64Array.of(9), Float64Array.of(1000, 500), {
 *   events: Float64Array.of(10, 40), populations: Float64Array.of(5000, 4000),
 * }).value[0] // 1.2857…
 */
export function indirectlyStandardisedRatios(
  observed: Float64Array,
  populations: Float64Array,
  reference: Reference,
  options: PoissonOptions = {},
): Estimates {
  const expected = expectedEvents(populations, reference)
  checkLength('observed', observed, expected.length)
  return observedOverExpecteds(observed, expected, options)
}

/**
 * indirectlyStandardisedRate of many areas; NaN where an area has no answer.
 *
 * @param observed all events, an entry for each area.
 * @param populations a row of bands for each area, one after the other.
 * @throws StatisticsError naming the argument.
 * @example indirectlyStandardisedRates(Float64Array.of(9), Float64Array.of(1000, 500), {
 *   events: Float64Array.of(10, 40), populations: Float64Array.of(5000, 4000),
 * }, { multiplier: 1000 }).value[0] // 7.1428…
 */
export function indirectlyStandardisedRates(
  observed: Float64Array,
  populations: Float64Array,
  reference: Reference,
  { multiplier = 100_000, ...options }: RateOptions = {},
): Estimates {
  checkPositive('multiplier', multiplier)
  const ratios = indirectlyStandardisedRatios(observed, populations, reference, options)
  const scale = multiplier * crude(reference)
  for (const column of [ratios.value, ratios.lower, ratios.upper]) {
    for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) * scale
  }
  return ratios
}
