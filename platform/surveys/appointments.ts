import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { day, line, read, reasonText, Unsaid } from '../replies/said.ts'
import { findSurvey, type Survey, stateOn } from './survey.ts'

const rule =
  'Whom a survey asks after an appointment is all who are seen, or a share of them by lot; nobody who has died, nobody who asked not to be, nobody who was asked within a stated time. Their answers are added to no others.'

/** How a survey asks those who were seen at its providers. */
export interface AfterAppointments {
  /** By email; or by a code, which the service itself puts into a letter. */
  readonly way: 'email' | 'letter'
  /** Of those who are seen, how many in a hundred are drawn. */
  readonly share: number
  /** For how many months nobody is asked twice. */
  readonly months: number
  /** What the draw goes by; public. */
  readonly seed: string
  readonly isStopped: boolean
}

const schema = z.strictObject({
  way: z.enum(['email', 'letter']),
  share: z.int().min(1).max(100),
  months: z.int().min(1).max(60),
  role: line,
  /** The day on which it begins. */
  on: day,
})

/** How a survey asks after appointments; null where it does not. */
export async function afterOf(
  db: Pick<Queries, 'query'>,
  survey: number,
): Promise<AfterAppointments | null> {
  const [row] = await db.query<AfterAppointments>(
    `select way, share, months, seed, stopped is not null as "isStopped"
     from survey_after where survey = $1`,
    [survey],
  )
  return row ?? null
}

/**
 * Has a survey ask people after their appointments, on the record too. It is said once for a survey: with another
 * share later, some would have had a smaller chance than others. The transaction is the caller's.
 * @param person the number of who says so; null where that is nobody who signed in.
 * @throws Unsaid where it was said before, or the survey has ended.
 */
export async function askAfter(
  tx: Queries,
  { id, title, service }: Pick<Survey, 'id' | 'title' | 'service'>,
  request: unknown,
  person: string | null = null,
): Promise<void> {
  const { way, share, months, role, on } = read(schema, request, {
    way: 'How they are asked',
    share: 'The share',
    months: 'The time',
  })
  const seed = randomBytes(16).toString('hex')
  const details = { survey: id, title, service, way, share, months, seed }
  const subject = `survey:${service}`
  // The record lets one act in at a time: what stands is read after it.
  const entry = await append(tx, [
    { act: 'survey-after-appointments', role, subject, why: null, rule, details, person },
  ])
  const survey = await findSurvey(tx, id)
  if (!survey || stateOn(survey, on) === 'ended') throw new Unsaid('', 'This survey has ended.')
  const made = await tx.query(
    `insert into survey_after (survey, way, share, months, seed, entry)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning survey`,
    [id, way, share, months, seed, entry],
  )
  if (made.length === 0) throw new Unsaid('', 'This survey asks after appointments already.')
}

/**
 * Has a survey ask nobody after an appointment any more, for good and with a reason, on the record too. The
 * transaction is the caller's.
 * @throws Unsaid where it does not ask.
 */
export async function stopAfter(
  tx: Queries,
  { id, title, service }: Pick<Survey, 'id' | 'title' | 'service'>,
  request: { readonly why: string; readonly role: string },
  person: string | null = null,
): Promise<void> {
  const { why, role } = read(z.strictObject({ why: reasonText, role: line }), request, {
    why: 'The reason',
  })
  const details = { survey: id, title, service }
  const act = { act: 'survey-after-stopped', role, subject: `survey:${service}` } as const
  const entry = await append(tx, [{ ...act, why: null, rule, details, personal: { why }, person }])
  const done = await tx.query(
    'update survey_after set stopped = $2 where survey = $1 and stopped is null returning survey',
    [id, entry],
  )
  if (done.length === 0) throw new Unsaid('', 'This survey does not ask after appointments.')
}

/**
 * Whether somebody is drawn in a survey, however often they are seen: HMAC-SHA-256 by the survey's seed of the keyed
 * hash of their address; its first 48 bits, as a fraction of one, lie below the share. The seed is public and the
 * hash is not, so that whoever reports appointments can neither foretell nor steer it.
 */
export const isDrawn = (
  { seed, share }: Pick<AfterAppointments, 'seed' | 'share'>,
  personHash: string,
): boolean => 100 * lotOf(seed, personHash) < share

/** The lot of somebody in a survey's draw, from 0 up to 1: whose lies below the share is drawn. */
export const lotOf = (seed: string, personHash: string): number =>
  createHmac('sha256', seed).update(personHash).digest().readUIntBE(0, 6) / 2 ** 48

/** What became of somebody who was reported: invited, or why not. */
export const outcomes = ['invited', 'not-drawn', 'asked-recently', 'do-not-ask', 'died'] as const
export type Outcome = (typeof outcomes)[number]

/** How many were reported of each provider of a survey, by what became of them. */
export const outcomesOf = (
  db: Pick<Queries, 'query'>,
  survey: number,
): Promise<{ provider: string; outcome: Outcome; n: number }[]> =>
  db.query<{ provider: string; outcome: Outcome; n: number }>(
    `select provider, outcome, n from survey_seen_count where survey = $1
     order by provider, array_position($2::text[], outcome)`,
    [survey, [...outcomes]],
  )

/** What share of the appointments that were reported led to an invitation, in a sentence; null before any was. */
export function invitedSentence(
  all: readonly { readonly outcome: Outcome; readonly n: number }[],
): string | null {
  const count = (of: typeof all): number => of.reduce((sum, o) => sum + o.n, 0)
  const [reported, asked] = [count(all), count(all.filter((o) => o.outcome === 'invited'))]
  if (reported === 0) return null
  const number = (n: number): string => n.toLocaleString('en-GB')
  return `Of ${number(reported)} appointments that were reported, ${number(asked)} led to an invitation: ${Math.round((100 * asked) / reported)}%.`
}

/** How a survey asks after appointments, in a sentence. */
export function afterSentence({ way, share, months, isStopped }: AfterAppointments): string {
  if (isStopped) return 'It asks nobody after an appointment any more.'
  const who = share === 100 ? 'Everybody is' : `Of a hundred people ${share}, by lot, are`
  const how = way === 'email' ? 'by email' : 'by a code in a letter of the service'
  const rest = `nobody twice within ${months} ${months === 1 ? 'month' : 'months'}`
  return `${who} asked ${how} after an appointment, ${rest}.`
}
