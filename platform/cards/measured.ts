import { loadStoredSeries, type StoredSeries, storedKeys } from '../comparison/stored-series.ts'
import type { Queries } from '../database/database.ts'
import { statuses } from '../evidence/descriptor.ts'
import { yearsOld } from '../evidence/made-on.ts'
import { type PeriodKind, periodSpan } from '../evidence/period.ts'
import { outsideOf, type Take } from '../evidence/takes.ts'
import type { Item } from './card.ts'
import { creditOf, gapsOf } from './gap.ts'
import type { Measured } from './score.ts'

/** One period of what counts, a column each over the providers of the service. */
export interface MeasuredPeriod {
  readonly period: string
  readonly measured: Measured
  /** Its source keeps it back: too few people. */
  readonly hidden: Uint8Array
  /** Not among those that the card takes. */
  readonly leftOut?: Uint8Array
  /** Of ratings whose doubt grows: years from the rating to the end of the period. */
  readonly age?: Float64Array
}

/** Whose figures are wanted, from the publication at hand. */
export interface Wanted {
  readonly db: Queries
  readonly number: number
  /** The place of each provider in the columns, by subject number. */
  readonly place: ReadonlyMap<number, number>
  readonly kindOf: (indicator: string) => PeriodKind | null
}

/**
 * The last periods of an item's figures, oldest first; of a gap those in which both groups stand.
 * @param takes by which providers are taken or left out, in the same period.
 */
export async function measuredPeriods(
  wanted: Wanted,
  item: Item,
  better: 'high' | 'low',
  most: number,
  takes: readonly Take[],
): Promise<MeasuredPeriod[]> {
  const keys = await storedKeys(wanted.db, wanted.number, item.indicator)
  const has = (period: string, breakdown: string): boolean =>
    keys.some((k) => k.period === period && k.breakdown === breakdown)
  const groups = item.gap ? [item.gap.behind, item.gap.ahead] : ['']
  const periods = [...new Set(keys.map((k) => k.period))]
    .sort()
    .filter((period) => groups.every((g) => has(period, g)))
    .slice(-most)
  const found: MeasuredPeriod[] = []
  for (const period of periods) {
    const [own, other] = await Promise.all(
      groups.map((g) => measuredPeriod(wanted, item, period, g)),
    )
    if (!own) continue
    const hidden = own.hidden.map((x, i) => x | (other?.hidden[i] ?? 0))
    const measured = other ? gapsOf(own.measured, other.measured, better) : own.measured
    const left = takes.length === 0 ? {} : { leftOut: await leftOutOf(wanted, takes, period) }
    found.push({ ...own, measured, hidden, ...left })
  }
  return found
}

async function leftOutOf(
  { db, number, place }: Wanted,
  takes: readonly Take[],
  period: string,
): Promise<Uint8Array> {
  const columns = new Map<string, Float64Array>()
  for (const { indicator } of takes) {
    const [series] = await loadStoredSeries(db, number, indicator, { period, breakdown: '' })
    if (series) columns.set(indicator, columnOf(series, series.value, place))
  }
  return Uint8Array.from({ length: place.size }, (_, i) =>
    outsideOf(takes, (indicator) => columns.get(indicator)?.[i] ?? Number.NaN) ? 1 : 0,
  )
}

async function measuredPeriod(
  { db, number, place, kindOf }: Wanted,
  { indicator, doubt }: Item,
  period: string,
  breakdown: string,
): Promise<MeasuredPeriod | null> {
  const [series] = await loadStoredSeries(db, number, indicator, { period, breakdown })
  if (!series) return null
  const hidden = new Uint8Array(place.size)
  const at = (subject: number): number => place.get(subject) ?? -1
  series.subjects.forEach((subject, i) => {
    const status = statuses[series.status[i] as number]
    if (at(subject) >= 0 && (status === 'suppressed' || status === 'unreliable')) {
      hidden[at(subject)] = 1
    }
  })
  const column = (name: 'value' | 'lower95' | 'upper95'): Float64Array =>
    columnOf(series, series[name], place)
  const measured = {
    value: column('value'),
    lower95: column('lower95'),
    upper95: column('upper95'),
  }
  const kind = doubt && kindOf(indicator)
  return kind
    ? { period, measured, hidden, age: agesOf(series, periodSpan(period, kind).to, place) }
    : { period, measured, hidden }
}

function agesOf(
  { notes = new Map<number, string>() }: StoredSeries,
  on: string,
  place: ReadonlyMap<number, number>,
): Float64Array {
  const ages = new Float64Array(place.size).fill(Number.NaN)
  for (const [subject, made] of notes) {
    const at = place.get(subject)
    if (at !== undefined) ages[at] = yearsOld(made, on)
  }
  return ages
}

function columnOf(
  { subjects }: StoredSeries,
  from: Float64Array,
  place: ReadonlyMap<number, number>,
): Float64Array {
  const column = new Float64Array(place.size).fill(Number.NaN)
  subjects.forEach((subject, i) => {
    const at = place.get(subject)
    if (at !== undefined) column[at] = from[i] as number
  })
  return column
}

/** The extra credit of each provider for closing the gap of an item since the period before. */
export async function gapCredits(
  { db, number, place }: Wanted,
  item: Item,
  periods: readonly MeasuredPeriod[],
  credit: { readonly points: number; readonly least: number },
): Promise<Float64Array> {
  const [before, latest] = periods.slice(-2)
  const none = new Float64Array(place.size)
  if (!item.gap || !before || !latest) return none
  const { period } = latest
  const group = { period, breakdown: item.gap.behind }
  const [series] = await loadStoredSeries(db, number, item.indicator, group)
  if (!series) return none
  const people = columnOf(series, series.denominator, place)
  return creditOf(latest.measured.value, before.measured.value, people, credit)
}
