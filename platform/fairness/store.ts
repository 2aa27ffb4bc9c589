import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { type FairnessDeclaration, fairnessSchema } from './declaration.ts'
import type { GapTrend } from './gap-trend.ts'
import { type LeftBehind, nobody } from './left-behind.ts'
import type { Fairness } from './measure.ts'

/** One period of one indicator. */
export interface FairnessAt {
  readonly period: string
  readonly found: Fairness
}

/** What is known of fairness in one indicator, oldest period first. */
export interface FairnessOf {
  readonly indicator: string
  readonly declared: FairnessDeclaration
  readonly periods: readonly FairnessAt[]
  /** How each gap changed, by its name (`gapNames`); those known in one period alone left out. */
  readonly trends: Readonly<Record<string, GapTrend>>
}

/** A provider or place that is named in a list of gaps. */
export interface Named {
  readonly code: string
  readonly name: string
  readonly kind: 'provider' | 'place'
}

/** What pages may ask of fairness. All answers are stored results of one state. */
export interface FairnessReader {
  /** All indicators that were measured, in the order in which they were declared. */
  all(state: State): Promise<ReadonlyMap<string, FairnessOf>>
  /** Who some gaps are of, by the number of the subject. */
  names(
    state: State,
    gaps: Iterable<{ readonly subject: number }>,
  ): Promise<ReadonlyMap<number, Named>>
}

interface Row {
  indicator: string
  period: string
  declared: string
  body: string
}

export class FairnessStore implements FairnessReader {
  readonly #db: Database
  readonly #all = new Kept<ReadonlyMap<string, FairnessOf>>(2)

  constructor(db: Database) {
    this.#db = db
  }

  all(state: State): Promise<ReadonlyMap<string, FairnessOf>> {
    return this.#all.get(String(state.publication), () => this.#read(state.publication))
  }

  async names(
    state: State,
    gaps: Iterable<{ readonly subject: number }>,
  ): Promise<Map<number, Named>> {
    const rows = await this.#db.query<Named & { id: number }>(
      `select distinct on (s.id) s.id, s.code, s.kind, l.name
       from subject s join listing l on l.subject_id = s.id
       where s.id = any($2::int[]) and l.publication <= $1 order by s.id, l.publication desc`,
      [state.publication, [...new Set(Array.from(gaps, (g) => g.subject))]],
    )
    return new Map(rows.map(({ id, ...named }) => [id, named]))
  }

  async #read(publication: number): Promise<ReadonlyMap<string, FairnessOf>> {
    const rows = await this.#db.query<Row>(
      `select indicator, period, declared, body from (
         select distinct on (indicator, period) indicator, period, declared, body from fairness
         where publication <= $1 order by indicator, period, publication desc) newest
       where body is not null order by indicator, period`,
      [publication],
    )
    const trends = await this.#trends(publication)
    const read = [...Map.groupBy(rows, (r) => r.indicator)].map(
      ([indicator, some]): [string, FairnessOf] => [
        indicator,
        {
          indicator,
          declared: fairnessSchema.parse(JSON.parse(some.at(-1)?.declared ?? '{}')),
          periods: some.map(({ period, body }) => ({ period, found: fairnessFrom(body) })),
          trends: trends.get(indicator) ?? {},
        },
      ],
    )
    const place = ([code, { declared }]: [string, FairnessOf]): number =>
      declared.indicators.indexOf(code)
    return new Map(read.sort((a, b) => place(a) - place(b)))
  }

  async #trends(publication: number): Promise<Map<string, Record<string, GapTrend>>> {
    const rows = await this.#db.query<{ indicator: string; body: string }>(
      `select indicator, body from (
         select distinct on (indicator) indicator, body from fairness_trend
         where publication <= $1 order by indicator, publication desc) newest
       where body is not null`,
      [publication],
    )
    return new Map(rows.map((r) => [r.indicator, JSON.parse(r.body) as Record<string, GapTrend>]))
  }
}

/** As stored; by a publication of before there were halves and tenths, without them. */
type Older = Omit<Fairness, 'halves' | 'tenths'> & Partial<Fairness>

/** What a publication of before there were ratios, halves and tenths did not measure is not known. */
function fairnessFrom(body: string): Fairness {
  const found = JSON.parse(body) as Older
  const { fifths, groups } = found
  return {
    ...found,
    halves: found.halves ? leftBehindFrom(found.halves) : nobody,
    tenths: found.tenths ?? [],
    fifths: fifths && { ...fifths, ratio: fifths.ratio ?? null },
    groups: groups.map((g) => ({
      ...g,
      ratio: g.ratio ?? null,
      providers: leftBehindFrom(g.providers),
      places: leftBehindFrom(g.places),
    })),
  }
}

const leftBehindFrom = (found: Omit<LeftBehind, 'behind'> & Partial<LeftBehind>): LeftBehind => ({
  ...found,
  behind: found.behind ?? found.widest.length,
})
