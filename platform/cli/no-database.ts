import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'

/** Whether a database has been made yet where the settings say. */
export function hasDatabase(settings: { data: string; databaseUrl: string | null }): boolean {
  return settings.databaseUrl !== null || existsSync(join(settings.data, 'database'))
}

/** Whether what is asked of the record needs no database: a file is verified, or a key made. */
export const needsNoDatabase = (verb: string, [act, what]: readonly string[]): boolean =>
  verb === 'record' &&
  (act === 'key' || (act === 'verify' && what !== undefined && !what.startsWith('-')))

const refuse = (): never => {
  throw new Error('There is no database yet. Import a file first.')
}

/**
 * Stands for a database that has not been made: every question is answered with no rows, and nothing
 * can be stored. A file can be checked with it at once, in little memory.
 */
export const noDatabase: Database = {
  kind: 'pglite',
  get kysely() {
    return refuse()
  },
  query: async () => [],
  script: async () => [],
  transaction: async () => refuse(),
  lock: (_name, work) => work(),
  share: refuse,
  close: async () => undefined,
}
