import type { PublicationAtHand } from '../publishing/dependents.ts'
import { type Change, efficiencies, returnsToScale, type YearFound } from './analyse.ts'
import type { Taken } from './columns.ts'
import type { Outcomes } from './outcome.ts'

/** A study's year as it is found. */
export interface YearToStore {
  readonly period: string
  readonly periods: ReadonlyMap<string, string>
  readonly previous: string | null
  readonly taken: Taken
  readonly found: YearFound
  readonly change: ReadonlyMap<number, Change>
  readonly outcomes: Outcomes
}

/** What a stored year says beside its columns. */
export interface YearSummary {
  readonly refused: string | null
  readonly previous: string | null
  /** Providers drawn for each part. */
  readonly part: number
  readonly periods: Readonly<Record<string, string>>
  readonly leftOut: readonly { readonly why: string; readonly count: number }[]
}

export async function storeStudy(
  { db, number }: PublicationAtHand,
  code: string,
  definition: string | null,
): Promise<void> {
  await db.query('insert into value_study (code, publication, definition) values ($1, $2, $3)', [
    code,
    number,
    definition,
  ])
}

/** Stores what was found, and for each year that is found no more a row that says so. */
export async function storeYears(
  { db, number }: PublicationAtHand,
  study: string,
  years: readonly YearToStore[],
): Promise<void> {
  const before = await db.query<{ period: string }>(
    'select distinct period from value_year where study = $1 and publication < $2',
    [study, number],
  )
  const gone = before.filter((b) => years.every((y) => y.period !== b.period))
  const rows = [...years, ...gone.map(({ period }) => emptyYear(period))].map(rowOf)
  for (const row of rows) {
    await db.query(
      `insert into value_year (study, publication, period, summary, subjects, column_values, targets,
         score, lower95, upper95, constant, returns, efficient, peer_counts, peers, weights,
         caught_up, best_moved, outcome, outcome_lower, outcome_upper, cost)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
         $20, $21, $22)`,
      [study, number, ...row],
    )
  }
}

const emptyYear = (period: string): YearToStore => ({
  period,
  periods: new Map(),
  previous: null,
  taken: { subjects: [], columns: [], leftOut: new Map() },
  found: { refused: null, units: [], part: 0 },
  change: new Map(),
  outcomes: {
    value: new Float64Array(),
    lower95: new Float64Array(),
    upper95: new Float64Array(),
    cost: new Float64Array(),
  },
})

function rowOf({ period, periods, previous, taken, found, change, outcomes }: YearToStore) {
  const { subjects, columns } = taken
  const { units } = found
  const numbers = (of: (unit: NonNullable<YearFound['units'][number]>) => number): Float64Array =>
    Float64Array.from(subjects, (_, at) => {
      const unit = units[at]
      return unit ? of(unit) : Number.NaN
    })
  const peers = subjects.map((_, at) => units[at]?.peers ?? [])
  const summary: YearSummary = {
    refused: found.refused,
    previous,
    part: found.part,
    periods: Object.fromEntries(periods),
    leftOut: [...taken.leftOut].map(([why, count]) => ({ why, count })),
  }
  return [
    period,
    JSON.stringify(summary),
    Int32Array.from(subjects),
    Float64Array.from(subjects.flatMap((_, at) => columns.map((column) => column[at] as number))),
    Float64Array.from(
      subjects.flatMap((_, at) => units[at]?.targets ?? columns.map(() => Number.NaN)),
    ),
    numbers((u) => u.score),
    numbers((u) => u.limits?.lower95 ?? Number.NaN),
    numbers((u) => u.limits?.upper95 ?? Number.NaN),
    numbers((u) => u.constant),
    Int32Array.from(subjects, (_, at) => returnsToScale.indexOf(units[at]?.returns ?? 'constant')),
    Int32Array.from(subjects, (_, at) => efficiencies.indexOf(units[at]?.efficient ?? 'no')),
    Int32Array.from(peers, (p) => p.length),
    Int32Array.from(peers.flat(), (p) => subjects[p.unit] as number),
    Float64Array.from(peers.flat(), (p) => p.weight),
    Float64Array.from(subjects, (s) => change.get(s)?.caughtUp ?? Number.NaN),
    Float64Array.from(subjects, (s) => change.get(s)?.bestMoved ?? Number.NaN),
    outcomes.value,
    outcomes.lower95,
    outcomes.upper95,
    outcomes.cost,
  ]
}
