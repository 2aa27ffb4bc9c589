import { criticalValue } from '../distributions.ts'
import { checkConfidence, checkCount, checkLength, StatisticsError } from '../errors.ts'
import {
  abridgedStarts,
  type LifeExpectancies,
  type LifeExpectancy,
  type LifeExpectancyOptions,
  lifeExpectancyReasons,
  type NoExpectancyReason,
} from './expectancy.ts'
import { completeLifeTable, type LifeTable, makeLifeTable } from './life-table.ts'

/**
 * Life expectancy at the start of each age band, with its interval, from an abridged period life table:
 * Chiang's second method (1968), q = nM / (1 + n(1 - a)M), as ONS and OHID publish it and
 * PHEindicatormethods' `phe_life_expectancy` computes it.
 *
 * @param deaths in each band, 0 or more.
 * @param populations person-years in each band, above 0.
 * @returns an entry for each band; where there is no answer, its reason.
 * @throws StatisticsError naming the argument: lengths that do not fit, a number below 0 or none.
 * @example lifeExpectancy(
 *   Float64Array.of(50, 500, 900), Float64Array.of(40000, 20000, 6000), { starts: [0, 65, 80] },
 * )[0] // { kind: 'expectancy', age: 0, value: 78.31…, lower: 77.20…, upper: 79.42… }
 */
export function lifeExpectancy(
  deaths: Float64Array,
  populations: Float64Array,
  options: LifeExpectancyOptions = {},
): LifeExpectancy[] {
  const { starts = abridgedStarts } = options
  checkLength('populations', populations, starts.length)
  deaths.forEach((count) => {
    checkCount('deaths', count)
  })
  populations.forEach((people) => {
    checkCount('populations', people)
  })
  const { table, z, minimum, widest } = prepare(options)
  checkLength('deaths', deaths, starts.length)
  const reason = whyNot(deaths, populations, 0, starts.length, minimum)
  if (reason === undefined) completeLifeTable(table, deaths, populations, 0)
  return starts.map((age, band) => {
    const why = reason ?? whyNotAt(table, band, widest)
    if (why !== undefined) return { kind: 'none', age, reason: why }
    const value = table.expectancy[band] as number
    const half = z * (table.error[band] as number)
    return { kind: 'expectancy', age, value, lower: value - half, upper: value + half }
  })
}

/**
 * lifeExpectancy of many areas at one age.
 *
 * @param deaths a row of bands for each area, one after the other.
 * @param populations as long, in the same order.
 * @param age the first age of a band; default the first band's.
 * @throws StatisticsError naming the argument.
 * @example lifeExpectancies(
 *   Float64Array.of(50, 500, 900), Float64Array.of(40000, 20000, 6000), { starts: [0, 65, 80] },
 * ).value[0] // 78.31…
 */
export function lifeExpectancies(
  deaths: Float64Array,
  populations: Float64Array,
  { age, ...options }: LifeExpectancyOptions & { readonly age?: number } = {},
): LifeExpectancies {
  const { starts = abridgedStarts } = options
  const { table, z, minimum, widest } = prepare(options)
  const bands = starts.length
  const areas = deaths.length / bands
  if (!Number.isInteger(areas)) {
    throw new StatisticsError('deaths', `has no whole number of rows of ${bands} bands`)
  }
  checkLength('populations', populations, deaths.length)
  const at = age === undefined ? 0 : starts.indexOf(age)
  if (at < 0) throw new StatisticsError('age', `no band starts at ${age}`)
  const value = new Float64Array(areas).fill(Number.NaN)
  const lower = new Float64Array(areas).fill(Number.NaN)
  const upper = new Float64Array(areas).fill(Number.NaN)
  const reason = new Uint8Array(areas)
  for (let area = 0; area < areas; area++) {
    let why: NoExpectancyReason | 'invalid' | undefined = isInvalid(
      deaths,
      populations,
      area * bands,
      bands,
    )
      ? 'invalid'
      : whyNot(deaths, populations, area * bands, bands, minimum)
    if (why === undefined) {
      completeLifeTable(table, deaths, populations, area * bands)
      why = whyNotAt(table, at, widest)
    }
    if (why !== undefined) {
      reason[area] = lifeExpectancyReasons.indexOf(why)
      continue
    }
    const years = table.expectancy[at] as number
    const half = z * (table.error[at] as number)
    value[area] = years
    lower[area] = years - half
    upper[area] = years + half
  }
  return { value, lower, upper, reason }
}

function prepare(options: LifeExpectancyOptions): {
  table: LifeTable
  z: number
  minimum: number
  widest: number
} {
  const { confidence = 0.95, starts = abridgedStarts, infantShare = 0.1 } = options
  checkConfidence(confidence)
  if (!starts.every((age, i) => age >= 0 && age > (starts[i - 1] ?? -1)) || starts.length < 2) {
    throw new StatisticsError('starts', 'must be two ages or more that rise')
  }
  if (!(infantShare >= 0 && infantShare <= 1)) {
    throw new StatisticsError('infantShare', `${infantShare} does not lie from 0 to 1`)
  }
  return {
    table: makeLifeTable(starts, infantShare, (options.lastBand ?? 'silcocks') === 'silcocks'),
    z: criticalValue(confidence),
    minimum: options.minimumPopulation ?? 5000,
    widest: options.widest ?? 20,
  }
}

function isInvalid(
  deaths: Float64Array,
  populations: Float64Array,
  from: number,
  bands: number,
): boolean {
  for (let at = from; at < from + bands; at++) {
    const both = (deaths[at] as number) + (populations[at] as number)
    const known = (deaths[at] as number) >= 0 && (populations[at] as number) >= 0
    if (!(known && both < Number.POSITIVE_INFINITY)) return true
  }
  return false
}

function whyNot(
  deaths: Float64Array,
  populations: Float64Array,
  from: number,
  bands: number,
  minimum: number,
): NoExpectancyReason | undefined {
  let people = 0
  for (let at = from; at < from + bands; at++) {
    const n = populations[at] as number
    if (n === 0) return 'no-population'
    if ((deaths[at] as number) > n) return 'more-deaths-than-people'
    people += n
  }
  if (people < minimum) return 'too-few-people'
  return deaths[from + bands - 1] === 0 ? 'no-deaths-in-last-band' : undefined
}

const z95 = 1.959963984540054

function whyNotAt(table: LifeTable, band: number, widest: number): NoExpectancyReason | undefined {
  if (table.survivors[band] === 0) return 'no-survivors'
  return 2 * z95 * (table.error[band] as number) > widest ? 'too-wide' : undefined
}
