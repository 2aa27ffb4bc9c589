import type { Queries } from '../../platform/database/database.ts'
import type { Answers } from '../../platform/surveys/routing.ts'
import type { Survey } from '../../platform/surveys/survey.ts'

/** One person's answers, sent on a day. */
export interface Kept {
  readonly id: string
  readonly provider: string
  readonly invitation: string | null
  readonly day: string
  readonly answers: Answers
}

/** The question that is answered in one's own words. */
const ownWords = 'better'
/** Rows of one statement. */
const atOnce = 1000

/** Keeps answers as they lie when they were sent, many at once: by the pages it would take minutes. */
export async function keepAnswers(
  tx: Queries,
  survey: Survey,
  all: readonly Kept[],
): Promise<void> {
  for (let at = 0; at < all.length; at += atOnce) {
    const some = all.slice(at, at + atOnce)
    await tx.query(
      `insert into survey_response
         (id, survey, provider, invitation, way, language, begun_at, saved_at, submitted_at, answers)
       select id, $1, p, i, case when i is null then 'poster' else (select way from survey_invitation where id = i) end, 'en',
         sent - interval '4 minutes', sent, sent, a::jsonb
       from (select id, p, i, a, d::date + interval '12 hours' as sent
         from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[]) as r (id, p, i, d, a)) s`,
      [
        survey.id,
        some.map((k) => k.id),
        some.map((k) => k.provider),
        some.map((k) => k.invitation),
        some.map((k) => k.day),
        some.map(({ answers: { [ownWords]: _, ...chosen } }) => JSON.stringify(chosen)),
      ],
    )
    const texts = some.filter((k) => typeof k.answers[ownWords] === 'string')
    await tx.query(
      `insert into survey_text (response, question, text, sent_at)
       select r, $1, t, d::date + interval '12 hours'
       from unnest($2::uuid[], $3::text[], $4::text[]) as w (r, t, d)`,
      [
        ownWords,
        texts.map((k) => k.id),
        texts.map((k) => String(k.answers[ownWords])),
        texts.map((k) => k.day),
      ],
    )
  }
}
