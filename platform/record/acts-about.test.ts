import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, Queries } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import type { KnownMatter } from '../replies/matter.ts'
import { giveReply } from '../replies/reply.ts'
import { ActsAbout } from './acts-about.ts'

const matterOf = (provider: string): KnownMatter => ({
  ...{ provider, kind: 'figure', about: 'reading', providerName: 'Ansty School' },
  ...{ name: 'Reading', period: '2024-25', service: 'school' },
})

describe.each(testDatabases())('about whom there are acts, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())

  /** The entry of a reply of a provider. */
  const give = (provider: string): Promise<number> =>
    db.transaction((tx) =>
      giveReply(
        tx,
        matterOf(provider),
        { role: 'head teacher', givenOn: '2026-05-04', text: 'It was 40 of 78.' },
        null,
      ),
    )
  /** With how many statements it has asked. */
  function counted() {
    const asked: string[] = []
    const counting: Pick<Queries, 'query'> = {
      query: (sql, parameters) => {
        asked.push(sql)
        return db.query(sql, parameters)
      },
    }
    return { about: new ActsAbout(counting), asked }
  }

  it('knows those of each entry, and asks once for all that a state knows', async () => {
    const { about, asked } = counted()
    const first = await give('C1')
    expect(await about.has({ record: first }, 'replies', 'C1')).toBe(true)
    expect(await about.has({ record: first }, 'replies', 'C2')).toBe(false)
    expect(await about.has({ record: first }, 'stories', 'C1')).toBe(false)
    expect(await about.has({ record: 0 }, 'corrections', 'C1')).toBe(false)
    expect(asked).toHaveLength(1)
    const second = await give('C2')
    expect(await about.has({ record: second }, 'replies', 'C2')).toBe(true)
    expect(await about.has({ record: second }, 'replies', 'C1')).toBe(true)
    expect(asked).toHaveLength(2)
  })

  it('tells many at once the truth, also of an entry written while it reads', async () => {
    const { about, asked } = counted()
    const third = await give('C3')
    const early = about.has({ record: third }, 'replies', 'C3')
    const fourth = await give('C4')
    const all = await Promise.all([
      early,
      ...['C3', 'C4', 'C5'].map((c) => about.has({ record: fourth }, 'replies', c)),
    ])
    expect(all).toEqual([true, true, true, false])
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  it('does not wait for an entry that is not there', async () => {
    const { about } = counted()
    expect(await about.has({ record: 1_000_000 }, 'replies', 'C1')).toBe(true)
    expect(await about.has({ record: 1_000_000 }, 'replies', 'C9')).toBe(false)
  })
})
