import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, Queries } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { personOf } from './person.ts'

describe.each(testDatabases())('a person of an address, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())

  it('is one, however many ask at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => db.transaction((tx) => personOf(tx, 'ada@example.org'))),
    )
    expect(new Set(all).size).toBe(1)
    expect(await db.query('select id from person')).toHaveLength(1)
  })

  it('is the one that somebody else made between looking and writing', async () => {
    const found = await db.transaction(async (tx) => {
      let looked = 0
      const slow: Queries = {
        ...tx,
        // As if the other were not there yet when it was looked for.
        query: async (sql, values) =>
          /^select id from person_address/.test(sql) && ++looked === 1 ? [] : tx.query(sql, values),
      }
      return personOf(slow, 'ada@example.org')
    })
    const [ada] = await db.query<{ id: string }>('select id from person_address')
    expect(found).toBe(ada?.id)
    expect(await db.query('select id from person')).toHaveLength(1)
  })
})
