import type { Database } from '../database/database.ts'
import { personalTables } from './privacy.ts'

/**
 * Forgets what is personal and no longer needed, table by table, as `privacy.ts` declares it. A table that
 * fails keeps no other from being forgotten.
 * @throws AggregateError that names the tables that failed.
 */
export async function forget(db: Database): Promise<void> {
  const failed: Error[] = []
  for (const { table, forget: statement } of personalTables) {
    if (statement === null) continue
    await db.query(statement).catch((cause: unknown) => {
      failed.push(new Error(`${table} was not forgotten`, { cause }))
    })
  }
  if (failed.length > 0) {
    const tables = failed.map((e) => e.message).join('; ')
    throw new AggregateError(failed, `What is personal stays longer than it should: ${tables}.`)
  }
}

const anHour = 3_600_000

/**
 * Forgets now and every hour. A failure is said, and left to the next hour: nothing else waits for it.
 * @returns what ends it.
 */
export function forgetRegularly(db: Database, say: (text: string) => void): () => void {
  const now = (): void => void forget(db).catch((error: Error) => say(error.message))
  now()
  const timer = setInterval(now, anHour)
  timer.unref()
  return () => clearInterval(timer)
}
