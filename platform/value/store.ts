import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { type Change, efficiencies, type Found, returnsToScale } from './analyse.ts'
import type { YearSummary } from './store-years.ts'
import { type Study, studySchema } from './study.ts'

type Limits = { readonly lower95: number; readonly upper95: number }

/** What a study says of one provider in one year. */
export interface ProviderValue extends Omit<Found, 'peers'> {
  readonly code: string
  /** By column: inputs, outputs, what is fixed. */
  readonly values: readonly number[]
  /** Those on the frontier that are like it, the greatest share first; itself where it is on it. */
  readonly peers: readonly { readonly code: string; readonly weight: number }[]
  /** Since the year before. */
  readonly change: Change | null
  readonly outcome: number | null
  readonly outcomeLimits: Limits | null
  /** Pounds for each person with the outcome. */
  readonly cost: number | null
}

export interface StudyYear extends YearSummary {
  readonly period: string
  readonly providers: ReadonlyMap<string, ProviderValue>
}

/** A study with what it found, the oldest year first. */
export interface StudyAt {
  readonly study: Study
  readonly years: readonly StudyYear[]
}

/** What pages may ask of value for money. All answers are stored results of one state. */
export interface ValueReader {
  /** The studies of a service that found anything, by code. */
  of(state: State, service: string): Promise<readonly StudyAt[]>
}

interface Row {
  study: string
  period: string
  summary: YearSummary
  codes: string[]
  subjects: number[]
  column_values: number[]
  targets: (number | null)[]
  score: (number | null)[]
  lower95: (number | null)[]
  upper95: (number | null)[]
  constant: (number | null)[]
  returns: number[]
  efficient: number[]
  peer_counts: number[]
  peers: number[]
  weights: number[]
  caught_up: (number | null)[]
  best_moved: (number | null)[]
  outcome: (number | null)[]
  outcome_lower: (number | null)[]
  outcome_upper: (number | null)[]
  cost: (number | null)[]
}

export class ValueStore implements ValueReader {
  readonly #db: Database
  readonly #found = new Kept<number>(8)
  readonly #all = new Kept<readonly StudyAt[]>(2)

  constructor(db: Database) {
    this.#db = db
  }

  async of(state: State, service: string): Promise<readonly StudyAt[]> {
    const publication = await this.#foundIn(state)
    const all = await this.#all.get(String(publication), () => this.#read(publication))
    return all.filter(({ study }) => study.service === service)
  }

  /** The last publication that changed a study or what it found: most change neither. */
  #foundIn(state: State): Promise<number> {
    return this.#found.get(String(state.publication), async () => {
      const [row] = await this.#db.query<{ last: number | null }>(
        `select greatest((select max(publication) from value_study where publication <= $1),
           (select max(publication) from value_year where publication <= $1)) as last`,
        [state.publication],
      )
      return row?.last ?? 0
    })
  }

  async #read(publication: number): Promise<StudyAt[]> {
    const studies = await this.#db.query<{ code: string; definition: string }>(
      `select code, definition from (
         select distinct on (code) code, definition from value_study where publication <= $1
         order by code, publication desc) newest
       where definition is not null order by code`,
      [publication],
    )
    const rows = await this.#db.query<Row>(
      `select *, (select array_agg(s.code order by u.place)
          from unnest(subjects) with ordinality as u(id, place) join subject s on s.id = u.id) as codes
       from (select distinct on (study, period) * from value_year where publication <= $1
         order by study, period, publication desc) newest
       where cardinality(subjects) > 0 order by study, period`,
      [publication],
    )
    const byStudy = Map.groupBy(rows, (r) => r.study)
    return studies.flatMap(({ code, definition }) => {
      const years = byStudy.get(code) ?? []
      if (years.length === 0) return []
      return [{ study: studySchema.parse(JSON.parse(definition)), years: years.map(yearOf) }]
    })
  }
}

function yearOf(row: Row): StudyYear {
  const width = row.column_values.length / row.codes.length
  const codeOf = new Map(row.subjects.map((subject, at) => [subject, row.codes[at] as string]))
  const providers = new Map<string, ProviderValue>()
  let first = 0
  row.codes.forEach((code, at) => {
    const from = first
    first += row.peer_counts[at] as number
    const score = row.score[at] ?? null
    if (score === null) return
    const columns = (all: readonly (number | null)[]): number[] =>
      all.slice(at * width, (at + 1) * width).map((x) => x ?? Number.NaN)
    const [caughtUp, bestMoved] = [row.caught_up[at] ?? null, row.best_moved[at] ?? null]
    providers.set(code, {
      code,
      values: columns(row.column_values),
      targets: columns(row.targets),
      score,
      limits: limitsOf(row.lower95[at], row.upper95[at]),
      constant: row.constant[at] ?? score,
      returns: returnsToScale[row.returns[at] ?? 1] ?? 'constant',
      efficient: efficiencies[row.efficient[at] ?? 0] ?? 'no',
      peers: row.peers.slice(from, first).map((subject, i) => ({
        code: codeOf.get(subject) ?? '',
        weight: row.weights[from + i] as number,
      })),
      change: caughtUp === null || bestMoved === null ? null : { caughtUp, bestMoved },
      outcome: row.outcome[at] ?? null,
      outcomeLimits: limitsOf(row.outcome_lower[at], row.outcome_upper[at]),
      cost: row.cost[at] ?? null,
    })
  })
  return { ...row.summary, period: row.period, providers }
}

const limitsOf = (
  lower: number | null | undefined,
  upper: number | null | undefined,
): Limits | null =>
  typeof lower === 'number' && typeof upper === 'number' ? { lower95: lower, upper95: upper } : null
