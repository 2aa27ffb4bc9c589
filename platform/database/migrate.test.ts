import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from './database.ts'
import { type Migration, migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { testDatabases } from './testing.ts'

const create = (name: string): Migration => ({
  name,
  up: async (db) => {
    await sql`create table ${sql.table(`t_${name}`)} (n int)`.execute(db)
  },
})
const first = create('0001-first')
const second = create('0002-second')
const broken: Migration = {
  name: '0003-broken',
  up: async (db) => {
    await sql`create table half (n int)`.execute(db)
    await sql`select nothing_such`.execute(db)
  },
}

describe.each(testDatabases())('migrations on $kind', ({ openEmpty }) => {
  let db: Database
  beforeAll(async () => {
    db = await openEmpty()
  })
  afterAll(() => db.close())
  beforeEach(() =>
    db.query('drop schema public cascade').then(() => db.query('create schema public')),
  )

  it('are done in order, once', async () => {
    expect(await migrate(db, [first])).toEqual(['0001-first'])
    expect(await migrate(db, [first, second])).toEqual(['0002-second'])
    expect(await migrate(db, [first, second])).toEqual([])
  })

  it('are done once by two starters at the same time', async () => {
    const both = await Promise.all([migrate(db, [first, second]), migrate(db, [first, second])])
    expect(both.flat()).toEqual(['0001-first', '0002-second'])
  })

  it('are refused when the database is newer than the code', async () => {
    await migrate(db, [first, second])
    await expect(migrate(db, [first])).rejects.toThrow(
      'changed by a newer version of Plumbline (0002-second)',
    )
  })

  it('leave nothing behind when one fails', async () => {
    await expect(migrate(db, [first, broken])).rejects.toThrow('0003-broken')
    const tables = await db.query(
      `select from pg_tables where tablename in ('half', 't_0001-first')`,
    )
    expect(tables).toEqual([])
  })

  it('are refused out of order', async () => {
    await expect(migrate(db, [second, first])).rejects.toThrow('0001-first')
  })

  it('are all done on a new database', async () => {
    expect(await migrate(db, migrations)).toEqual(migrations.map(({ name }) => name))
  })
})
