import { loadStoredSeries } from '../comparison/stored-series.ts'
import { type Indicator, kindApart } from '../evidence/indicator.ts'
import { periodSpan } from '../evidence/period.ts'
import { periodKinds } from '../evidence/period-kinds.ts'
import { knownDefinitions } from '../publishing/definitions.ts'
import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import { type JudgedSeries, judgeSeries, thresholdOf } from './judge.ts'
import { type Standard, wasAdopted } from './standard.ts'

/** Judgements: every provider against every standard that was in force, once, at publish. */
export const judgements: Dependent = {
  label: 'Judging',
  tables: ['standard', 'judgement'],
  async compute(publication) {
    const known = await knownDefinitions(publication, 'standard')
    const { standards } = publication.catalogue
    for (const standard of standards.values()) {
      publication.signal?.throwIfAborted()
      const text = JSON.stringify(standard)
      const changed = known.get(standard.code) !== text
      if (changed) await storeStandard(publication, standard.code, text)
      if (changed || publication.touched.has(standard.indicator)) {
        await storeJudgements(publication, standard.code, await judgeAll(publication, standard))
      }
    }
    for (const [code, text] of known) {
      if (text === null || standards.has(code)) continue
      await storeStandard(publication, code, null)
      await storeJudgements(publication, code, [])
    }
  },
}

/** One standard in all periods that it is held against. */
async function judgeAll(
  { db, number, catalogue, indicators, listings }: PublicationAtHand,
  standard: Standard,
): Promise<JudgedSeries[]> {
  const indicator = indicators.get(standard.indicator)
  if (!indicator || !wasAdopted(standard)) return []
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
  const within = series.filter(
    (s) => s.period >= standard.from && (standard.to === undefined || s.period <= standard.to),
  )
  return within.map((s) => {
    const lapsed = kind !== null && periodSpan(s.period, kind).from > standard.review
    return judgeSeries(standard, s, indicator as Indicator, { threshold, lapsed, isBound })
  })
}

async function storeStandard(
  { db, number }: PublicationAtHand,
  code: string,
  definition: string | null,
): Promise<void> {
  await db.query('insert into standard (code, publication, definition) values ($1, $2, $3)', [
    code,
    number,
    definition,
  ])
}

/** Stores what was found, and for each period that is judged no more a row that says so. */
async function storeJudgements(
  { db, number }: PublicationAtHand,
  code: string,
  found: readonly JudgedSeries[],
): Promise<void> {
  const before = await db.query<{ period: string }>(
    'select distinct period from judgement where standard = $1 and publication < $2',
    [code, number],
  )
  const gone = before.filter((b) => found.every((f) => f.period !== b.period))
  for (const f of [...found, ...gone.map(({ period }) => emptySeries(period))]) {
    await db.query(
      `insert into judgement (standard, period, publication, threshold, subjects, outcome, reason,
         below) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [code, f.period, number, f.threshold, f.subjects, f.outcome, f.reason, f.below],
    )
  }
}

const none = new Int32Array()
const emptySeries = (period: string): JudgedSeries => ({
  period,
  threshold: 0,
  subjects: none,
  outcome: none,
  reason: none,
  below: new Float64Array(),
})
