import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { JobFailed, type JobKind } from '../jobs/kind.ts'
import { type Handler, handler } from '../jobs/run.ts'
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

/** What is personal and no longer needed is forgotten: every hour, and when a server starts. */
export const forgetting: JobKind<null> = {
  name: 'forgetting',
  data: z.null(),
  retries: 10,
  wait: 30,
  longestWait: 1800,
  patience: 600,
}

/** Forgets, and says on the page of jobs which tables could not be. */
export const forgetJobs = (db: Database): Handler[] => [
  handler(
    forgetting,
    () =>
      forget(db).catch((error: Error) => {
        throw new JobFailed(error.message)
      }),
    '7 * * * *',
  ),
]
