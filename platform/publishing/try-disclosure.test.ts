import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import { disclosureSchema } from '../disclosure/declaration.ts'
import { csvOf, header, rowsOf, type Visits } from '../disclosure/random-visits.ts'
import { visitsCatalogue } from '../disclosure/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { checkFiles, importFiles } from './import.ts'
import { preview } from './preview.ts'
import { publish } from './publish.ts'
import { makeReport, reportSchema } from './report-shape.ts'
import { importAndPublish, prepare, writeFile } from './testing.ts'

const here = { district: 0, neighbourhood: 0 }
const large: readonly [number, number] = [40, 30]
const year: Visits = {
  wards: [here, here, here],
  ages: [],
  counts: [[2, 20], [40, 30], large, large, large, large],
}

let db: Database
beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
})
afterAll(() => db?.close())

const check = (catalogue: Catalogue, paths: readonly string[], unnamed = false) =>
  checkFiles(db, catalogue, paths, { accept: 0, by: 'a test', unnamed })
/** The same kind of file, where a count of 2 may be shown. */
const careless: Catalogue = {
  ...visitsCatalogue,
  descriptors: visitsCatalogue.descriptors.map((d) => ({
    ...d,
    disclosure: d.disclosure && {
      ...d.disclosure,
      rules: disclosureSchema.parse({ rules: { threshold: 2 } }).rules,
    },
  })),
}

it('says how many figures publishing would hide, before anything of the file is known, and keeps nothing', async () => {
  const path = writeFile('visits-2020.csv', csvOf(rowsOf(year)))
  const { files, accepted } = await check(visitsCatalogue, [path])
  expect(accepted).toBe(true)
  expect(await db.query('select 1 from release union select 1 from subject')).toEqual([])
  await importAndPublish(db, visitsCatalogue, [path])
  const [published] = await db.query<{ figures: number; hidden: number }>(
    'select figures, hidden from protected_release',
  )
  expect(published?.hidden).toBeGreaterThan(1)
  expect(files[0]?.disclosure).toEqual({ safe: true, leaks: 0, roundedTo: null, ...published })
  const report = reportSchema.parse(makeReport(files))
  expect(report.files[0]?.disclosure).toEqual(files[0]?.disclosure)
})

it('refuses what cannot be made safe beside what is public, and names it where one may know', async () => {
  const path = writeFile('visits-2021.csv', csvOf(rowsOf(year)))
  await importAndPublish(db, careless, [path])
  const named = await check(visitsCatalogue, [path])
  expect(named.accepted).toBe(false)
  expect(named.files[0]).toMatchObject({ outcome: 'refused', disclosure: { safe: false } })
  expect(named.files[0]?.disclosure?.leaks).toBeGreaterThan(0)
  expect(named.files[0]?.sentence).toMatch(
    /^visits-2021\.csv, seen-in-time in 2021: the figure of Place \w+.* could be worked out/,
  )
  // Who may not know what the release hides is told of the file alone.
  const [unnamed] = (await check(visitsCatalogue, [path], true)).files
  expect(unnamed).toMatchObject({ outcome: 'draft', sentence: null, disclosure: { safe: true } })
})

it('answers the same, whatever the release before hides, where it may not be known', async () => {
  const file = (wards: readonly (readonly [number, number])[]): string => {
    const total = [0, 1].map((at) => wards.reduce((sum, w) => sum + (w[at] as number), 0))
    const rows = wards.map(([part, base], w) => `W${w},ward,D0,,,,${part},${base}`)
    return [header, ...rows, `D0,district,,,,,${total}`].join('\n')
  }
  // Of two years the same is seen: the first two wards are hidden, and their sum is known.
  const third = [30, 100] as const
  const truths = [file([[3, 100], [9, 100], third]), file([[4, 100], [8, 100], third])]
  for (const [at, text] of truths.entries())
    await importAndPublish(db, visitsCatalogue, [writeFile(`visits-203${at}.csv`, text)])
  const guess = file([
    [50, 150],
    [9, 100],
    [31, 101],
  ])
  const answers = (unnamed: boolean) =>
    Promise.all(
      ['visits-2030.csv', 'visits-2031.csv'].map(async (name) => {
        const { files } = await check(visitsCatalogue, [writeFile(name, guess)], unnamed)
        return [files[0]?.outcome, files[0]?.sentence, files[0]?.disclosure]
      }),
    )
  const [first, second] = await answers(false)
  expect(first, 'the guess is right of the first year alone').not.toEqual(second)
  const [one, other] = await answers(true)
  expect(one).toEqual(other)
  expect(one?.[2]).toEqual({ safe: true, figures: 4, hidden: 0, leaks: 0, roundedTo: null })
})

it('publishes no draft that a preview made safe before another release of its slot came', async () => {
  const file = (girls: number): string =>
    csvOf(rowsOf({ ...year, counts: year.counts.with(0, [girls, 20]) }))
  const importOne = async (girls: number): Promise<readonly number[]> => {
    const path = writeFile('visits-2050.csv', file(girls))
    const options = { accept: 0, by: 'a test' }
    return (await importFiles(db, visitsCatalogue, [path], options)).drafts
  }
  const to = { by: 'a test', reason: 'to see' }
  const early = await importOne(3)
  await preview(db, visitsCatalogue, early, to)
  await publish(db, visitsCatalogue, await importOne(4), to)
  await expect(publish(db, visitsCatalogue, early, to)).rejects.toThrow(
    /was made safe before release \d+ was published.* Import its file again/,
  )
  await publish(db, visitsCatalogue, await importOne(3), to)
})

it('reads who lies in whom from the files that are checked beside it', async () => {
  const register = visitsCatalogue.descriptors.map((d) => ({
    ...d,
    id: 'wards',
    dataset: 'wards',
    order: 1,
    match: { name: 'wards-(?<year>\\d{4})', columns: ['code', 'district'] },
    fields: [],
    observations: [],
    disclosure: undefined,
  }))
  const bare = visitsCatalogue.descriptors.map((d) => ({
    ...d,
    subjects: d.subjects.map((s) => ({ ...s, parents: [] })),
    disclosure: d.disclosure && { ...d.disclosure, chains: [['zone', 'area']] },
  }))
  const catalogue = { ...visitsCatalogue, descriptors: [...register, ...bare] }
  const rows = ['Z1,zone,,,,,2,22', 'Z2,zone,,,,,40,70', 'A1,area,,,,,42,92']
  const figures = writeFile('visits-2040.csv', [header, ...rows].join('\n'))
  const alone = await check(catalogue, [figures])
  expect(alone.files[0]?.sentence).toMatch(/Place Z1 lies in no area/)
  const unnamed = await check(catalogue, [figures], true)
  expect(unnamed.files[0]?.sentence).toMatch(/a place lies in no area/)
  const wards = ['code,level,district,neighbourhood', 'Z1,zone,A1,', 'Z2,zone,A1,', 'A1,area,,']
  const both = await check(catalogue, [figures, writeFile('wards-2040.csv', wards.join('\n'))])
  expect(both.files.map((f) => [f.outcome, f.sentence])).toEqual([
    ['draft', null],
    ['draft', null],
  ])
  // The 2 of 22 is hidden, and so is what is 2 less than the area's.
  expect(both.files.find((f) => f.path === figures)?.disclosure).toEqual({
    safe: true,
    figures: 3,
    hidden: 2,
    leaks: 0,
    roundedTo: null,
  })
})
