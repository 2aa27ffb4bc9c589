import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { verifyStored } from '../record/verify.ts'
import { Unsaid } from '../replies/said.ts'
import { countingOrder, countWhenDue, isDue, lastCounted, orderCounting } from './counting.ts'

describe('when stories are counted by themselves', () => {
  const days = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10))

  it('is once on a day, once in a month, or never', () => {
    expect(isDue('day', '2026-04-30', '2026-04-30')).toBe(false)
    expect(isDue('month', '2026-04-01', '2026-04-30')).toBe(false)
    expect(isDue('month', '2026-04-30', '2026-05-01')).toBe(true)
    expect(isDue('never', null, '2026-05-01')).toBe(false)
  })

  it('is each month at least where the server was away on its first day', () => {
    fc.assert(
      fc.property(days, days, (last, today) => {
        expect(isDue('month', last, today)).toBe(last.slice(0, 7) < today.slice(0, 7))
        expect(isDue('month', last, today) && !isDue('day', last, today)).toBe(false)
        expect(isDue('day', today, today)).toBe(false)
      }),
    )
  })
})

describe.each(testDatabases())('the order to count stories, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
  })
  afterAll(() => db.close())

  const order = (every: string, why = 'So that everybody sees them') =>
    db.transaction((tx) => orderCounting(tx, { every, why, role: 'steward', on: '2026-05-04' }))
  const came: string[] = []
  const count = (today: string, publication: number | null = 7) =>
    countWhenDue(db, today, async (by) => {
      came.push(`${today} ${by}`)
      return { releases: [], publication }
    })

  it('does nothing until it is given, then once a month, and on the record', async () => {
    expect(await count('2026-05-03')).toBeNull()
    await order('month')
    expect(await countingOrder(db)).toEqual({ every: 'month', role: 'steward', on: '2026-05-04' })
    expect(await count('2026-05-05')).toEqual({ releases: [], publication: 7 })
    expect(await count('2026-05-05')).toBeNull()
    expect(await count('2026-05-31')).toBeNull()
    expect(await count('2026-06-02', null)).toEqual({ releases: [], publication: null })
    expect(await lastCounted(db)).toEqual({ on: '2026-06-02', publication: null })
    await order('never')
    expect(await count('2026-08-01')).toBeNull()
    expect(came).toEqual(['2026-05-05 order of a steward', '2026-06-02 order of a steward'])
    const acts = await db.query<{ entry: string }>('select entry from record_entry order by number')
    const all = acts.map((a) => JSON.parse(a.entry))
    expect(all.map(({ act, details }) => [act, details.every])).toEqual([
      ['story-counting-ordered', 'month'],
      ['story-counting-ordered', 'never'],
    ])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('is tried again where counting failed', async () => {
    await order('day')
    const fail = countWhenDue(db, '2026-09-01', () =>
      Promise.reject(new Error('The disk is full.')),
    )
    await expect(fail).rejects.toThrow('The disk is full.')
    expect(await count('2026-09-01')).not.toBeNull()
  })

  it('is refused where it says nothing new, or gives no reason', async () => {
    const before = (await db.query('select 1 from record_entry')).length
    await expect(order('day')).rejects.toThrow(Unsaid)
    await expect(order('hour')).rejects.toThrow('How often is missing')
    await expect(order('month', ' ')).rejects.toThrow('Enter a reason.')
    expect(await db.query('select 1 from record_entry')).toHaveLength(before)
    await expect(db.query(`update story_counting set every = 'never'`)).rejects.toThrow(
      /only ever added to/,
    )
  })
})
