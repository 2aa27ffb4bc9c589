import type { Database } from '../../platform/database/database.ts'
import { type AnswerRequest, giveAnswer } from '../../platform/desk/answer.ts'

/** What the second hospital said of its sudden change: a plan, whose effect can be seen by now. */
export const plan: AnswerRequest = {
  signal: 'sudden-worsening:ALDH02:ald-hospital-four-hours:2023-05',
  kind: 'plan',
  text: 'Open a second assessment area and have a senior doctor at the front door every evening.',
  role: 'chief operating officer',
  givenOn: '2024-04-01',
  byWhen: '2024-12-31',
}

/** Records the example area's answers, once; without the signal there is nothing to answer. */
export async function answerSignals(db: Database): Promise<void> {
  const known = await db.query('select 1 from signal_answer where signal = $1', [plan.signal])
  if (known.length === 0) await giveAnswer(db, plan)
}
