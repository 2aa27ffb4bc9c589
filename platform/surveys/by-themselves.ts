import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { append } from '../record/append.ts'
import { day, line, read, reasonText, Unsaid } from '../replies/said.ts'
import { findSurvey, type Survey, stateOn } from './survey.ts'

/** That a survey's results are published by themselves when it has ended, or no longer. */
export interface ResultsOrder {
  readonly isOn: boolean
  /** Whether figures that cannot be weighted are left out; else nothing is published where there are any. */
  readonly leaveOut: boolean
  readonly role: string
  /** ISO day. */
  readonly on: string
}

const schema = z.strictObject({
  isOn: z.boolean(),
  leaveOut: z.boolean(),
  why: reasonText,
  role: line,
  on: day,
})

const rule =
  'The results of a survey are published by themselves when it has ended, where that was ordered, through the same steps as all others.'

/** The order that stands for a survey; null where nobody has given one. */
export async function resultsOrder(
  db: Pick<Queries, 'query'>,
  survey: number,
): Promise<ResultsOrder | null> {
  const [row] = await db.query<ResultsOrder>(
    `select is_on as "isOn", leave_out as "leaveOut", role, ordered_on::text as "on"
     from survey_results_order where survey = $1 order by entry desc limit 1`,
    [survey],
  )
  return row ?? null
}

/**
 * Orders that a survey's results are published by themselves when it has ended, or no longer; on the record
 * too. The transaction is the caller's.
 * @param person the number of who orders it; null where that is nobody who signed in.
 * Where an order met a problem it can be given again, and is tried again.
 * @throws Unsaid where it is so already, or its results were published.
 */
export async function orderResults(
  tx: Queries,
  { id, title, service }: Pick<Survey, 'id' | 'title' | 'service'>,
  request: unknown,
  person: string | null = null,
): Promise<void> {
  const { isOn, leaveOut, why, role, on } = read(schema, request, { why: 'The reason' })
  const subject = `survey:${service}`
  const details = { survey: id, title, service, on: isOn, leaveOut: isOn && leaveOut }
  // The record lets one act in at a time: what stands is read after it.
  const entry = await append(tx, [
    {
      act: 'survey-results-ordered',
      role,
      subject,
      why: null,
      rule,
      details,
      personal: { why },
      person,
    },
  ])
  const done = await resultsDone(tx, id)
  if (done?.problem === null) throw new Unsaid('', 'It has been done already.')
  const failed = done !== null
  if (failed) await tx.query('delete from survey_results_done where survey = $1', [id])
  const before = failed ? null : await resultsOrder(tx, id)
  const isSame = isOn ? before?.isOn && before.leaveOut === leaveOut : !before?.isOn
  if (isSame) throw new Unsaid('', 'It is so already.')
  await tx.query(
    `insert into survey_results_order (entry, survey, is_on, leave_out, role, ordered_on)
     values ($1, $2, $3, $4, $5, $6)`,
    [entry, id, isOn, details.leaveOut, role, on],
  )
}

/** What became of an order: the day, and what was wrong, or null where its results were published. */
export interface ResultsDone {
  readonly on: string
  readonly problem: string | null
}

export async function resultsDone(
  db: Pick<Queries, 'query'>,
  survey: number,
): Promise<ResultsDone | null> {
  const [row] = await db.query<ResultsDone>(
    `select done_on::text as "on", problem from survey_results_done where survey = $1`,
    [survey],
  )
  return row ?? null
}

/** A survey that has ended and whose results are to be published. */
export interface DueSurvey {
  readonly survey: Survey
  readonly order: ResultsOrder
}

/** Surveys whose results are ordered and due on a day, those that ended first first. */
export async function dueSurveys(
  db: Pick<Queries, 'query'>,
  today: string,
): Promise<readonly DueSurvey[]> {
  const rows = await db.query<{ id: number }>(
    `select s.id from survey s
     where exists (select 1 from survey_results_order o where o.survey = s.id)
       and not exists (select 1 from survey_results_done d where d.survey = s.id)
     order by s.closes, s.id`,
  )
  const due: DueSurvey[] = []
  for (const { id } of rows) {
    const [survey, order] = [await findSurvey(db, id), await resultsOrder(db, id)]
    if (survey && order?.isOn && stateOn(survey, today) === 'ended') due.push({ survey, order })
  }
  return due
}

/**
 * Publishes what is due, each survey once: where one cannot be published, its page says why, and the others
 * are done. A process that died in between does a survey once more, and finds nothing new to publish.
 * @param publish publishes one; gives what was wrong as a sentence, or null.
 */
export async function publishDue(
  db: Pick<Queries, 'query'>,
  today: string,
  publish: (due: DueSurvey) => Promise<string | null>,
): Promise<readonly { readonly survey: Survey; readonly problem: string | null }[]> {
  const done: { survey: Survey; problem: string | null }[] = []
  for (const due of await dueSurveys(db, today)) {
    const problem = await publish(due)
    await db.query(
      `insert into survey_results_done (survey, done_on, problem) values ($1, $2, $3)
       on conflict do nothing`,
      [due.survey.id, today, problem],
    )
    done.push({ survey: due.survey, problem })
  }
  return done
}
