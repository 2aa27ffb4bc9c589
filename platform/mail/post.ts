import type { Queries } from '../database/database.ts'
import { enqueue } from '../jobs/kind.ts'
import { sendDigest, sendLetter } from './kinds.ts'

/** A letter as plain text; a link stands in it as an address on a line of its own. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly body: string
  /** Further headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>
  /** For how long it is of use, in seconds; after that it is not sent. A day unless said. */
  readonly useful?: number
  /** One of many that are sent together, which nobody waits for. */
  readonly isDigest?: boolean
}

const aDay = 86_400

/** A letter whose address or heading would be read as more than one. */
export class WrongLetter extends Error {
  override name = 'WrongLetter'
}

/** One address, without what would make it two. */
const oneAddress = /^[^\s,;:<>"()]+@[^\s,;:<>"()@]+$/

const hasLines = (text: string): boolean => /[\r\n\0]/.test(text)

/**
 * Posts a letter, in the transaction of the act that it is about: it will be sent exactly if the act was
 * done. A job sends it.
 * @throws WrongLetter.
 */
export async function post(tx: Queries, letter: Letter): Promise<void> {
  const heads = Object.entries(letter.headers ?? {}).flat()
  if (!oneAddress.test(letter.to)) throw new WrongLetter('A letter goes to one address.')
  if ([letter.subject, ...heads].some(hasLines)) {
    throw new WrongLetter('A letter’s subject and headers are one line each.')
  }
  const [stored] = await tx.query<{ letter: string }>(
    `insert into letter (address, subject, body, headers, useful_until, is_digest)
     values ($1, $2, $3, $4::jsonb, now() + $5 * interval '1 second', $6) returning id as letter`,
    [
      letter.to,
      letter.subject,
      letter.body,
      JSON.stringify(letter.headers ?? {}),
      letter.useful ?? aDay,
      letter.isDigest ?? false,
    ],
  )
  if (stored) await enqueue(tx, letter.isDigest ? sendDigest : sendLetter, stored)
}
