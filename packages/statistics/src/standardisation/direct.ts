import { checkCount, checkLength, checkPositive, StatisticsError } from '../errors.ts'
import { type PoissonLimits, poissonLimits } from '../intervals/poisson.ts'
import {
  type DirectOptions,
  type DirectRate,
  type DirectRates,
  directRateReasons,
} from './direct-rate.ts'

/**
 * A directly standardised rate with its interval: the rate that the area would have if its ages were those
 * of the standard population, Σ w (x/n) / Σ w, with the limits of Dobson and others (1991):
 * rate + √(V/x) (limit of x - x), V = Σ w² x/n² / (Σ w)², where x is the number of all events and its
 * limits are Byar's or exact. PHEindicatormethods' `calculate_dsr` gives the same.
 *
 * @param events for each band, 0 or more.
 * @param populations for each band, 0 or more.
 * @param standard for each band the weight of the standard population, 0 or more.
 * @returns the rate, or why there is none: too few events, or a band that counts and has no people.
 * @throws StatisticsError naming the argument: columns of different lengths, a number below 0 or none.
 * @example directlyStandardisedRate(
 *   Float64Array.of(10, 20), Float64Array.of(1000, 500), Float64Array.of(7000, 3000), { multiplier: 1000 },
 * ) // { kind: 'rate', value: 19, lower: 12.79…, upper: 27.14…, events: 30, population: 1500 }
 */
export function directlyStandardisedRate(
  events: Float64Array,
  populations: Float64Array,
  standard: Float64Array,
  options: DirectOptions = {},
): DirectRate {
  checkLength('events', events, standard.length)
  events.forEach((count) => {
    checkCount('events', count)
  })
  populations.forEach((people) => {
    checkCount('populations', people)
  })
  const rates = directlyStandardisedRates(events, populations, standard, options)
  const counts = { events: rates.events[0] as number, population: rates.population[0] as number }
  const reason = directRateReasons[rates.reason[0] as number]
  if (reason === 'too-few-events' || reason === 'no-population') {
    return { kind: 'none', reason, ...counts }
  }
  if (reason === 'invalid') throw new StatisticsError('squares', 'must be numbers from 0 up')
  return {
    kind: 'rate',
    value: rates.value[0] as number,
    lower: rates.lower[0] as number,
    upper: rates.upper[0] as number,
    ...counts,
  }
}

/**
 * directlyStandardisedRate of many areas at once.
 *
 * @param events a row of bands for each area, one after the other.
 * @param populations as long, in the same order.
 * @param standard for each band the weight of the standard population.
 * @throws StatisticsError naming the argument: lengths that do not fit, a weight below 0 or none at all.
 * @example directlyStandardisedRates(
 *   Float64Array.of(10, 20, 1, 2), Float64Array.of(1000, 500, 900, 100), Float64Array.of(7000, 3000),
 * ).reason // [0, 1]
 */
export function directlyStandardisedRates(
  events: Float64Array,
  populations: Float64Array,
  standard: Float64Array,
  options: DirectOptions = {},
): DirectRates {
  const { confidence = 0.95, multiplier = 100_000, minimumEvents = 10, squares } = options
  const limits = poissonLimits(confidence, options.method)
  checkPositive('multiplier', multiplier)
  checkCount('minimumEvents', minimumEvents)
  const weight = checkStandard(standard)
  const areas = events.length / standard.length
  if (!Number.isInteger(areas)) {
    throw new StatisticsError('events', `has no whole number of rows of ${standard.length} bands`)
  }
  checkLength('populations', populations, events.length)
  if (squares) checkLength('squares', squares, events.length)
  const rates: DirectRates = {
    value: new Float64Array(areas).fill(Number.NaN),
    lower: new Float64Array(areas).fill(Number.NaN),
    upper: new Float64Array(areas).fill(Number.NaN),
    events: new Float64Array(areas),
    population: new Float64Array(areas),
    reason: new Uint8Array(areas),
  }
  const by = multiplier / weight
  const counted = squares ?? events
  for (let area = 0; area < areas; area++) {
    standardise(rates, area, events, populations, standard, counted, by, minimumEvents, limits)
  }
  return rates
}

function standardise(
  rates: DirectRates,
  area: number,
  events: Float64Array,
  populations: Float64Array,
  standard: Float64Array,
  squares: Float64Array,
  by: number,
  minimumEvents: number,
  limits: PoissonLimits,
): void {
  const bands = standard.length
  let total = 0
  let people = 0
  let rate = 0
  let variance = 0
  let empty = false
  let invalid = false
  for (let band = 0, at = area * bands; band < bands; band++, at++) {
    const count = events[at] as number
    const n = populations[at] as number
    const w = standard[band] as number
    if (!(count >= 0 && n >= 0 && (squares[at] as number) >= 0)) invalid = true
    total += count
    people += n
    if (w === 0) continue
    if (n === 0) empty = true
    const each = w / n
    rate += each * count
    variance += each * each * (squares[at] as number)
  }
  rates.events[area] = total
  rates.population[area] = people
  if (invalid || !(total + people < Number.POSITIVE_INFINITY)) rates.reason[area] = 3
  else if (empty) rates.reason[area] = 2
  else if (total === 0 || total < minimumEvents) rates.reason[area] = 1
  else {
    const value = rate * by
    const spread = Math.sqrt(variance / total) * by
    rates.value[area] = value
    // Of very few events the scaled limit can fall below 0, where no rate can be.
    rates.lower[area] = Math.max(0, value + spread * (limits.lower(total) - total))
    rates.upper[area] = value + spread * (limits.upper(total) - total)
  }
}

function checkStandard(standard: Float64Array): number {
  let weight = 0
  for (const w of standard) {
    checkCount('standard', w)
    weight += w
  }
  checkPositive('standard', weight)
  return weight
}
