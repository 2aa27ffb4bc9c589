import { loadStoredSeries, type StoredSeries } from '../comparison/stored-series.ts'
import { kindApart } from '../evidence/indicator.ts'
import { periodSpan } from '../evidence/period.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import type { PublicationAtHand } from '../publishing/dependents.ts'
import { combine } from './combine.ts'
import {
  type JudgedSeries,
  type Judgement,
  judgeSeries,
  outcomes,
  reasons,
  thresholdOf,
} from './judge.ts'
import { endOf, partsOf, type Standard, wasAdopted } from './standard.ts'

/** What judging rests on: figures as one publication has them, and who is listed in it. */
export type Judgeable = Pick<
  PublicationAtHand,
  'db' | 'number' | 'catalogue' | 'indicators' | 'listings'
>

/**
 * Holds everyone whom a standard binds against it, in each period in which it was in force; its parts
 * are judged with it. Nothing where it was not adopted by `today`.
 */
export async function judgeStandard(
  figures: Judgeable,
  standard: Standard,
  today: string,
): Promise<JudgedSeries[]> {
  const own = await judgeAlone(figures, standard, today)
  if (!standard.alternatives || own.length === 0) return own
  const parts = new Map<string, PartJudgements>()
  for (const code of partsOf(standard)) {
    const part = figures.catalogue.standards.get(code)
    parts.set(code, byPeriod(part ? await judgeAlone(figures, part, today) : []))
  }
  return own.map((series) => {
    const found = Array.from(series.subjects, (subject, at) =>
      combine(
        judgementAt(series, at),
        (standard.alternatives ?? []).map((list) =>
          list.map((code) => parts.get(code)?.get(series.period)?.get(subject) ?? null),
        ),
      ),
    )
    return {
      ...series,
      outcome: Int32Array.from(found, (j) => outcomes.indexOf(j.outcome)),
      reason: Int32Array.from(found, (j) => reasons.indexOf(j.reason)),
      below: Float64Array.from(found, (j) => j.below ?? Number.NaN),
    }
  })
}

/** By period, then by subject. */
type PartJudgements = ReadonlyMap<string, ReadonlyMap<number, Judgement>>

const byPeriod = (all: readonly JudgedSeries[]): PartJudgements =>
  new Map(
    all.map((series) => [
      series.period,
      new Map(Array.from(series.subjects, (subject, at) => [subject, judgementAt(series, at)])),
    ]),
  )

function judgementAt(series: JudgedSeries, at: number): Judgement {
  const below = series.below[at] as number
  return {
    outcome: outcomes[series.outcome[at] as number] ?? 'not judged',
    reason: reasons[series.reason[at] as number] ?? '',
    below: Number.isNaN(below) ? null : below,
  }
}

/** By its own threshold alone. */
async function judgeAlone(
  { db, number, catalogue, indicators, listings }: Judgeable,
  standard: Standard,
  today: string,
): Promise<JudgedSeries[]> {
  const indicator = indicators.get(standard.indicator)
  if (!indicator || !wasAdopted(standard, today)) return []
  const { breakdown } = standard
  const series = await loadStoredSeries(db, number, standard.indicator, { breakdown })
  const service = catalogue.services.find((s) => s.code === standard.service)
  const isBound = (subject: number): boolean => {
    const listing = listings.get(subject)
    if (standard.of === 'places') return listing?.kind === 'place'
    // A kind that is held apart (special schools) is not bound by what is set for the usual kind.
    return listing?.service === standard.service && !kindApart(service, listing.body.facts)
  }
  const threshold = thresholdOf(standard, series, isBound)
  if (threshold === null) return []
  const kind = periodKinds(catalogue.descriptors)(standard.indicator)
  const firstDayOf = (period: string) => (kind === null ? null : periodSpan(period, kind).from)
  return series.flatMap((s: StoredSeries) => {
    const from = firstDayOf(s.period)
    if (!isHeldAgainst(standard, s.period, from)) return []
    const lapsed = from !== null && from > standard.review
    return [judgeSeries(standard, s, indicator, { threshold, lapsed, isBound })]
  })
}

/** Whether a period lies within those of a standard and began before it was superseded or withdrawn. */
function isHeldAgainst(standard: Standard, period: string, firstDay: string | null): boolean {
  const end = endOf(standard)
  return (
    period >= standard.from &&
    (standard.to === undefined || period <= standard.to) &&
    (end === null || firstDay === null || firstDay < end)
  )
}
