import type { Database } from '../database/database.ts'
import type { SubjectStore } from '../providers/store.ts'
import type { SeriesSummary } from '../publishing/series-store.ts'
import type { ReleaseStore } from '../publishing/store.ts'
import type {
  Figure,
  FigureSeries,
  IndicatorRow,
  IndicatorSummary,
  SummaryWhole,
} from './figures.ts'
import { Kept } from './kept.ts'
import { NamesStore } from './names.ts'
import type { IndicatorPage, IndicatorQuery, SeriesName, Spread, State } from './reader.ts'
import { SpreadStore } from './spreads.ts'
import { byName, filterRows, type SeriesRow, type Table, tableOf } from './table.ts'

interface SeriesKey {
  readonly period: string
  readonly breakdown: string
  /** The publication that computed it. */
  readonly publication: number
}

/** Rows of tables kept in memory, about 100 MB: a table never changes once its publication counts. */
const rowsKept = 600_000

/** What a table takes beside its rows, in rows. */
const tableItself = 100

export class ComparisonStore {
  readonly #db: Database
  readonly #subjects: SubjectStore
  readonly #releases: ReleaseStore
  readonly #named: NamesStore
  readonly #spreads: SpreadStore
  readonly #tables = new Kept<Table | null>(rowsKept, (t) => tableItself + (t?.rows.length ?? 0))
  readonly #series = new Kept<readonly SeriesKey[]>(200)
  readonly #wholes = new Kept<readonly FigureSeries[]>(100)
  readonly #names = new Kept<readonly SeriesName[]>(2)
  /** Numbers of places by state and code: a list that is narrowed to one reads many tables. */
  readonly #places = new Kept<number | null>(200)

  constructor(db: Database, subjects: SubjectStore, releases: ReleaseStore) {
    this.#db = db
    this.#subjects = subjects
    this.#named = new NamesStore(subjects)
    this.#releases = releases
    this.#spreads = new SpreadStore(db)
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

  /**
   * All rows of one table by name; of those within a place where one is named. What they hold is read
   * when it is asked for.
   */
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
    return place === null ? [] : table.rows.filter((r) => r.named.parents.includes(place))
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
    return tableOf(series, await this.#named.of(state, series.subjects))
  }

  /** How everyone's values are spread in one period; null where nothing is published. */
  async spread(
    state: State,
    code: string,
    period: string,
    breakdown: string,
  ): Promise<Spread | null> {
    const keys = await this.#keys(state, code)
    const own = keys.find((k) => k.period === period && k.breakdown === breakdown)
    return own ? this.#spreads.of({ ...own, indicator: code }) : null
  }

  /** All rows of one table that some subjects have, in the order asked for. */
  async rowsOf(
    state: State,
    code: string,
    key: { period: string; breakdown: string },
    subjects: readonly string[],
  ): Promise<IndicatorRow[]> {
    const table = await this.#table(state, code, key.period, key.breakdown)
    return subjects.flatMap(
      (subject) => table?.rows[table.byCode.get(subject) ?? -1]?.toJSON() ?? [],
    )
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
    const all = filterRows(table, query, place?.id ?? (query.place ? -1 : null))
    const size = Math.min(query.size ?? 50, 500)
    const from = ((query.page ?? 1) - 1) * size
    const whole = await this.#whole(state, code, table)
    return {
      summary: summaryOf(table.series, periods, breakdowns),
      rows: all.slice(from, from + size).map((r) => r.toJSON()),
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
