import { type Kysely, Migrator } from 'kysely'
import type { Database } from './database.ts'

/** One change to the tables, such as `{ name: '0001-places', up }`. */
export interface Migration {
  readonly name: string
  // A migration runs on tables as they were then.
  up(db: Kysely<any>): Promise<void>
}

/** The database has been changed by a later version of Plumbline than this one. */
export class NewerDatabase extends Error {
  override name = 'NewerDatabase'

  constructor(unknown: readonly string[]) {
    super(
      `This database has been changed by a newer version of Plumbline (${unknown.join(', ')}): ` +
        'start that version, or restore a copy of the data made before the change.',
    )
  }
}

/**
 * Brings the tables up to date: every migration not yet done, in order, once, all of them or none,
 * while nobody else does so. Gives the names of those that were done now.
 */
export async function migrate(db: Database, all: readonly Migration[]): Promise<string[]> {
  const names = all.map(({ name }) => name)
  const misplaced = names.find((name, i) => i > 0 && name <= (names[i - 1] as string))
  if (misplaced !== undefined) {
    throw new Error(`Migrations must be listed in the order of their names: ${misplaced}`)
  }
  return db.lock('migrations', async () => {
    const unknown = (await done(db)).filter((name) => !names.includes(name))
    if (unknown.length > 0) throw new NewerDatabase(unknown)
    const migrator = new Migrator({
      db: db.kysely,
      provider: {
        getMigrations: async () => Object.fromEntries(all.map((m) => [m.name, m])),
      },
    })
    const { error, results = [] } = await migrator.migrateToLatest()
    if (error !== undefined) {
      const failed = results.find(({ status }) => status === 'Error')
      throw new Error(`The tables could not be brought up to date (${failed?.migrationName})`, {
        cause: error,
      })
    }
    return results.map(({ migrationName }) => migrationName)
  })
}

async function done(db: Database): Promise<string[]> {
  const [table] = await db.query<{ there: boolean }>(
    `select to_regclass('kysely_migration') is not null as there`,
  )
  if (!table?.there) return []
  const rows = await db.query<{ name: string }>('select name from kysely_migration order by name')
  return rows.map(({ name }) => name)
}
