import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'
import { prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { buildServer } from '../web/server.ts'
import { attackKept, type KeptRelease } from './attack-served.ts'
import { disclosureSchema } from './declaration.ts'
import { csvOf, groupOf, rowsOf, type VisitRow, type Visits } from './random-visits.ts'
import { visitsCatalogue } from './testing.ts'

const answerSchema = z.object({
  data: z.array(
    z.object({
      code: z.string(),
      group: z.string(),
      status: z.string(),
      value: z.number().nullable(),
      numerator: z.number().nullable(),
      denominator: z.number().nullable(),
    }),
  ),
})

/** The same kind of file, in which an x stands where its source keeps a figure back. */
const withCodes = {
  ...visitsCatalogue,
  descriptors: visitsCatalogue.descriptors.map((d) => ({
    ...d,
    codes: { x: 'suppressed' as const },
  })),
}

/** The same, whose counts are rounded in place of hidden. */
const rounding: Catalogue = {
  ...withCodes,
  descriptors: withCodes.descriptors.map((d) => ({
    ...d,
    disclosure: disclosureSchema.parse({
      round: { base: 5 },
      chains: visitsCatalogue.descriptors[0]?.disclosure?.chains,
    }),
  })),
}

const ward = { district: 0, neighbourhood: 0 }
const large: readonly [number, number] = [40, 30]
const yearOf = (...counts: (readonly [number, number])[]): Visits => ({
  wards: [ward, ward, ward],
  ages: [],
  counts: [...counts, ...Array.from({ length: 6 - counts.length }, () => large)],
})

describe.each(testDatabases())('who keeps every state on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db?.close())

  /** Publishes files of one slot one after the other, and reads what each state gives. */
  async function publishFiles(files: readonly string[], catalogue: Catalogue = withCodes) {
    await db.query('truncate publication, release, subject, indicator cascade')
    const states: string[] = []
    for (const text of files) {
      const path = writeFile('visits-2020.csv', text)
      const { drafts } = await importFiles(db, catalogue, [path], { accept: 0, by: 'a test' })
      await publish(db, catalogue, drafts, { by: 'a test', reason: 'to see' })
      states.push((await makeReader(db, catalogue).state()).at ?? '')
    }
    const reader = makeReader(db, catalogue)
    const app = await buildServer({
      reader,
      logLevel: 'silent',
      example: null,
      ready: async () => true,
    })
    const all = []
    for (const at of states) {
      const answer = await app.inject(
        `/api/v1/observations?limit=1000&as-of=${encodeURIComponent(at)}`,
      )
      all.push(answerSchema.parse(answer.json()).data)
    }
    await app.close()
    return all
  }

  const attack = async (
    years: readonly Visits[],
    leavesOut: readonly ((r: VisitRow) => boolean)[],
  ) => {
    const files = years.map((y, at) => csvOf(rowsOf(y).filter((r) => !leavesOut[at]?.(r))))
    const served = await publishFiles(files)
    const kept = years.map((y, at): KeptRelease => ({ truth: rowsOf(y), served: served[at] ?? [] }))
    return { served, leaks: await attackKept(kept, 5) }
  }
  const all = () => false

  it('learns nothing from a correction that leaves out what was hidden', async () => {
    const first = yearOf([3, 20])
    const second = yearOf([8, 20])
    const { served } = await attack([first], [all])
    // Whatever protected the 3 is left out of the second, whose totals tell it.
    const hidden = served[0]?.filter((r) => r.status === 'suppressed' && r.code !== 'W0') ?? []
    expect(hidden.length).toBeGreaterThan(1)
    const out = (r: VisitRow) => hidden.some((h) => h.code === r.code && h.group === groupOf(r))
    const { leaks } = await attack([first, second], [all, out])
    expect(leaks).toEqual([])
  })

  it('learns nothing from a figure that returns to what was hidden two releases ago', async () => {
    const [first, second] = [
      yearOf([3, 20]),
      yearOf([8, 20], [44, 30], [45, 31], [46, 32], [47, 33], [48, 34]),
    ]
    const third = yearOf([9, 20])
    const { served, leaks } = await attack([first, second, third], [all, all, all])
    expect(served[1]?.filter((r) => r.status === 'suppressed')).toEqual([])
    expect(leaks).toEqual([])
  })

  it('is not told of how many a figure is that its source keeps back: others follow from it', async () => {
    const rows = rowsOf(yearOf([3, 20]))
    const text = csvOf(rows).replace(/^(W1,.*,girls,),?\d+,/m, '$1,x,')
    const lines = text
      .split('\n')
      .map((l) =>
        l.startsWith('W1,') && l.includes(',girls,') ? l.replace(/,\d+,(\d+)$/, ',x,$1') : l,
      )
    const [served] = await publishFiles([lines.join('\n')])
    const kept = served?.find((r) => r.code === 'W1' && r.group === 'sex=girls')
    expect(kept).toMatchObject({
      status: 'suppressed',
      value: null,
      numerator: null,
      denominator: null,
    })
  })

  it.each([
    ['hides', withCodes],
    ['rounds', rounding],
  ])(
    'is not told of how many they are where all figures of a group lack a value, in a release that %s',
    async (_, catalogue) => {
      const lines = csvOf(rowsOf(yearOf([3, 20])))
        .split('\n')
        .map((l) => (l.includes(',girls,') ? l.replace(/,\d+,(\d+)$/, ',x,$1') : l))
      const [served] = await publishFiles([lines.join('\n')], catalogue)
      const girls = served?.filter((r) => r.group === 'sex=girls') ?? []
      expect(girls.length).toBeGreaterThan(3)
      for (const row of girls)
        expect(row).toMatchObject({ status: 'suppressed', numerator: null, denominator: null })
    },
  )
})
