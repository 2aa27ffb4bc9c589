import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { statements as evidence } from './0001-evidence.ts'
import { statements as plainColumns } from './0003-plain-columns.ts'

const from = (name: string, statements: readonly string[]): Migration => ({
  name,
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
})

/** In order. A migration that has been released is never changed; a new one follows it. */
export const migrations: readonly Migration[] = [
  from('0001-evidence', evidence),
  from('0003-plain-columns', plainColumns),
]
