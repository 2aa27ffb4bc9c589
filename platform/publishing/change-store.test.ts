import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change, ChangesAsked } from '../comparison/release-page.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { header as visitsHeader } from '../disclosure/random-visits.ts'
import { visitsCatalogue } from '../disclosure/testing.ts'
import { makeReader } from '../reader.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'

const first: ChangesAsked = { order: 'figure', page: 1, size: 5 }

describe.each(testDatabases())('what a correction changed, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const next = clinicRows((i, l) => {
      if (i >= 12) return l
      const seen = i % 2 === 0 ? 50 - i : 90 + i / 2
      return `C${100 + i},Clinic ${i},town,${seen},${seen * 2},200`
    })
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', next)])
  })
  afterAll(() => db.close())

  const codes = async (asked: Partial<ChangesAsked>) => {
    const reader = makeReader(db, clinics)
    const found = await reader.changes(await reader.state(), 2, { ...first, ...asked })
    return { total: found?.total, codes: found?.changes.map((c) => c.subject) }
  }

  it('is read in pages, in the order that is asked for', async () => {
    // Clinic 0 reads the same.
    const all = ['C101', 'C102', 'C103', 'C104', 'C105', 'C106']
    expect(await codes({})).toEqual({ total: 11, codes: all.slice(0, 5) })
    expect((await codes({ page: 2 })).codes?.[0]).toBe('C106')
    expect((await codes({ page: 3 })).codes).toEqual(['C111'])
    expect((await codes({ page: 4 })).codes).toEqual([])
    expect((await codes({ order: 'name' })).codes?.slice(0, 3)).toEqual(['C101', 'C110', 'C111'])
    expect((await codes({ order: '-direction' })).codes?.slice(0, 2)).toEqual(['C101', 'C103'])
    expect((await codes({ order: 'direction' })).codes?.slice(0, 2)).toEqual(['C110', 'C108'])
  })

  it('is narrowed by name, code and indicator, and % stands for itself', async () => {
    expect(await codes({ q: 'clinic 11' })).toEqual({ total: 1, codes: ['C111'] })
    expect(await codes({ q: 'Clinic.  11’' })).toEqual({ total: 1, codes: ['C111'] })
    expect(await codes({ q: 'c104' })).toEqual({ total: 1, codes: ['C104'] })
    expect(await codes({ q: '%' })).toEqual({ total: 0, codes: [] })
    expect(await codes({ indicator: 'other' })).toEqual({ total: 0, codes: [] })
    const reader = makeReader(db, clinics)
    const one = await reader.changes(await reader.state(), 2, { ...first, q: 'clinic 11' })
    expect(one).toMatchObject({ total: 1, indicators: [{ code: 'seen-in-time', count: 11 }] })
    expect(await reader.changes(await reader.state(), 9, first)).toBeNull()
  })

  it('is its own, whatever replaced it later', async () => {
    const own = await codes({ size: 50 })
    const state = await makeReader(db, clinics).state()
    const next = clinicRows((i, l) => (i === 30 ? 'C130,Clinic 30,town,10,20,200' : l))
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', next)])
    const reader = makeReader(db, clinics)
    const now = await reader.state()
    expect(now.publication).toBeGreaterThan(state.publication)
    expect(await codes({ size: 50 })).toEqual(own)
    const page = await reader.release(now, 2)
    expect([page?.release.supersededBy, page?.changeCount]).toEqual([3, 11])
    // The first of all changed nothing, though what took its place did.
    expect((await reader.release(now, 1))?.changeCount).toBe(0)
    expect((await reader.changes(now, 1, first))?.total).toBe(0)
  })

  it('is read whole, each figure once, however many there are', async () => {
    await db.query(
      `insert into release_change (release_id, subject_id, indicator, breakdown, period, before, after,
         before_status, after_status)
       select 2, s.id, 'seen-in-time', 'group=' || g, '2023', g, g + 1, 0, 0
       from subject s, generate_series(1, 300) g`,
    )
    const reader = makeReader(db, clinics)
    const found: Change[] = []
    let parts = 0
    for await (const some of reader.allChanges(await reader.state(), 2, {})) {
      found.push(...some)
      parts += 1
    }
    const keys = new Set(found.map((c) => [c.subject, c.period, c.breakdown].join(' ')))
    expect(found).toHaveLength(300 * 40 + 11)
    expect(keys.size).toBe(found.length)
    expect(parts).toBeGreaterThan(1)
    expect(found.at(-1)).toMatchObject({ period: '2024', beforeStatus: 'value', name: 'Clinic 11' })
  })

  it('reads the same, whatever disclosure control hides', async () => {
    const file = (parts: readonly [number, number], base: number) =>
      [
        visitsHeader,
        `W1,ward,D0,,,,${parts[0]},200`,
        `W2,ward,D0,,,,${parts[1]},${base}`,
        'W3,ward,D0,,,,70,90',
        'W4,ward,D0,,,,60,80',
      ].join('\n')
    // The first ward is hidden by the correction, the second by both; what they were differs.
    const truths = [
      [file([60, 2], 70), file([3, 2], 70)],
      [file([60, 4], 75), file([4, 3], 72)],
    ]
    const told: unknown[] = []
    for (const [at, files] of truths.entries()) {
      let release = 0
      for (const text of files) {
        const path = writeFile(`visits-203${at}.csv`, text)
        release = (await importAndPublish(db, visitsCatalogue, [path])).drafts[0] ?? 0
      }
      const reader = makeReader(db, visitsCatalogue)
      const found = await reader.changes(await reader.state(), release, { ...first, size: 50 })
      told.push(found?.changes.map(({ period: _, ...c }) => c))
    }
    expect(told[0]).toContainEqual(
      expect.objectContaining({
        subject: 'W1',
        before: 30,
        beforeStatus: 'value',
        after: null,
        afterStatus: 'suppressed',
      }),
    )
    expect(told[0]).toEqual(told[1])
    expect(JSON.stringify(told[0])).not.toContain('W2')
  })
})
