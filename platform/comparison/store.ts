import type { Database } from '../database/database.ts'
import { statuses } from '../evidence/descriptor.ts'
import type { SubjectStore } from '../providers/store.ts'
import type { SeriesSummary } from '../publishing/series-store.ts'
import type { ReleaseStore } from '../publishing/store.ts'
import {
  type Direction,
  type Figure,
  type FigureSeries,
  type IndicatorRow,
  type IndicatorSummary,
  intervalMethods,
  type Limits,
  type PlaceLink,
  type SummaryWhole,
} from './figures.ts'
import { Kept } from './kept.ts'
import type { IndicatorPage, IndicatorQuery, SeriesName, Spread, State } from './reader.ts'

interface SeriesRow {
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

interface SeriesKey {
  readonly period: string
  readonly breakdown: string
  /** The publication that computed it. */
  readonly publication: number
}

/** A stored series with who its subjects are: all that an indicator's table needs. */
interface Table {
  readonly series: SeriesRow
  readonly rows: readonly (IndicatorRow & { parents: readonly number[]; search: string })[]
  readonly distribution: IndicatorPage['distribution']
  /** Values in ascending order of each kind of provider that is held apart. */
  readonly apart: ReadonlyMap<string, Float64Array>
  /** Place in `rows`, which are in the order of their names, by code. */
  readonly byCode: ReadonlyMap<string, number>
  /** Regions and areas that hold some of the providers, by number. */
  readonly areas: ReadonlyMap<number, PlaceLink>
}

/** Levels by which a table of providers may be narrowed. */
const areaLevels = ['region', 'nhs-region', 'icb', 'county', 'district']

// Made once: `localeCompare` would make one for each pair.
const byName = new Intl.Collator('en-GB')

/** How many tables are kept in memory: a table never changes once its publication counts. */
const kept = 40

export class ComparisonStore {
  readonly #db: Database
  readonly #subjects: SubjectStore
  readonly #releases: ReleaseStore
  readonly #tables = new Kept<Table | null>(kept)
  readonly #series = new Kept<readonly SeriesKey[]>(200)
  readonly #wholes = new Kept<readonly FigureSeries[]>(kept)
  readonly #names = new Kept<readonly SeriesName[]>(2)
  /** Numbers of places by state and code: a list that is narrowed to one reads many tables. */
  readonly #places = new Kept<number | null>(200)

  constructor(db: Database, subjects: SubjectStore, releases: ReleaseStore) {
    this.#db = db
    this.#subjects = subjects
    this.#releases = releases
  }

  /** The latest summary of each indicator of a service, where anything is published. */
  async summaries(state: State, codes: readonly string[]): Promise<IndicatorSummary[]> {
    const rows = await this.#db.query<{
      indicator: string
      period: string
      breakdown: string
      summary: SeriesRow['summary']
    }>(
      `select distinct on (indicator) indicator, period, breakdown, summary - 'notes' as summary from (
         select distinct on (indicator, period, breakdown) indicator, period, breakdown, summary
         from comparison_series where indicator = any($2::text[]) and publication <= $1
         order by indicator, period, breakdown, publication desc
       ) newest where not summary ? 'empty'
       order by indicator, (breakdown = '') desc, period desc`,
      [state.publication, codes],
    )
    return rows.map((r) => summaryOf(r, [r.period], [r.breakdown]))
  }

