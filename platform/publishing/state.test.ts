import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { ReleaseStore } from './store.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'

/** Moments to the microsecond, as PostgreSQL keeps them. */
const moments = fc.uniqueArray(
  fc.record({
    second: fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    }),
    micro: fc.nat(999_999),
  }),
  {
    selector: ({ second, micro }) => text(second, micro),
    minLength: 1,
    maxLength: 6,
  },
)
const text = (second: Date, micro: number): string =>
  `${second.toISOString().slice(0, 19)}.${String(micro).padStart(6, '0')}Z`

describe.each(testDatabases())('the state at a moment on $kind', ({ open }) => {
  let db: Database
  let store: ReleaseStore
  beforeAll(async () => {
    db = await prepare(await open())
    store = new ReleaseStore(db)
  })
  afterAll(() => db.close())
  beforeEach(() => db.query('truncate publication, release, subject cascade'))

  const publishedAt = (all: readonly string[]) =>
    db.query(
      `insert into publication (id, published_at, published_by, reason)
       select row_number() over (order by at), at, 'a test', '' from unnest($1::timestamptz[]) as at`,
      [all],
    )

  it('at which it was published is that state', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (made) => {
        await db.query('truncate publication')
        const all = made.map(({ second, micro }) => text(second, micro)).sort()
        await publishedAt(all)
        for (const [i, at] of all.entries()) {
          const state = await store.state(at)
          expect(state.publication).toBe(i + 1)
          expect(await store.state(state.at as string)).toEqual(state)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('named by its day is the last of that day', async () => {
    await publishedAt([
      '2026-11-24T23:59:59.999999Z',
      '2026-11-25T00:00:00Z',
      '2026-11-25T09:00:00Z',
    ])
    expect((await store.state('2026-11-23')).publication).toBe(0)
    expect((await store.state('2026-11-24')).publication).toBe(1)
    expect((await store.state('2026-11-25')).publication).toBe(3)
  })

  it('is told from the one before, also where the clock was set back', async () => {
    await publishedAt([new Date(Date.now() + 3_600_000).toISOString()])
    const before = await store.state()
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const now = await store.state()
    expect(now.publication).toBe(2)
    expect(await store.state(now.at as string)).toEqual(now)
    expect(await store.state(before.at as string)).toEqual(before)
  })
})
