import type { Database, Queries } from './database.ts'
import { migrations as all, type Migration } from './migrations/index.ts'

/** The database was made by a later Plumbline than this one. */
export class DatabaseIsNewer extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `This database is newer than this Plumbline (it has ${unknown.join(', ')}). ` +
        'Start the version that made it, or a later one; nothing has been changed.',
    )
  }
}

/** Brings the database up to date: each migration in order, once, in one transaction, under a lock. */
export async function migrate(
  db: Database,
  migrations: readonly Migration[] = all,
): Promise<string[]> {
  return db.lock('migrate', () =>
    db.transaction(async (tx) => {
      await tx.query(
        `create table if not exists migration (
           name text primary key, carried_out_at timestamptz not null default now())`,
      )
      const done = await tx.query<{ name: string }>('select name from migration order by name')
      const known = new Set(migrations.map((m) => m.name))
      const unknown = done.filter((d) => !known.has(d.name)).map((d) => d.name)
      if (unknown.length > 0) throw new DatabaseIsNewer(unknown)
      return carryOut(tx, migrations, new Set(done.map((d) => d.name)))
    }),
  )
}

async function carryOut(
  tx: Queries,
  migrations: readonly Migration[],
  done: ReadonlySet<string>,
): Promise<string[]> {
  const names: string[] = []
  for (const { name, statements } of migrations) {
    if (done.has(name)) continue
    for (const statement of statements) await tx.query(statement)
    await tx.query('insert into migration (name) values ($1)', [name])
    names.push(name)
  }
  return names
}
