import { z } from 'zod'
import type { Database, Queries } from '../database/database.ts'
import { appendAfter } from '../record/append-after.ts'
import { day, line, read, reasonText, Unsaid } from '../replies/said.ts'
import type { PublishedStories } from './release.ts'

/** How often the stories are counted and published by themselves. */
export const rhythms = ['day', 'month', 'never'] as const
export type Rhythm = (typeof rhythms)[number]

/** What the order of it is on the record. */
export const countingSubject = 'stories:counting'

/** What was ordered last. */
export interface CountingOrder {
  readonly every: Rhythm
  readonly role: string
  /** ISO day. */
  readonly on: string
}

const schema = z.strictObject({
  every: z.enum(rhythms, 'is missing: choose one of the three'),
  why: reasonText,
  role: line,
  on: day,
})

const rule =
  'The figures of stories are published by themselves, as often as a steward has ordered, through the same steps as all others.'

/** The order that stands; null where nobody has given one. */
export async function countingOrder(db: Pick<Queries, 'query'>): Promise<CountingOrder | null> {
  const [row] = await db.query<CountingOrder>(
    `select every, role, ordered_on::text as "on" from story_counting order by entry desc limit 1`,
  )
  return row ?? null
}

/**
 * Orders how often the stories are counted and published by themselves, on the record too.
 * @param seen the last entry about it that its author knew; null for any.
 * @param person the number of who orders it; null where that is nobody who signed in.
 * @throws Unsaid, Overtaken.
 */
export async function orderCounting(
  tx: Queries,
  request: unknown,
  seen: number | null = null,
  person: string | null = null,
): Promise<void> {
  const { every, why, role, on } = read(schema, request, { every: 'How often', why: 'The reason' })
  const act = {
    act: 'story-counting-ordered',
    role,
    subject: countingSubject,
    why: null,
    rule,
  } as const
  const more = { details: { every, on }, personal: { why }, person }
  const entry = await appendAfter(tx, { ...act, ...more }, seen)
  const before = await countingOrder(tx)
  if ((before?.every ?? 'never') === every) throw new Unsaid('every', 'It is so already.')
  await tx.query(
    'insert into story_counting (entry, every, role, ordered_on) values ($1, $2, $3, $4)',
    [entry, every, role, on],
  )
}

/** The day on which they were counted last by an order, with the publication that it came to; null before. */
export async function lastCounted(
  db: Pick<Queries, 'query'>,
): Promise<{ readonly on: string; readonly publication: number | null } | null> {
  const [row] = await db.query<{ on: string; publication: number | null }>(
    `select counted_on::text as "on", publication from story_counted order by counted_on desc limit 1`,
  )
  return row ?? null
}

/**
 * Whether the stories are to be counted on a day.
 * @param last the day on which they were counted last, ISO; null before.
 * @example isDue('month', '2026-04-30', '2026-05-01') // true
 */
export function isDue(every: Rhythm, last: string | null, today: string): boolean {
  if (every === 'never') return false
  const length = every === 'day' ? 10 : 7
  return last === null || last.slice(0, length) < today.slice(0, length)
}

/**
 * Counts and publishes the stories where that was ordered and is due. Done again on the same day it does
 * nothing; a process that died in between does it once more, and finds nothing new to publish.
 * @param work publishes them; see `publishStories`.
 * @returns null where it is not due.
 */
export async function countWhenDue(
  db: Database,
  today: string,
  work: (by: string) => Promise<PublishedStories>,
): Promise<PublishedStories | null> {
  const order = await countingOrder(db)
  const last = await lastCounted(db)
  if (!order || !isDue(order.every, last?.on ?? null, today)) return null
  const done = await work(`order of a ${order.role}`)
  await db.query(
    'insert into story_counted (counted_on, publication) values ($1, $2) on conflict do nothing',
    [today, done.publication],
  )
  return done
}
