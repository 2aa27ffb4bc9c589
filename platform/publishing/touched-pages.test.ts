import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { indicatorSchema } from '../evidence/indicator.ts'
import { importFiles } from './import.ts'
import { type Preview, preview } from './preview.ts'
import { clinicRows, clinics, header, importAndPublish, prepare, writeFile } from './testing.ts'

/** Beside the clinics' waits: their beds. */
const catalogue: Catalogue = {
  ...clinics,
  descriptors: [
    ...clinics.descriptors,
    descriptorSchema.parse({
      ...clinics.descriptors[0],
      id: 'beds',
      dataset: 'beds',
      match: { name: 'beds-(?<year>\\d{4})', columns: ['code', 'beds'] },
      fields: [{ name: 'code' }],
      subjects: [{ kind: 'provider', code: '{code}' }],
      observations: [{ indicator: 'beds', value: 'beds' }],
    }),
  ],
  indicators: new Map([
    ...clinics.indicators,
    [
      'beds',
      indicatorSchema.parse({
        ...clinics.indicators.get('seen-in-time'),
        code: 'beds',
        name: 'Beds',
        kind: 'mean',
        unit: 'beds',
      }),
    ],
  ]),
}

describe.each(testDatabases())('whose pages a preview says would change, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
    await importAndPublish(db, catalogue, [writeFile('clinics-2024.csv', clinicRows())])
  })
  afterAll(() => db.close())

  async function previewOf(name: string, text: string): Promise<Preview> {
    const options = { accept: 0, by: 'a test' }
    const { drafts } = await importFiles(db, catalogue, [writeFile(name, text)], options)
    const found = await preview(db, catalogue, drafts, { by: 'a test', reason: 'to see' })
    await db.query('delete from release where id = any($1::int[])', [drafts])
    return found
  }

  it('names those with figures of their own, not all of whom nothing changes', async () => {
    const found = await previewOf('beds-2024.csv', 'code,beds\nC100,5\nC101,7\nX999,9')
    expect(found.figures).toEqual({ new: 3, changed: 0, gone: 0 })
    expect(found.unknown).toEqual({
      ...{ providers: 1, places: 0 },
      first: [{ code: 'X999', name: 'X999' }],
    })
    expect(found.providers).toBe(3)
    expect(found.heldAgainst).toEqual({ providers: 0, places: 0 })
    expect(found.indicators).toEqual([{ code: 'beds', name: 'Beds', isNew: true }])
  })

  it('tells who changes from whom others are only held against', async () => {
    const other = clinicRows((i, line) => (i === 7 ? line.replace(/57,114/, '10,20') : line))
    const found = await previewOf('clinics-2024.csv', other)
    expect(found.figures).toEqual({ new: 0, changed: 1, gone: 0 })
    expect(found.providers).toBe(1)
    // The whole is another now, and so is what everybody is held against.
    expect(found.heldAgainst).toEqual({ providers: 39, places: 0 })
    expect(found.indicators.map((i) => i.code)).toEqual(['seen-in-time'])
  })

  it('does not call an indicator new for a new period', async () => {
    const found = await previewOf('clinics-2025.csv', clinicRows())
    expect(found.figures.new).toBeGreaterThan(0)
    expect(found.indicators.map((i) => [i.code, i.isNew])).toEqual([['seen-in-time', false]])
  })

  it('counts whoever loses the last of their figures', async () => {
    const fewer = clinicRows().split('\n').slice(0, -1).join('\n')
    const found = await previewOf('clinics-2024.csv', fewer)
    expect(found.figures).toEqual({ new: 0, changed: 0, gone: 1 })
    expect(found.providers).toBe(1)
  })

  it('names nobody where a file brings nothing', async () => {
    const empty = await previewOf('clinics-2023.csv', header)
    expect([empty.providers, empty.indicators]).toEqual([0, []])
  })
})
