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

/** Letters that one statement takes. */
const atOnce = 500

/**
 * Posts letters, in the transaction of the act that they are about: they will be sent exactly if the act was
 * done. A job sends each.
 * @throws WrongLetter.
 */
export async function post(tx: Queries, ...letters: readonly Letter[]): Promise<void> {
  for (const letter of letters) check(letter)
  for (let from = 0; from < letters.length; from += atOnce) {
    await add(tx, letters.slice(from, from + atOnce))
  }
}

function check({ to, subject, headers = {} }: Letter): void {
  if (!oneAddress.test(to)) throw new WrongLetter('A letter goes to one address.')
  if ([subject, ...Object.entries(headers).flat()].some(hasLines)) {
    throw new WrongLetter('A letter’s subject and headers are one line each.')
  }
}

async function add(tx: Queries, letters: readonly Letter[]): Promise<void> {
  const rows = await tx.query<{ letter: string; isDigest: boolean }>(
    `insert into letter (address, subject, body, headers, useful_until, is_digest)
     select a, s, b, h::jsonb, now() + u * interval '1 second', d
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::boolean[])
       as l (a, s, b, h, u, d)
     returning id as letter, is_digest as "isDigest"`,
    [
      letters.map((l) => l.to),
      letters.map((l) => l.subject),
      letters.map((l) => l.body),
      letters.map((l) => JSON.stringify(l.headers ?? {})),
      letters.map((l) => l.useful ?? aDay),
      letters.map((l) => l.isDigest ?? false),
    ],
  )
  for (const kind of [sendLetter, sendDigest]) {
    const some = rows.filter((r) => r.isDigest === (kind === sendDigest))
    await enqueue(tx, kind, ...some.map(({ letter }) => ({ letter })))
  }
}
