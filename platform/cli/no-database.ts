import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'

/** Whether a database has been made yet where the settings say. */
const hasDatabase = (settings: Where): boolean =>
  settings.databaseUrl !== null || existsSync(join(settings.data, 'database'))

interface Where {
  readonly data: string
  readonly databaseUrl: string | null
}

/** Verbs that only read: they do without a database as long as nothing has been imported. */
const readingVerbs = new Set(['check', 'describe', 'standards'])

/** Whether what is asked of the record needs no database: a file is verified, or a key made. */
const isOfFiles = ({ verb, args: [act, what] }: Asked): boolean =>
  verb === 'record' &&
  (act === 'key' || (act === 'verify' && what !== undefined && !what.startsWith('-')))

interface Asked {
  readonly verb: string
  readonly args: readonly string[]
}

/** Whether a verb is carried out without a database. */
export const doesWithout = (asked: Asked, settings: Where): boolean =>
  isOfFiles(asked) || (readingVerbs.has(asked.verb) && !hasDatabase(settings))

/** Verbs that need what is published already, or what people did: in a new folder they would say that all is well. */
const laterVerbs = new Set(
  ['publish', 'withdraw', 'preview', 'download', 'disclosure', 'record', 'replies'].concat([
    'corrections',
    'desk',
    'jobs',
  ]),
)

/**
 * Why a verb cannot be carried out where nothing has ever been kept: the folder is probably another. Null where
 * there is a database, or the verb may be the first.
 */
export function nothingKept(asked: Asked, settings: Where): string | null {
  if (hasDatabase(settings) || isOfFiles(asked) || !laterVerbs.has(asked.verb)) return null
  return `There is no Plumbline in ${settings.data}: nothing has been imported or started there. Go to the folder from which it runs, or say where its data is by PLUMBLINE_DATA.`
}

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
