import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { keyed } from '../../people/secret.ts'
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

/** Makes cursors, and takes back those alone that it made. */
export interface Cursors {
  write(cursor: Cursor): string
  /** @throws Refused where it is no cursor of ours, or one of another question. */
  read(sent: string, question: string): Cursor
}

const encoded = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/**
 * Cursors under a secret: each ends in a keyed hash of what it says, so that one which somebody wrote or
 * changed is refused, and never answered with rows that no list led to.
 */
export function cursorsBy(secret: string): Cursors {
  const sign = (said: string): string => keyed(secret, 'cursors of the API', said).slice(0, 22)
  return {
    write(cursor) {
      const said = encoded(cursor)
      return `${said}.${sign(said)}`
    },
    read(sent, question) {
      const [said = '', signature = '', ...more] = sent.split('.')
      const isOurs = more.length === 0 && isSame(signature, sign(said))
      if (!isOurs) {
        throw refused(
          sent,
          'This is no cursor. Take the one that the answer before gives in `links.next`.',
        )
      }
      const found = cursorSchema.parse(JSON.parse(Buffer.from(said, 'base64url').toString('utf8')))
      if (found.question !== question) {
        throw refused(
          sent,
          'This cursor is of another question: leave the filters and the sort as they were.',
        )
      }
      return { ...found, at: found.at ?? null }
    },
  }
}

const refused = (sent: string, detail: string): Refused =>
  new Refused('stale-cursor', 400, detail, { parameter: 'cursor', sent: sent.slice(0, 200) })

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}
