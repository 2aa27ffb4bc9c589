import type { Database } from '../database/database.ts'
import { personalTables } from './privacy.ts'

/** Forgets what is personal and no longer needed, table by table, as `privacy.ts` declares it. */
export async function forget(db: Database): Promise<void> {
  for (const { forget: statement } of personalTables) {
    if (statement !== null) await db.query(statement)
  }
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
