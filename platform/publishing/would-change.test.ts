import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { checkFiles } from './import.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'

describe.each(testDatabases())('what a file would change, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  const changesOf = async (rows: string, name = 'clinics-2024.csv') => {
    const options = { accept: 0, by: 'a test', changes: true }
    const { files } = await checkFiles(db, clinics, [writeFile(name, rows)], options)
    return files[0]?.changes
  }

  it('is told figure by figure, and nothing is kept', async () => {
    const nothing = { supersedes: null, same: 0, changed: 0, gone: 0, hidden: 0 }
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
    const compared = { supersedes: 1, same: 37, changed: 1, added: 1, gone: 1, hidden: 1 }
    expect(await changesOf(other)).toEqual(compared)
    expect(await changesOf(other, 'clinics-2023.csv')).toEqual({ ...nothing, added: 40 })
    expect(await db.query('select * from release order by id')).toEqual(before)
    expect(await db.query('select * from subject order by id')).toEqual(subjects)
  })

  it('tells of a hidden figure nothing, whatever the file says of it', async () => {
    const guesses = [1, 2, 75].map((n) => `C105,Clinic 5,town,${n / 2},${n},200`)
    const told = await Promise.all(
      guesses.map((guess) => changesOf(clinicRows((i, l) => (i === 5 ? guess : l)))),
    )
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
