import type { Database } from '../database/database.ts'
import { forgetLetters } from '../mail/store.ts'

const statements = [
  'delete from sign_in_proof where expires_at < now()',
  'delete from sign_in_use where expires_at < now()',
  `delete from sign_in_count where hour < now() - interval '2 hours'`,
  'delete from person_session where expires_at < now()',
  // Whose first sign-in came to nothing: nobody can sign in as them.
  `delete from person p where created_at < now() - interval '1 day'
    and not exists (select 1 from person_address a where a.id = p.id)`,
]

/** Forgets what is personal and no longer of use. */
export async function forget(db: Database): Promise<void> {
  for (const statement of statements) await db.query(statement)
  await forgetLetters(db)
}

const anHour = 3_600_000

/**
 * Forgets now and every hour. A failure is left to the next hour: nothing else waits for it.
 * @returns what ends it.
 */
export function forgetRegularly(db: Database): () => void {
  const now = (): void => void forget(db).catch(() => undefined)
  now()
  const timer = setInterval(now, anHour)
  timer.unref()
  return () => clearInterval(timer)
}
