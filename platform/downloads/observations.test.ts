import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { withdraw } from '../publishing/publish.ts'
import { ReleaseStore } from '../publishing/store.ts'
import {
  clinicRows,
  clinics,
  header,
  importAndPublish,
  prepare,
  writeFile,
} from '../publishing/testing.ts'
import type { Batch } from './batch.ts'
import { Contents } from './contents.ts'
import { observations } from './observations.ts'
import type { Scope } from './scope.ts'

describe.each(testDatabases())('observations on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
    const secret = 'C103,Clinic 3,town,SUPP,,20'
    const rows = clinicRows((i, line) => (i === 3 ? secret : line))
    await importAndPublish(db, clinics, [writeFile('clinics-2023.csv', rows)])
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const corrected = [header, 'C100,Clinic 0,town,90,180,200'].join('\n')
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', corrected)])
  })
  afterAll(() => db.close())

  const read = async (publication: number, scope: Scope): Promise<Batch[]> => {
    const all: Batch[] = []
    const periodKind = () => 'year' as const
    for await (const b of observations(db, { publication, scope, periodKind })) all.push(b)
    return all
  }
  const everything = { kind: 'everything' } as const

  it('are those of the newest publication that a state sees', async () => {
    const [before, after] = [await read(2, everything), await read(3, everything)]
    expect(before.map((b) => [b.period, b.rows.length])).toEqual([
      ['2023', 40],
      ['2024', 40],
    ])
    expect(after.map((b) => [b.period, b.rows.length])).toEqual([
      ['2023', 40],
      ['2024', 1],
    ])
    const first = (batches: Batch[]) => batches[1]?.rows.find((r) => r.subject.code === 'C100')
    expect(first(before)?.value).toBe(50)
    expect(first(after)?.value).toBe(90)
    expect(after[1]).toMatchObject({ start: '2024-01-01', end: '2024-12-31', breakdown: '' })
    expect(first(after)).toMatchObject({
      subject: { kind: 'provider', name: 'Clinic 0', service: 'clinic' },
      interval: 'wilson',
      numerator: 180,
      denominator: 200,
      release: 3,
    })
  })

  it('give no number of a suppressed figure away, and keep its row', async () => {
    const [batch] = await read(3, everything)
    const hidden = batch?.rows.filter((r) => r.status === 'suppressed') ?? []
    expect(hidden.map((r) => r.subject.code)).toEqual(['C103'])
    const { subject: _, status: __, release: ___, ...numbers } = hidden[0] ?? { subject: null }
    expect(new Set(Object.values(numbers))).toEqual(new Set([null]))
  })

  it('of a release are those that it was published with, even when it counts no more', async () => {
    const contents = new Contents(db)
    const now = await new ReleaseStore(db).state()
    const then = await contents.stateOfRelease(now, 2)
    expect(then?.publication).toBe(2)
    const found = await read(then?.publication ?? 0, { kind: 'releases', code: '2' })
    expect(found.map((b) => [b.period, b.rows.length])).toEqual([['2024', 40]])
    expect(await contents.stateOfRelease({ ...now, publication: 1 }, 2)).toBeNull()
    expect(await contents.stateOfRelease(now, 99)).toBeNull()
    expect(await read(3, { kind: 'releases', code: '2' })).toEqual([])
  })

  it('of one indicator are its own', async () => {
    expect(await read(3, { kind: 'indicators', code: 'seen-in-time' })).toHaveLength(2)
    expect(await read(3, { kind: 'indicators', code: 'another' })).toEqual([])
  })

  it('are counted by indicator', async () => {
    const state = await new ReleaseStore(db).state()
    expect(await new Contents(db).indicators(state)).toEqual([
      {
        indicator: 'seen-in-time',
        rows: 41,
        firstPeriod: '2023',
        lastPeriod: '2024',
        releases: [1, 3],
      },
    ])
  })

  it('are there no more once their release is withdrawn', async () => {
    await withdraw(db, clinics, 1, { by: 'a test', reason: 'to see' })
    expect((await read(4, everything)).map((b) => b.period)).toEqual(['2024'])
    expect((await read(3, everything)).map((b) => b.period)).toEqual(['2023', '2024'])
  })
})
