import type { Queries } from '../database/database.ts'
import { isCrisis } from '../stories/notice.ts'
import { apart, type Sent, type Way } from './answering.ts'
import type { Instrument } from './instrument.ts'
import type { Language } from './question.ts'
import { type Answers, counted, missing } from './routing.ts'

/**
 * Puts answers that were sent where a test needs them, in one statement; once for each number.
 */
export async function takeAll(
  db: Pick<Queries, 'query'>,
  instrument: Instrument,
  sent: {
    readonly id: string
    readonly survey: number
    readonly provider: string
    readonly way: Way
    readonly language: Language
    readonly answers: Answers
  },
): Promise<Sent> {
  const left = missing(instrument, sent.answers)
  if (left.length > 0) return left
  const { chosen, texts } = apart(instrument, counted(instrument, sent.answers))
  const done = await db.query(
    `with taken as (
       insert into survey_response (id, survey, provider, way, language, answers, submitted_at)
       values ($1, $2, $3, $4, $5, $6::jsonb, now()) on conflict do nothing returning id),
     said as (
       insert into survey_text (response, question, text, crisis)
       select id, q, t, c from taken, unnest($7::text[], $8::text[], $9::boolean[]) as w (q, t, c))
     select id from taken`,
    [
      ...[sent.id, sent.survey, sent.provider, sent.way, sent.language, JSON.stringify(chosen)],
      ...[texts.map(([code]) => code), texts.map(([, text]) => text)],
      texts.map(([, text]) => isCrisis(text)),
    ],
  )
  return done.length > 0 ? 'sent' : 'sent-before'
}
