import { createHash } from 'node:crypto'
import { z } from 'zod'
import { query } from '../query.ts'
import { Refused } from './problem.ts'

/**
 * Where a list goes on: in which state (lists of a state never change, so a place in one lasts while
 * releases are published), at which place, and of which question.
 */
const cursorSchema = z.strictObject({
  /** When the state was published, as `as-of` takes it; null while nothing is. */
  at: query.shape['as-of'].nullable(),
  chunk: z.int().min(0),
  place: z.int().min(0),
  empty: z.int().min(0).nullable(),
  question: z.string().length(12),
})
export interface Cursor extends z.infer<typeof cursorSchema> {
  readonly at: string | null
}

/** Which part of an answer comes next: lists over several series take them one after another. */
export interface Place {
  readonly chunk: number
  readonly place: number
  /** How many rows the filters have gone through without leaving one; null once there was one. */
  readonly empty: number | null
}
export const start: Place = { chunk: 0, place: 0, empty: 0 }

/** A short name of what is asked, without where it goes on and how much at a time. */
export function questionOf(path: string, asked: Readonly<Record<string, unknown>>): string {
  const { cursor: _, limit: __, 'as-of': ___, fields: ____, ...rest } = asked
  const sorted = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([path, sorted]))
    .digest('hex')
    .slice(0, 12)
}

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** @throws Refused where it is no cursor of ours, or one of another question. */
export function readCursor(sent: string, question: string): Cursor {
  const refused = (detail: string) =>
    new Refused('stale-cursor', 400, detail, { parameter: 'cursor', sent: sent.slice(0, 200) })
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(sent, 'base64url').toString('utf8'))
  } catch {
    throw refused('This is no cursor. Take the one that the answer before gives in `links.next`.')
  }
  const found = cursorSchema.safeParse(parsed)
  if (!found.success || found.data.at === undefined) {
    throw refused('This is no cursor. Take the one that the answer before gives in `links.next`.')
  }
  if (found.data.question !== question) {
    throw refused(
      'This cursor is of another question: leave the filters and the sort as they were.',
    )
  }
  return { ...found.data, at: found.data.at }
}
