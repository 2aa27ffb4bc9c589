import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { header as visitsHeader } from '../disclosure/random-visits.ts'
import { visitsCatalogue } from '../disclosure/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { makeReader } from '../reader.ts'
import { checkFiles } from './import.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'

describe.each(testDatabases())('what a file would change, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  const changesOf = async (
    rows: string,
    name = 'clinics-2024.csv',
    catalogue: Catalogue = clinics,
  ) => {
    const options = { accept: 0, by: 'a test', changes: true }
    const { files } = await checkFiles(db, catalogue, [writeFile(name, rows)], options)
    return files[0]?.changes
  }

  it('is told figure by figure, and nothing is kept', async () => {
    const none = { same: 0, suppressed: 0, changed: 0, withoutValue: 0, gone: 0, hidden: 0 }
    const nothing = { supersedes: null, ...none }
    expect(await changesOf(clinicRows())).toEqual({ ...nothing, added: 40 })
    const hide = (i: number, l: string) => (i === 5 ? 'C105,Clinic 5,town,SUPP,,' : l)
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows(hide))])
    const before = await db.query('select * from release order by id')
    const subjects = await db.query('select * from subject order by id')
    const other = clinicRows((i, l) => {
      if (i === 3) return l.replace(',53,106,', ',54,108,')
      if (i === 4) return 'C900,Clinic 900,town,50,100,200'
      return l
    })
    const compared = { ...none, supersedes: 1, same: 37, changed: 2, added: 1, gone: 1 }
    expect(await changesOf(other)).toEqual(compared)
    expect(await changesOf(other, 'clinics-2023.csv')).toEqual({ ...nothing, added: 40 })
    expect(await db.query('select * from release order by id')).toEqual(before)
    expect(await db.query('select * from subject order by id')).toEqual(subjects)
  })

  it('counts as publishing does: a figure whose counts are others, and not one that its source keeps back in both', async () => {
    const file = (i: number, l: string): string => {
      if (i === 3) return 'C103,Clinic 3,town,53,53,100'
      if (i === 5) return 'C105,Clinic 5,town,SUPP,,300'
      if (i === 6) return 'C106,Clinic 6,town,SUPP,,'
      return i === 7 ? 'C107,Clinic 7,town,NE,,' : l
    }
    const told = await changesOf(clinicRows(file))
    expect(told).toMatchObject({
      same: 37,
      suppressed: 1,
      changed: 3,
      added: 0,
      gone: 0,
      hidden: 0,
    })
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows(file))])
    const reader = makeReader(db, clinics)
    const page = await reader.release(await reader.state(), 2)
    expect(page?.changes.map((c) => c.subject)).toEqual(['C103', 'C106', 'C107'])
  })

  it('tells of a hidden figure nothing, whatever the file says of it', async () => {
    const file = (part: number) =>
      [visitsHeader, `W1,ward,D0,,,,${part},200`, 'W2,ward,D0,,,,30,90', 'W3,ward,D0,,,,7,80'].join(
        '\n',
      )
    await importAndPublish(db, visitsCatalogue, [writeFile('visits-2024.csv', file(3))])
    const told = await Promise.all(
      [1, 3, 75].map((guess) => changesOf(file(guess), 'visits-2024.csv', visitsCatalogue)),
    )
    expect(told[0]?.hidden).toBeGreaterThan(0)
    expect(new Set(told.map((t) => JSON.stringify(t))).size).toBe(1)
  })

  it('is of the descriptor that is named, whatever the file is called', async () => {
    const as = (path: string, id: string) => ({
      accept: 0,
      by: 'a test',
      as: new Map([[path, id]]),
    })
    const path = writeFile('clinics-2024.jsonl', '{"code":"C1","seen":5}')
    const [unknown] = (await checkFiles(db, clinics, [path], as(path, 'nothing'))).files
    expect(unknown).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringContaining('“nothing”'),
    })
    const misnamed = writeFile('mine.csv', clinicRows())
    const [file] = (await checkFiles(db, clinics, [misnamed], as(misnamed, 'clinics'))).files
    expect(file).toMatchObject({ outcome: 'refused', report: null })
    expect(file?.sentence).toContain('such files are named like clinics-')
  })
})
