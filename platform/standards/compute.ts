import { knownDefinitions } from '../publishing/definitions.ts'
import type { Dependent, PublicationAtHand } from '../publishing/dependents.ts'
import { dayBefore } from './changes.ts'
import type { JudgedSeries } from './judge.ts'
import { judgeStandard } from './judge-standard.ts'
import { partsOf, stateOf, storedStandardSchema } from './standard.ts'

/** Judgements: every provider against every standard that was in force, once, at publish. */
export const judgements: Dependent = {
  label: 'Judging',
  tables: ['standard', 'judgement'],
  async compute(publication) {
    const known = await knownDefinitions(publication, 'standard')
    const { standards } = publication.catalogue
    const today = new Date().toISOString().slice(0, 10)
    const before = await dayBefore(publication.db, publication.number)
    const anew = new Set<string>()
    for (const standard of standards.values()) {
      const text = JSON.stringify(standard)
      const said = known.get(standard.code) ?? null
      // A step whose day has come since changes what counts, though nothing was written.
      const turned = before !== null && stateOf(standard, before) !== stateOf(standard, today)
      if (said !== text || turned) await storeStandard(publication, standard.code, text)
      if (said !== text || turned || publication.touched.has(standard.indicator)) {
        for (const code of [standard.code, ...partsOf(standard), ...partsSaid(said)]) anew.add(code)
      }
    }
    for (const standard of standards.values()) {
      publication.signal?.throwIfAborted()
      const { code } = standard
      if (!anew.has(code) && !partsOf(standard).some((part) => anew.has(part))) continue
      await storeJudgements(publication, code, await judgeStandard(publication, standard, today))
    }
    for (const [code, text] of known) {
      if (text === null || standards.has(code)) continue
      await storeStandard(publication, code, null)
      await storeJudgements(publication, code, [])
    }
  },
}

/** The parts that a standard named until now: what they signal may change with it. */
const partsSaid = (text: string | null): readonly string[] => {
  const said = text === null ? null : storedStandardSchema.safeParse(JSON.parse(text)).data
  return said ? partsOf(said) : []
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
