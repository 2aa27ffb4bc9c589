import { randomUUID } from 'node:crypto'
import type { Database, Queries } from '../database/database.ts'
import { isCrisis } from '../stories/notice.ts'
import { type Instrument, questionsOf } from './instrument.ts'
import type { Language, Question } from './question.ts'
import { type Answers, counted, missing } from './routing.ts'

/** How somebody came to a survey. */
export const openWays = ['link', 'poster', 'kiosk'] as const
export const chosenWays = ['letter', 'email', 'appointment'] as const
export type Way = (typeof openWays)[number] | (typeof chosenWays)[number]

/** Where somebody is with their answers. */
export interface Draft {
  readonly id: string
  readonly survey: number
  readonly provider: string
  readonly language: Language
  readonly way: Way
  readonly answers: Answers
  readonly savedAt: string
  readonly submittedAt: string | null
}

type Reads = Pick<Queries, 'query'>

/** An invitation that somebody holds the code of. */
export interface Invitation {
  readonly id: string
  readonly survey: number
  readonly provider: string
  readonly way: Way
}

export async function invitationAt(db: Reads, hash: string): Promise<Invitation | null> {
  const [row] = await db.query<Invitation>(
    'select id, survey, provider, way from survey_invitation where code_hash = $1',
    [hash],
  )
  return row ?? null
}

/**
 * Begins answers, or leaves those as they are that began by the same form or the same invitation.
 * @param hash of the code to come back by.
 */
export async function begin(
  db: Reads,
  begun: {
    /** The form's number; for an invitation any. */
    readonly id?: string
    readonly survey: number
    readonly provider: string
    readonly invitation: string | null
    readonly way: Way
    readonly language: Language
    readonly hash: string
  },
): Promise<void> {
  const { id = randomUUID(), survey, provider, invitation, way, language, hash } = begun
  await db.query(
    `insert into survey_response (id, survey, provider, invitation, way, language, return_hash)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [id, survey, provider, invitation, way, language, hash],
  )
}

/** The answers that somebody comes back to; null where no such code is known. */
export async function draftAt(db: Reads, hash: string): Promise<Draft | null> {
  const [row] = await db.query<Draft>(
    `select id, survey, provider, language, way, answers, saved_at as "savedAt",
       submitted_at as "submittedAt" from survey_response where return_hash = $1`,
    [hash],
  )
  return row ?? null
}

/**
 * Keeps the answers of one page. They are on the disk when this comes back.
 * @param empty the codes of questions that were left empty: what they held before goes.
 * @returns false where the answers were sent already.
 */
export async function savePage(
  db: Reads,
  hash: string,
  page: {
    readonly answers: Answers
    readonly empty: readonly string[]
    readonly language: Language
  },
): Promise<boolean> {
  const done = await db.query(
    `update survey_response set answers = (answers - $2::text[]) || $3::jsonb, language = $4,
       saved_at = now() where return_hash = $1 and submitted_at is null returning id`,
    [hash, page.empty, JSON.stringify(page.answers), page.language],
  )
  return done.length > 0
}

/** Answers in the reader's own words, apart from those that are counted. */
export function apart(instrument: Instrument, answers: Answers) {
  const isText = new Set(
    questionsOf(instrument).flatMap((q) => (q.type === 'text' ? [q.code] : [])),
  )
  const all = Object.entries(answers)
  return {
    chosen: Object.fromEntries(all.filter(([code]) => !isText.has(code))),
    texts: all.flatMap(([code, text]): [string, string][] =>
      isText.has(code) && typeof text === 'string' ? [[code, text]] : [],
    ),
  }
}

/**
 * Whether what somebody has written in their own words may speak of a crisis: they are then shown who can be called.
 */
export async function speaksOfCrisis(
  db: Reads,
  { id, answers, submittedAt }: Draft,
  instrument: Instrument,
): Promise<boolean> {
  if (submittedAt === null) {
    return apart(instrument, answers).texts.some(([, text]) => isCrisis(text))
  }
  const rows = await db.query('select 1 from survey_text where response = $1 and crisis limit 1', [
    id,
  ])
  return rows.length > 0
}

/** What came of sending: done now, done before, too late, or questions that must be answered first. */
export type Sent = 'sent' | 'sent-before' | 'ended' | readonly Question[]

/**
 * Sends answers, once: those of questions that were asked are kept, and what was written in one's own words
 * lies apart. Sent again it is the same.
 * @param tell is called in the same transaction where they may speak of a crisis.
 */
export async function submit(
  db: Database,
  hash: string,
  instrument: Instrument,
  tell: (tx: Queries) => Promise<void> = async () => {},
): Promise<Sent> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<{
      id: string
      answers: Answers
      submitted: boolean
      ended: boolean
    }>(
      `select r.id, r.answers, r.submitted_at is not null as submitted,
         s.ended_at is not null as ended
       from survey_response r join survey s on s.id = r.survey
       where r.return_hash = $1 for update of r`,
      [hash],
    )
    if (!row || row.submitted) return 'sent-before'
    // Its answers may be counted already: what is counted once is never counted with more.
    if (row.ended) return 'ended'
    const left = missing(instrument, row.answers)
    if (left.length > 0) return left
    const { chosen, texts } = apart(instrument, counted(instrument, row.answers))
    await tx.query(
      'update survey_response set answers = $2::jsonb, submitted_at = now(), saved_at = now() where id = $1',
      [row.id, JSON.stringify(chosen)],
    )
    if (texts.length > 0) await addTexts(tx, row.id, texts)
    if (texts.some(([, text]) => isCrisis(text))) await tell(tx)
    return 'sent'
  })
}

const addTexts = (
  tx: Reads,
  response: string,
  texts: readonly (readonly [string, string])[],
): Promise<unknown> =>
  tx.query(
    `insert into survey_text (response, question, text, crisis)
     select $1, * from unnest($2::text[], $3::text[], $4::boolean[])`,
    [
      ...[response, texts.map(([code]) => code), texts.map(([, text]) => text)],
      texts.map(([, text]) => isCrisis(text)),
    ],
  )
