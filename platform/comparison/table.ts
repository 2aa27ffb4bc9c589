import { statuses } from '../evidence/descriptor.ts'
import { nameFilter } from '../providers/name-filter.ts'
import type { SeriesSummary } from '../publishing/series-store.ts'
import {
  type Direction,
  type IndicatorRow,
  intervalMethods,
  type Limits,
  type PlaceLink,
} from './figures.ts'
import type { IndicatorPage, IndicatorQuery } from './reader.ts'

/** A series as it is stored: columns with an entry for each subject. */
export interface SeriesRow {
  indicator: string
  period: string
  breakdown: string
  publication: number
  summary: SeriesSummary & { empty?: boolean }
  subjects: number[]
  value: (number | null)[]
  status: number[]
  release: number[]
  releases: number[]
  lower95: (number | null)[] | null
  upper95: (number | null)[] | null
  lower998: (number | null)[] | null
  upper998: (number | null)[] | null
  numerator: (number | null)[] | null
  denominator: (number | null)[] | null
  method: number[] | null
  direction: number[] | null
}

/** One that a table has a row of: the same object in table after table. */
export interface Named {
  readonly code: string
  readonly name: string
  readonly kind: 'provider' | 'place'
  /** The smallest place that holds it. */
  readonly area: string | null
  readonly closed: boolean
  readonly parents: readonly number[]
  /** What it is found by, in small letters. */
  readonly search: string
  /** Its place among all in the order of names; null for one that was read by itself. */
  readonly rank: number | null
}

/** A series with who its subjects are, in the order of their names: all that an indicator's table needs. */
export interface Table {
  readonly series: Pick<SeriesRow, 'indicator' | 'period' | 'breakdown' | 'summary' | 'releases'>
  readonly rows: readonly TableRow[]
  readonly distribution: IndicatorPage['distribution']
  /** Place in `rows` by code. */
  readonly byCode: ReadonlyMap<string, number>
  /** Regions and areas that hold some of the providers, by number. */
  readonly areas: ReadonlyMap<number, PlaceLink>
}

/** A series' columns, eight bytes a figure; what is not there is NaN. */
class Columns {
  readonly value: Float64Array
  readonly lower95: Float64Array | null
  readonly upper95: Float64Array | null
  readonly lower998: Float64Array | null
  readonly upper998: Float64Array | null
  readonly numerator: Float64Array | null
  readonly denominator: Float64Array | null
  readonly status: Uint8Array
  readonly release: Uint16Array
  readonly method: Uint8Array | null
  readonly direction: Int8Array | null
  readonly releases: readonly number[]
  readonly notes: ReadonlyMap<number, string>
  readonly apart: ReadonlyMap<number, string>

  constructor(s: SeriesRow) {
    this.value = numbers(s.value) ?? new Float64Array()
    this.lower95 = numbers(s.lower95)
    this.upper95 = numbers(s.upper95)
    this.lower998 = numbers(s.lower998)
    this.upper998 = numbers(s.upper998)
    this.numerator = numbers(s.numerator)
    this.denominator = numbers(s.denominator)
    this.status = Uint8Array.from(s.status)
    this.release = Uint16Array.from(s.release)
    this.method = s.method && Uint8Array.from(s.method)
    this.direction = s.direction && Int8Array.from(s.direction)
    this.releases = s.releases
    const places = new Map(s.subjects.map((id, at) => [id, at]))
    this.notes = byPlace(s.summary.notes, places, (note) => note.text)
    this.apart = byPlace(s.summary.apart, places, (kind) => kind.name)
  }
}

/** A row of a table, read from its columns when it is asked for: thousands are kept, few are shown. */
export class TableRow implements IndicatorRow {
  readonly named: Named
  readonly #columns: Columns
  readonly #at: number

  constructor(columns: Columns, at: number, named: Named) {
    this.named = named
    this.#columns = columns
    this.#at = at
  }