  /** Every indicator, period and group that has figures, in that order. */
  keys(state: State): Promise<readonly SeriesName[]> {
    return this.#names.get(String(state.publication), () =>
      this.#db.query<SeriesName>(
        `select indicator, period, breakdown from (
           select distinct on (indicator, period, breakdown) indicator, period, breakdown,
             summary ? 'empty' as empty
           from comparison_series where publication <= $1
           order by indicator, period, breakdown, publication desc
         ) newest where not empty order by indicator, period, breakdown`,
        [state.publication],
      ),
    )
  }

  /** All rows of one table by name; of those within a place where one is named. */
  async rows(
    state: State,
    { indicator, period, breakdown }: SeriesName,
    within: string | null,
  ): Promise<readonly IndicatorRow[]> {
    const table = await this.#table(state, indicator, period, breakdown)
    if (!table) return []
    if (within === null) return table.rows
    const place = await this.#places.get(`${state.publication} ${within}`, async () => {
      return (await this.#subjects.listing(state, within))?.id ?? null
    })
    return place === null ? [] : table.rows.filter((r) => r.parents.includes(place))
  }

  #keys(state: State, code: string): Promise<readonly SeriesKey[]> {
    return this.#series.get(`${state.publication}\n${code}`, () => this.#readKeys(state, code))
  }

  async #readKeys(state: State, code: string): Promise<readonly SeriesKey[]> {
    return this.#db.query<SeriesKey>(
      `select period, breakdown, publication from (
         select distinct on (period, breakdown) period, breakdown, publication, summary
         from comparison_series
         where indicator = $2 and publication <= $1 order by period, breakdown, publication desc
       ) newest where not summary ? 'empty' order by period, breakdown`,
      [state.publication, code],
    )
  }

  /**
   * Kept as long as neither the series nor anyone's listing changes: most publications change few
   * series, and pages go on being made while one is published.
   */
  async #table(
    state: State,
    code: string,
    period: string,
    breakdown: string,
  ): Promise<Table | null> {
    const keys = await this.#keys(state, code)
    const own = keys.find((k) => k.period === period && k.breakdown === breakdown)
    if (!own) return null
    const listed = await this.#subjects.listedIn(state)
    const key = [own.publication, listed, code, period, breakdown].join('\n')
    return this.#tables.get(key, () => this.#load(state, code, period, breakdown))
  }

  async #load(
    state: State,
    code: string,
    period: string,
    breakdown: string,
  ): Promise<Table | null> {
    const [series] = await this.#db.query<SeriesRow>(
      `select * from comparison_series where indicator = $2 and period = $3 and breakdown = $4
         and publication <= $1 order by publication desc limit 1`,
      [state.publication, code, period, breakdown],
    )
    if (!series) return null
    const listings = await this.#subjects.listings(state, series.subjects)
    const parents = await this.#subjects.listings(state, [
      ...new Set([...listings.values()].flatMap((l) => l.parents)),
    ])
    const areas = new Map<number, PlaceLink>()
    for (const { id, code, name, level } of parents.values()) {
      if (level !== null && areaLevels.includes(level)) areas.set(id, { code, name, level })
    }
    const kinds = bySubject(series.summary.apart, (kind) => kind.name)
    const notes = bySubject(series.summary.notes, (note) => note.text)
    const rows = series.subjects.map((id, at) => {
      const l = listings.get(id)
      const area = l?.parents.map((p) => parents.get(p)).find((p) => p && p.level !== 'lsoa')
      return {
        code: l?.code ?? String(id),
        name: l?.name ?? String(id),
        kind: l?.kind ?? 'place',
        area: area?.name ?? null,
        status: statuses[series.status[at] ?? 0] ?? 'missing',
        value: series.value[at] ?? null,
        limits: limitsAt(series, at),
        numerator: series.numerator?.[at] ?? null,
        denominator: series.denominator?.[at] ?? null,
        direction: directionAt(series, at),
        release: series.releases[series.release[at] ?? 0] ?? 0,
        note: notes.get(id) ?? null,
        closed: l?.body.closed ?? false,
        apart: kinds.get(id) ?? null,
        parents: l?.parents ?? [],
        search: `${l?.name ?? ''} ${l?.code ?? ''} ${l?.postcode ?? ''}`.toLowerCase(),
      }
    })
    rows.sort((a, b) => byName.compare(a.name, b.name) || (a.code < b.code ? -1 : 1))
    const valued = rows
      .filter((r) => r.kind === 'provider' && r.value !== null)
      .sort((a, b) => (a.value as number) - (b.value as number) || (a.code < b.code ? -1 : 1))
    const usual = valued.filter((r) => r.apart === null)
    const valuesOf = (some: typeof valued) => Float64Array.from(some, (r) => r.value as number)
    const distribution = { codes: usual.map((r) => r.code), values: valuesOf(usual) }
    const ofKind = ({ name }: { name: string }) => valuesOf(valued.filter((r) => r.apart === name))
    const apart = new Map(series.summary.apart?.map((kind) => [kind.name, ofKind(kind)]))
    const byCode = new Map(rows.map((r, at) => [r.code, at]))
    return { series, rows, distribution, apart, byCode, areas }
  }

  /** How everyone's values are spread in one period; null where nothing is published. */
  async spread(
    state: State,
    code: string,
    period: string,
    breakdown: string,
  ): Promise<Spread | null> {
    const table = await this.#table(state, code, period, breakdown)
    if (!table || table.distribution.values.length === 0) return null
    const { values } = table.distribution
    const row = (subject: string) => table.rows[table.byCode.get(subject) ?? -1]
    return {
      values,
      valuesLike: (subject) => table.apart.get(row(subject)?.apart ?? '') ?? values,
      valueOf: (subject) => row(subject)?.value ?? null,
    }
  }

  /** All rows of one table that some subjects have, in the order asked for. */
  async rowsOf(
    state: State,
    code: string,
    key: { period: string; breakdown: string },
    subjects: readonly string[],
  ): Promise<IndicatorRow[]> {
    const table = await this.#table(state, code, key.period, key.breakdown)
    return subjects.flatMap((subject) => table?.rows[table.byCode.get(subject) ?? -1] ?? [])
  }

  async page(state: State, code: string, query: IndicatorQuery): Promise<IndicatorPage | null> {
    const keys = await this.#keys(state, code)
    const first = keys.find((k) => k.breakdown === '') ?? keys[0]
    if (!first) return null
    const breakdown = query.breakdown ?? first.breakdown
    const periods = keys.filter((k) => k.breakdown === breakdown).map((k) => k.period)
    const period = query.period ?? periods.at(-1)
    if (period === undefined || !periods.includes(period)) return null
    const table = await this.#table(state, code, period, breakdown)
    if (!table) return null
    const breakdowns = keys.filter((k) => k.period === period).map((k) => k.breakdown)
    const place = query.place ? await this.#subjects.listing(state, query.place) : null
    const all = await filterRows(table, query, place?.id ?? (query.place ? -1 : null))
    const size = Math.min(query.size ?? 50, 500)
    const from = ((query.page ?? 1) - 1) * size
    const whole = await this.#whole(state, code, table)
    return {
      summary: summaryOf(table.series, periods, breakdowns),
      rows: all.slice(from, from + size),
      total: all.length,
      distribution: table.distribution,
      wholeSeries: whole.find((s) => s.breakdown === breakdown) ?? null,
      groups: whole.flatMap((s) => s.figures.filter((f) => s.breakdown && f.period === period)),
      areas: [...table.areas.values()].sort((a, b) => byName.compare(a.name, b.name)),
      releases: await this.#releases.list(state, { ids: table.series.releases }),
    }
  }

  /** The series of the place that is the whole of this table. */
  async #whole(state: State, code: string, table: Table) {
    const name = table.series.summary.whole?.name
    const row = table.rows.find((r) => r.kind === 'place' && r.name === name)
    if (!row) return []
    return this.#wholes.get([state.publication, code, row.code].join('\n'), async () => {
      const page = await this.#subjects.page(state, row.code)
      return (page?.series ?? []).filter((s) => s.indicator === code)
    })
  }
}

