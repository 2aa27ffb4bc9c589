import { randomUUID } from 'node:crypto'
import type { Database } from '../database/database.ts'
import { type PushResult, pushResult } from './result.ts'

/** Which push is meant: the key is the sender's own name for it. */
export interface PushKey {
  readonly token: number
  readonly dryRun: boolean
  readonly key: string
  /** SHA-256 of the bytes and of what is asked of them: another one is another push. */
  readonly fingerprint: Uint8Array
}

/** What a key stands for now. */
export type Claim =
  | { readonly kind: 'mine'; readonly id: string }
  | { readonly kind: 'under-way'; readonly id: string }
  | { readonly kind: 'done'; readonly result: PushResult }
  | { readonly kind: 'other-bytes' }

/** After so many seconds without a sign of life, nobody is at a push any more. */
const silence = 30
/** Days for which an answer is kept. */
const kept = 30

/**
 * Takes a push on, unless somebody is at it or has done it: one statement, so that of two at once one does.
 * What was interrupted is taken on again.
 */
export async function claim(db: Database, push: PushKey): Promise<Claim> {
  await db.query(
    `delete from push where ended_at < now() - make_interval(days => ${kept}) and state = 'done'`,
  )
  const { token, dryRun, key, fingerprint } = push
  const [mine] = await db.query<{ id: string }>(
    `insert into push (id, token_id, dry_run, key, fingerprint, state)
     values ($1, $2, $3, $4, $5, 'under-way')
     on conflict (token_id, dry_run, key) do update set state = 'under-way', alive_at = now()
       where push.fingerprint = excluded.fingerprint and (push.state = 'interrupted'
         or push.state = 'under-way' and push.alive_at < now() - make_interval(secs => ${silence}))
     returning id`,
    [randomUUID(), token, dryRun, key, fingerprint],
  )
  if (mine) return { kind: 'mine', id: mine.id }
  const [other] = await db.query<{ id: string; same: boolean; answer: unknown }>(
    `select id, fingerprint = $4 as same, answer from push
     where token_id = $1 and dry_run = $2 and key = $3`,
    [token, dryRun, key, fingerprint],
  )
  // It ended and was removed between the two statements.
  if (!other) return claim(db, push)
  if (!other.same) return { kind: 'other-bytes' }
  if (other.answer === null) return { kind: 'under-way', id: other.id }
  return { kind: 'done', result: pushResult.parse(other.answer) }
}

/** Says that somebody is still at these. */
export async function keepAlive(db: Database, ids: readonly string[]): Promise<void> {
  await db.query('update push set alive_at = now() where id = any($1::text[])', [ids])
}

/** Keeps what came of a push: whoever sends it again is told the same. */
export async function finish(db: Database, result: PushResult): Promise<void> {
  await db.query(`update push set state = 'done', answer = $2, ended_at = now() where id = $1`, [
    result.id,
    JSON.stringify(result),
  ])
}

/** Lets a push be sent again. */
export async function interrupt(db: Database, id: string): Promise<void> {
  await db.query(`update push set state = 'interrupted' where id = $1 and state = 'under-way'`, [
    id,
  ])
}

/** Lets all be sent again that a process left which died: for one that alone owns the database. */
export async function interruptAll(db: Database): Promise<void> {
  await db.query(`update push set state = 'interrupted' where state = 'under-way'`)
}

/** A push of a token by its own name; null where there is none. */
export async function findPush(
  db: Database,
  token: number,
  id: string,
): Promise<{ readonly state: string; readonly result: PushResult | null } | null> {
  const [row] = await db.query<{ state: string; answer: unknown }>(
    `select case when state = 'under-way' and alive_at < now() - make_interval(secs => ${silence})
       then 'interrupted' else state end as state, answer
     from push where id = $1 and token_id = $2`,
    [id, token],
  )
  if (!row) return null
  return { state: row.state, result: row.answer === null ? null : pushResult.parse(row.answer) }
}
