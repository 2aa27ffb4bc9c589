import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'
import { clinics, prepare, writeFile } from '../publishing/testing.ts'
import { hiddenFigures } from './hidden-figures.ts'
import { csvOf, rowsOf, type VisitRow, type Visits } from './random-visits.ts'
import { visitsCatalogue } from './testing.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')

const indicators = new Map([
  ...visitsCatalogue.indicators,
  ['seen-soon', { ...seen, code: 'seen-soon', service: null }] as const,
])
const usual: Catalogue = { ...visitsCatalogue, indicators }
/** The same kind of file, whose share has another code. */
const renamed: Catalogue = {
  ...usual,
  descriptors: visitsCatalogue.descriptors.map((d) =>
    descriptorSchema.parse({
      ...d,
      observations: d.observations.map((o) => ({ ...o, indicator: 'seen-soon' })),
    }),
  ),
}

/** Four wards and their district, everyone in them. */
function rowsWith(...counts: Visits['counts']): VisitRow[] {
  const wards = counts.map(() => ({ district: 0, neighbourhood: 0 }))
  const nobody = [0, 0] as const
  const rows = rowsOf({ wards, ages: [], counts: counts.flatMap((c) => [c, nobody]) })
  return rows.filter(({ level, sex }) => sex === '' && (level === 'ward' || level === 'district'))
}

describe.each(testDatabases())('an indicator that a correction renames, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db?.close())

  /** Publishes the rows; gives the places whose figures are hidden. */
  async function hiddenOf(catalogue: Catalogue, year: number, rows: readonly VisitRow[]) {
    const path = writeFile(`visits-${year}.csv`, csvOf(rows))
    const { drafts } = await importFiles(db, catalogue, [path], { accept: 0, by: 'a test' })
    await publish(db, catalogue, drafts, { by: 'a test', reason: 'to see' })
    const all = await Promise.all(drafts.map((release) => hiddenFigures(db, release)))
    return all.flatMap((a) => a?.hidden ?? []).map((f) => f.code)
  }

  const first = rowsWith([35, 40], [4, 33], [20, 15], [17, 27])
  /** Of the second ward none are few any more, so that nothing else need be hidden for them. */
  const second = rowsWith([35, 40], [14, 33], [20, 15], [17, 27])

  it.each([
    ['', renamed, usual],
    [', and back', usual, renamed],
  ])('is held against what it was called before%s', async (_, other, one) => {
    const year = one === usual ? 2020 : 2021
    const was = await hiddenOf(one, year, first)
    expect(was).toContain('W1')
    const unchanged = was.filter((code) => !['W1', 'D0'].includes(code))
    expect(unchanged.length).toBeGreaterThan(0)
    expect(await hiddenOf(other, year, second)).toEqual(expect.arrayContaining(unchanged))
    const third = await hiddenOf(one, year, first)
    expect(third).toEqual(expect.arrayContaining(was))
  })

  it('is not taken for another that has other counts', async () => {
    await hiddenOf(usual, 2022, first)
    const others = rowsWith([31, 42], [14, 30], [21, 16], [19, 23])
    expect(await hiddenOf(renamed, 2022, others)).toEqual([])
  })
})