async function filterRows(
  table: Table,
  query: IndicatorQuery,
  place: number | null,
): Promise<IndicatorRow[]> {
  const hasProviders = table.distribution.codes.length > 0
  const q = query.q?.trim().toLowerCase()
  const rows = table.rows.filter(
    (r) =>
      (!hasProviders || r.kind === 'provider') &&
      (place === null || r.parents.includes(place)) &&
      (!q || r.search.includes(q)) &&
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

/** What is said of groups of subjects, by subject. */
function bySubject<T extends { readonly subjects: readonly number[] }>(
  groups: readonly T[] | undefined,
  said: (group: T) => string,
): ReadonlyMap<number, string> {
  return new Map(
    groups?.flatMap((group) => group.subjects.map((id): [number, string] => [id, said(group)])),
  )
}

function limitsAt(s: SeriesRow, at: number): Limits | null {
  const lower95 = s.lower95?.[at] ?? null
  const upper95 = s.upper95?.[at] ?? null
  if (lower95 === null || upper95 === null || s.value[at] === null) return null
  const method = intervalMethods[s.method?.[at] ?? 0] ?? 'published'
  const lower998 = s.lower998?.[at] ?? lower95
  const upper998 = s.upper998?.[at] ?? upper95
  return { lower95, upper95, lower998, upper998, method }
}

function directionAt(s: SeriesRow, at: number): Direction | null {
  const found = s.direction?.[at] ?? 9
  return found === 9 ? null : (found as Direction)
}

function summaryOf(
  r: { indicator: string; period: string; breakdown: string; summary: SeriesSummary },
  periods: readonly string[],
  breakdowns: readonly string[],
): IndicatorSummary {
  const { counts, whole, percentiles, apart = [] } = r.summary
  return {
    indicator: r.indicator,
    period: r.period,
    breakdown: r.breakdown,
    periods,
    breakdowns,
    counts,
    whole: whole && {
      ...whole,
      origin: whole.origin as SummaryWhole['origin'],
      limits95: whole.limits95 ?? null,
    },
    percentiles,
    apart: apart.map(({ name, subjects }) => ({ name, count: subjects.length })),
  }
}

export type { Figure }
