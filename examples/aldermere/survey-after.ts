import { createHash } from 'node:crypto'
import type { Queries } from '../../platform/database/database.ts'
import { askAfter } from '../../platform/surveys/appointments.ts'
import type { Survey } from '../../platform/surveys/survey.ts'
import { seed } from './about.ts'
import { Random } from './random.ts'

/** The practice whose booking system reports who was seen. */
export const reportsSeen = 'ALDG06'

/** Of a hundred who were seen, how many are drawn. */
const share = 50
/** How many are invited on a day, and how many of them answer. */
const [daily, answering] = [2.4, 0.4]

/** An invitation after an appointment that was answered, with the day, counted from today. */
export interface AnsweredAfter {
  readonly invitation: string
  readonly on: number
}

/**
 * Has a survey ask people after their appointments at one practice.
 * @param days its first and last day, counted from today; nobody was seen after yesterday.
 * @returns the invitations that are answered.
 */
export async function askSeen(
  tx: Queries,
  survey: Survey,
  days: { readonly opens: number; readonly closes: number },
  dayAt: (days: number) => string,
): Promise<readonly AnsweredAfter[]> {
  const how = { way: 'email', share, months: 6, role: 'steward', on: survey.opens }
  await askAfter(tx, survey, how)
  const random = new Random(seed, `survey ${survey.title}/after`)
  const invited: number[] = []
  for (let on = days.opens; on <= Math.min(days.closes, -1); on++) {
    for (let n = random.poisson(daily); n > 0; n--) invited.push(on)
  }
  const rows = await tx.query<{ id: string; hash: string }>(
    `insert into survey_invitation (survey, provider, code_hash, way, made_at)
     select $1, $2, h, 'appointment', d::date from unnest($3::text[], $4::text[]) as i (h, d)
     returning id, code_hash as hash`,
    [survey.id, reportsSeen, invited.map((_, i) => hashOf(survey, i)), invited.map(dayAt)],
  )
  await keepOutcomes(tx, survey, invited.length)
  const ids = new Map(rows.map((r) => [r.hash, r.id]))
  return invited.flatMap((on, i) => {
    const invitation = ids.get(hashOf(survey, i))
    return invitation && random.binomial(1, answering) === 1 ? [{ invitation, on }] : []
  })
}

const hashOf = ({ title }: Survey, n: number): string =>
  createHash('sha256').update(`${seed}/survey after/${title}/${n}`).digest('hex')

/** What became of all who were seen: as many as were drawn were not. */
const keepOutcomes = (tx: Queries, { id }: Survey, invited: number): Promise<unknown> =>
  tx.query(
    `insert into survey_seen_count (survey, provider, outcome, n)
     select $1, $2, o, n from unnest($3::text[], $4::int[]) as c (o, n) where n > 0`,
    [
      ...[id, reportsSeen, ['invited', 'not-drawn', 'asked-recently', 'do-not-ask']],
      [invited, invited, Math.round(invited / 5), Math.round(invited / 50)],
    ],
  )