  get code() {
    return this.named.code
  }
  get name() {
    return this.named.name
  }
  get kind() {
    return this.named.kind
  }
  get area() {
    return this.named.area
  }
  get closed() {
    return this.named.closed
  }
  get status() {
    return statuses[this.#columns.status[this.#at] ?? 0] ?? 'missing'
  }
  get value() {
    return entry(this.#columns.value, this.#at)
  }
  get numerator() {
    return entry(this.#columns.numerator, this.#at)
  }
  get denominator() {
    return entry(this.#columns.denominator, this.#at)
  }
  get release() {
    return this.#columns.releases[this.#columns.release[this.#at] ?? 0] ?? 0
  }
  get note() {
    return this.#columns.notes.get(this.#at) ?? null
  }
  get apart() {
    return this.#columns.apart.get(this.#at) ?? null
  }
  get direction(): Direction | null {
    const found = this.#columns.direction?.[this.#at] ?? 9
    return found === 9 ? null : (found as Direction)
  }
  get limits(): Limits | null {
    const c = this.#columns
    const lower95 = entry(c.lower95, this.#at)
    const upper95 = entry(c.upper95, this.#at)
    if (lower95 === null || upper95 === null || this.value === null) return null
    const method = intervalMethods[c.method?.[this.#at] ?? 0] ?? 'published'
    const lower998 = entry(c.lower998, this.#at) ?? lower95
    const upper998 = entry(c.upper998, this.#at) ?? upper95
    return { lower95, upper95, lower998, upper998, method }
  }

  /** The row as plain data. */
  toJSON(): IndicatorRow {
    const { code, name, kind, area, status, value, limits, numerator, denominator } = this
    const { direction, release, note, closed, apart } = this
    const first = { code, name, kind, area, status, value, limits, numerator, denominator }
    return { ...first, direction, release, note, closed, apart }
  }
}

const numbers = (column: readonly (number | null)[] | null): Float64Array | null =>
  column && Float64Array.from(column, (v) => v ?? Number.NaN)

function entry(column: Float64Array | null, at: number): number | null {
  const found = column?.[at]
  return found === undefined || Number.isNaN(found) ? null : found
}

// Made once: `localeCompare` would make one for each pair.
export const byName = new Intl.Collator('en-GB')

/** In the order of names, those of one name by their code. */
export const inOrder = (a: Pick<Named, 'name' | 'code'>, b: Pick<Named, 'name' | 'code'>): number =>
  byName.compare(a.name, b.name) || (a.code < b.code ? -1 : 1)

/** Those that a table has rows of. */
export interface Names {
  get(id: number): Named
  /** Regions and areas that hold some of them, by number. */
  readonly areas: ReadonlyMap<number, PlaceLink>
}

/** A stored series with the names of its subjects and of the places that hold them. */
export function tableOf(series: SeriesRow, names: Names): Table {
  const { indicator, period, breakdown, summary, releases } = series
  const columns = new Columns(series)
  const rows = series.subjects.map((id, at) => new TableRow(columns, at, names.get(id)))
  rows.sort(({ named: a }, { named: b }) =>
    a.rank === null || b.rank === null ? inOrder(a, b) : a.rank - b.rank,
  )
  const valued = inOrderOfValues(rows.filter((r) => r.kind === 'provider'))
  const usual = valued.filter((r) => r.apart === null)
  const valuesOf = (some: readonly TableRow[]) => Float64Array.from(some, (r) => r.value as number)
  return {
    series: { indicator, period, breakdown, summary, releases },
    rows,
    distribution: { codes: usual.map((r) => r.code), values: valuesOf(usual) },
    byCode: new Map(rows.map((r, at) => [r.code, at])),
    areas: names.areas,
  }
}

/** The rows that have a value, the lowest first, those of one value by their code. */
function inOrderOfValues(rows: readonly TableRow[]): TableRow[] {
  const values = Float64Array.from(rows, (r) => r.value ?? Number.NaN)
  const places = Uint32Array.from(rows.keys()).filter((at) => !Number.isNaN(values[at]))
  places.sort(
    (a, b) =>
      (values[a] as number) - (values[b] as number) ||
      ((rows[a] as TableRow).code < (rows[b] as TableRow).code ? -1 : 1),
  )
  return Array.from(places, (at) => rows[at] as TableRow)
}

/** The rows that a visitor asks for, in the order asked for. */
export function filterRows(table: Table, query: IndicatorQuery, place: number | null): TableRow[] {
  const hasProviders = table.distribution.codes.length > 0
  const isNamed = nameFilter(query.q ?? '')
  const rows = table.rows.filter(
    (r) =>
      (!hasProviders || r.kind === 'provider') &&
      (place === null || r.named.parents.includes(place)) &&
      isNamed(r.named.search) &&
      (query.direction === undefined || r.direction === query.direction),
  )
  const sign = query.order === 'desc' ? -1 : 1
  const last = Number.POSITIVE_INFINITY
  const by: Record<string, (a: IndicatorRow, b: IndicatorRow) => number> = {
    area: (a, b) => sign * byName.compare(a.area ?? '', b.area ?? ''),
    // Figures without a value come last whichever way, so that a place in the list tells nothing.
    value: (a, b) =>
      a.value === null || b.value === null
        ? (a.value ?? last) - (b.value ?? last) || 0
        : sign * (a.value - b.value),
    direction: (a, b) => sign * ((a.direction ?? -9) - (b.direction ?? -9)),
  }
  const compare = by[query.sort ?? 'name']
  // Rows lie in the order of their names already, and sorting keeps it where others are equal.
  if (!compare) return sign === 1 ? rows : rows.reverse()
  return rows.sort(compare)
}

/** What is said of groups of subjects, by their place in the columns. */
function byPlace<T extends { readonly subjects: readonly number[] }>(
  groups: readonly T[] | undefined,
  places: ReadonlyMap<number, number>,
  said: (group: T) => string,
): ReadonlyMap<number, string> {
  return new Map(
    groups?.flatMap((group) =>
      group.subjects.map((id): [number, string] => [places.get(id) ?? -1, said(group)]),
    ),
  )
}
