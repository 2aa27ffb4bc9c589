import type { Queries } from '../database/database.ts'
import { questionsOf } from './instrument.ts'
import { type Part, satisfiedFrom } from './question.ts'
import type { Survey } from './survey.ts'
import type { StratumCount } from './weighted.ts'
import { type Answerers, answerers, whoAnswered } from './who.ts'

/** How many of those who answered a question of one provider gave one of the two best answers. */
export interface Counted {
  readonly provider: string
  readonly who: Answerers
  readonly part: Part
  readonly satisfied: number
  readonly answered: number
  /** By part of the sample. */
  readonly strata: readonly StratumCount[]
}

interface Row {
  readonly provider: string
  readonly who: Answerers
  readonly stratum: string
  readonly question: string
  readonly answer: string
  readonly n: number
}

/** Counts the answers that were sent, by provider, by who answered, and by part. */
export async function countAnswers(
  db: Pick<Queries, 'query'>,
  { id, instrument }: Pick<Survey, 'id' | 'instrument'>,
): Promise<Counted[]> {
  const questions = new Map(
    questionsOf(instrument).flatMap((q) => (q.part ? [[q.code, { ...q, part: q.part }]] : [])),
  )
  const rows = await db.query<Row>(
    `select r.provider, ${whoAnswered} as who, coalesce(i.stratum, '') as stratum,
       a.key as question, a.value as answer, count(*)::int as n
     from survey_response r left join survey_invitation i on i.id = r.invitation,
       jsonb_each_text(r.answers) a
     where r.survey = $1 and r.submitted_at is not null and a.key = any($2::text[])
     group by 1, 2, 3, 4, 5 order by 1, array_position($3::text[], ${whoAnswered}), 4, 3`,
    [id, [...questions.keys()], [...answerers]],
  )
  const scoreOf = ({ question, answer }: Row): number | undefined =>
    questions.get(question)?.options.find((o) => o.code === answer)?.score
  const scored = rows.filter((r) => scoreOf(r) !== undefined)
  const sumOf = (some: readonly Row[]) => ({
    satisfied: some.reduce((n, r) => n + ((scoreOf(r) ?? 0) >= satisfiedFrom ? r.n : 0), 0),
    answered: some.reduce((n, r) => n + r.n, 0),
  })
  const groups = Map.groupBy(scored, (r) => JSON.stringify([r.provider, r.who, r.question]))
  return [...groups.values()].flatMap((some) => {
    const [first] = some
    const part = first && questions.get(first.question)?.part
    if (!first || !part) return []
    const strata = [...Map.groupBy(some, (r) => r.stratum)].map(([stratum, own]) => ({
      stratum,
      ...sumOf(own),
    }))
    return [{ provider: first.provider, who: first.who, part, ...sumOf(some), strata }]
  })
}
