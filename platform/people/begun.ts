import { z } from 'zod'
import type { Queries } from '../database/database.ts'
import { proofSeconds } from './proof.ts'
import { keyed } from './secret.ts'

/** What is begun on one page and finished on another, by the same browser. */
export type Beginning = 'openid' | 'passkey' | 'new-passkey'

export interface BegunPlace {
  readonly db: Queries
  readonly secret: string
}

const identifier = (secret: string, what: Beginning, key: string): string =>
  `begun:${what}:${keyed(secret, 'begun', key)}`

const browserOf = (secret: string, browser: string): string => keyed(secret, 'browser', browser)

/**
 * Remembers for a quarter of an hour what a browser has begun.
 * @param key a random text that comes back with the finish; only its keyed hash is stored.
 * @param holds what the finish needs to know.
 */
export async function begin(
  { db, secret }: BegunPlace,
  what: Beginning,
  key: string,
  {
    browser,
    holds,
  }: { readonly browser: string; readonly holds: Readonly<Record<string, string>> },
): Promise<void> {
  await db.query(
    `insert into sign_in_proof (identifier, value, expires_at, created_at, updated_at)
     values ($1, $2, now() + $3 * interval '1 second', now(), now())`,
    [
      identifier(secret, what, key),
      JSON.stringify({ browser: browserOf(secret, browser), holds }),
      proofSeconds,
    ],
  )
}

const stored = z.object({ holds: z.record(z.string(), z.string()) })

/**
 * Finishes it, once: of two who come at the same time one alone is given what was held.
 * @returns null where this browser has not begun it, or too long ago, or has finished it.
 */
export async function finish(
  { db, secret }: BegunPlace,
  what: Beginning,
  key: string,
  browser: string,
): Promise<Readonly<Record<string, string>> | null> {
  const [row] = await db.query<{ value: string }>(
    `delete from sign_in_proof where identifier = $1 and expires_at > now()
     and value::json ->> 'browser' = $2 returning value`,
    [identifier(secret, what, key), browserOf(secret, browser)],
  )
  return row ? stored.parse(JSON.parse(row.value)).holds : null
}
