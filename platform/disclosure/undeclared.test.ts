import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/database.ts'
import { testPGlite } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'
import { importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { visitsCatalogue } from './testing.ts'

const rows = (first: number): string =>
  [
    'code,in time,all,level,neighbourhood,district,sex,age',
    ...[first, 21, 30, 40].map((n, i) => `W${i},${n},100,ward,N1,D1,all,all`),
  ].join('\n')

const visits = visitsCatalogue.descriptors.map((d) => ({ ...d, observations: d.observations }))
/** The same kind of file, by which nobody hides anything. */
const bare: Catalogue = {
  ...visitsCatalogue,
  descriptors: visits.map(({ disclosure: _, ...d }) => d),
}
/** What a process knows that was started without the operator's catalogue. */
const without: Catalogue = { ...visitsCatalogue, descriptors: [] }

let db: Database
beforeAll(async () => {
  db = await prepare(await openDatabase(testPGlite(null)))
})
afterAll(() => db.close())

const publications = async (): Promise<number> =>
  (await db.query('select id from publication')).length

it('publishes no draft whose kind of file is not known: its small counts would be shown', async () => {
  const file = writeFile('visits-2023.csv', rows(3))
  const { drafts } = await importFiles(db, visitsCatalogue, [file], { accept: 0, by: 'a test' })
  const act = { by: 'a test', reason: 'to see' }
  await expect(publish(db, without, drafts, act)).rejects.toThrow(/“visits”, is not known here/)
  expect(await publications()).toBe(0)
  await publish(db, visitsCatalogue, drafts, act)
  expect(await publications()).toBe(1)
})

it('publishes nothing in the place of what was hidden by a kind of file that hides nothing', async () => {
  await importAndPublish(db, visitsCatalogue, [writeFile('visits-2024.csv', rows(3))])
  const before = await publications()
  const again = importAndPublish(db, bare, [writeFile('visits-2024.csv', rows(4))])
  await expect(again).rejects.toThrow(/says nothing of small counts/)
  expect(await publications()).toBe(before)
  await importAndPublish(db, bare, [writeFile('visits-2022.csv', rows(4))])
  expect(await publications()).toBe(before + 1)
})
