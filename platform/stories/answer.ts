import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { day, line, read, reasonText, replyText } from '../replies/said.ts'
import { actOn } from './act.ts'
import { standingNow } from './moderate.ts'
import type { Standing } from './standing.ts'

/** Whoever leads the service that a story is about. */
export interface Lead {
  /** "head teacher" */
  readonly role: string
  readonly providerName: string
  /** Their number, kept beside the record for them alone; left out for nobody who signed in. */
  readonly person?: string | null
}

const whoOf = ({ role, providerName, person = null }: Lead) => ({
  role: `${line.parse(role)} of ${providerName}`,
  person,
})

const plainSchema = z.strictObject({ text: replyText, on: day })
const promiseSchema = z
  .strictObject({ text: replyText, change: reasonText, changeBy: day, on: day })
  .refine((r) => r.changeBy >= r.on, {
    message: 'lies in the past. A change that was made already is told after it is promised',
    path: ['changeBy'],
  })
const madeSchema = z.strictObject({ text: reasonText, on: day })
const droppedSchema = z.strictObject({ why: reasonText, on: day })

const called = {
  text: 'The reply',
  change: 'What will change',
  changeBy: 'The day by which it will have changed',
  why: 'The reason',
}

/**
 * Replies in public to a story, or replies anew. A reply that says that something will change says what and
 * by when; a moderator reads that before it counts.
 * @param request `change` and `changeBy` only where it says so.
 * @throws Unsaid, Overtaken.
 */
export async function replyToStory(
  tx: Queries,
  id: number,
  request: { readonly change?: string } & Record<string, unknown>,
  by: Lead,
  seen: number | null = null,
): Promise<Standing> {
  const given: { text: string; on: string; change?: string; changeBy?: string } =
    request.change === undefined
      ? read(plainSchema, request, called)
      : read(promiseSchema, request, called)
  const { story } = await standingNow(tx, id)
  // What it says will change comes on the record when a moderator has read it.
  const act = { ...given, act: 'replied', ...whoOf(by), personal: { why: given.text } } as const
  return (await actOn(tx, story, act, seen)).standing
}

/** Says that a change is made, and how it can be seen. @throws Unsaid, Overtaken. */
export async function changeMade(
  tx: Queries,
  id: number,
  request: unknown,
  by: Lead,
  seen: number | null = null,
): Promise<Standing> {
  const { text, on } = read(madeSchema, request, { text: 'What was changed' })
  const { story } = await standingNow(tx, id)
  const act = { act: 'change-made', ...whoOf(by), on, text, personal: { why: text } } as const
  return (await actOn(tx, story, act, seen)).standing
}

/** Drops a change that was promised, with a reason. @throws Unsaid, Overtaken. */
export async function dropChange(
  tx: Queries,
  id: number,
  request: unknown,
  by: Lead,
  seen: number | null = null,
): Promise<Standing> {
  const { why, on } = read(droppedSchema, request, called)
  const { story } = await standingNow(tx, id)
  const said = { text: why, personal: { why } }
  const act = { act: 'change-dropped', ...whoOf(by), on, ...said } as const
  return (await actOn(tx, story, act, seen)).standing
}
