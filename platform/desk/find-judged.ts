import { loadStoredSeries } from '../comparison/stored-series.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import type { PublicationAtHand } from '../publishing/dependents.ts'
import { type Outcome, outcomes } from '../standards/judge.ts'
import { allParts, type Standard, type StandardKind, stateOf } from '../standards/standard.ts'
import { judgedFalseAlarms } from './false-alarms.ts'
import type { Found, SignalRule } from './signal.ts'

/** Which judgements are signals: floors that are missed, excellence that is reached; of other standards those that ask for it. */
const told: Partial<Record<StandardKind, { rule: SignalRule; outcome: Outcome }>> = {
  floor: { rule: 'below-floor', outcome: 'not met' },
  excellence: { rule: 'above-excellence', outcome: 'met' },
}
const denied = { rule: 'below-entitlement', outcome: 'not met' } as const

interface JudgedRow {
  readonly period: string
  readonly threshold: number
  readonly subjects: readonly number[]
  readonly outcome: readonly number[]
  readonly below: readonly (number | null)[]
}

/**
 * The standards whose judgements are signals: those that are in force on a day. One that is a part of
 * another signals nothing: missing it is not yet missing the whole.
 */
export function inForce(
  { standards }: Pick<Catalogue, 'standards'>,
  day: string,
): ReadonlyMap<string, Standard> {
  const parts = allParts(standards.values())
  return new Map(
    [...standards].filter(([code, s]) => stateOf(s, day) === 'adopted' && !parts.has(code)),
  )
}

/** The standards that were judged in this publication. */
export async function judgedStandards({ db, number }: PublicationAtHand): Promise<string[]> {
  const rows = await db.query<{ standard: string }>(
    'select distinct standard from judgement where publication = $1 order by standard',
    [number],
  )
  return rows.map((r) => r.standard)
}

/** Who misses a floor for certain, or reaches excellence, in the last period that is judged. */
export async function findJudged(
  publication: PublicationAtHand,
  standard: Standard,
): Promise<Found[]> {
  const asked = told[standard.kind] ?? (standard.onDesk ? denied : undefined)
  if (!asked) return []
  const { db, number, catalogue, listings } = publication
  const periods = await db.query<JudgedRow>(
    `select period, threshold, subjects, outcome, below from (
       select distinct on (period) * from judgement where standard = $2 and publication <= $1
       order by period, publication desc) newest
     where cardinality(subjects) > 0 order by period`,
    [number, standard.code],
  )
  const found = { rule: asked.rule, about: standard.code }
  const last = periods.at(-1)
  if (!last) return [{ ...found, signals: [], watched: 0, falseAlarms: 0 }]
  const wanted = outcomes.indexOf(asked.outcome)
  const inPeriod = periods.map((p) => new Set(p.subjects.filter((_, i) => p.outcome[i] === wanted)))
  const [series] = await loadStoredSeries(db, number, standard.indicator, {
    breakdown: standard.breakdown,
    period: last.period,
  })
  const placeOf = new Map(Array.from(series?.subjects ?? [], (subject, i) => [subject, i]))
  const numberAt = (column: Float64Array | undefined, subject: number): number | undefined => {
    const x = column?.[placeOf.get(subject) ?? -1]
    return x === undefined || Number.isNaN(x) ? undefined : x
  }
  const signals = last.subjects.flatMap((subject, i) => {
    if (last.outcome[i] !== wanted || listings.get(subject)?.body.closed === true) return []
    const below = last.below[i] ?? null
    const value = numberAt(series?.value, subject)
    const lower95 = numberAt(series?.lower95, subject)
    const upper95 = numberAt(series?.upper95, subject)
    const misses = below === null ? null : standard.side === 'at least' ? below : 1 - below
    const wrong = misses === null ? null : asked.outcome === 'met' ? misses : 1 - misses
    let since = periods.length - 1
    while (since > 0 && inPeriod[since - 1]?.has(subject)) since--
    return [
      {
        subject,
        period: periods[since]?.period ?? last.period,
        seen: {
          ...(value === undefined ? {} : { value }),
          ...(lower95 === undefined || upper95 === undefined ? {} : { lower95, upper95 }),
          ...(wrong === null ? {} : { wrong }),
          threshold: last.threshold,
          until: last.period,
        },
      },
    ]
  })
  const kind = periodKinds(catalogue.descriptors)(standard.indicator)
  const wrong = signals.flatMap((s) => ('wrong' in s.seen ? [s.seen.wrong as number] : []))
  return [
    {
      ...found,
      signals,
      watched: last.subjects.length,
      falseAlarms: judgedFalseAlarms(wrong, kind),
    },
  ]
}
