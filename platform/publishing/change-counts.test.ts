import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportText } from '../cli/report.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { makeReader } from '../reader.ts'
import { checkFiles, importFiles } from './import.ts'
import { preview } from './preview.ts'
import { publish } from './publish.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'

const who = (i: number) => `C${100 + i},Clinic ${i},town`
const by = { by: 'a test', reason: 'to see' }

describe.each(testDatabases())('how much a correction changes, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  it('is the same number before and after it is published, whether or not there are values', async () => {
    const kept = [4, 5, 6, 7]
    const old = clinicRows((i, l) => (kept.includes(i) ? `${who(i)},SUPP,,` : l))
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', old)])
    const lines = clinicRows((i, l) => {
      if (i === 0) return `${who(i)},51,102,200`
      if (i === 1 || i === 4) return `${who(i)},SUPP,,`
      if (i === 2) return `${who(i)},NE,,`
      if (i === 5) return `${who(i)},NE,,`
      return l
    }).split('\n')
    // Clinic 3 had a value and clinic 7 none; clinics 90 and 91 were never heard of.
    const rows = lines.filter((l) => !/^C10[37],/.test(l))
    const text = [...rows, `${who(90)},40,80,200`, `${who(91)},SUPP,,`].join('\n')
    const path = writeFile('clinics-2024.csv', text)
    const told = { changed: 5, added: 2, gone: 2, withoutValue: 2 }

    const checked = await checkFiles(db, clinics, [path], { accept: 0, ...by, changes: true })
    expect(checked.files[0]?.changes).toMatchObject(told)
    expect(reportText(checked.files, 'text')).toContain(
      '5 changed (2 of them now suppressed or missing), 2 added, 2 gone, ',
    )
    const { drafts } = await importFiles(db, clinics, [path], { accept: 0, ...by })
    const would = await preview(db, clinics, drafts, by)
    expect(would.figures).toEqual({ new: 2, changed: 5, gone: 2 })
    expect(would.withoutValue).toBe(2)
    await publish(db, clinics, drafts, by)
    const reader = makeReader(db, clinics)
    const page = await reader.release(await reader.state(), 2)
    expect(page?.changeCount).toBe(9)
    expect(page?.changeKinds).toEqual(told)
  })

  it('is not told by kind of a correction whose statuses were not kept', async () => {
    await db.query('update release_change set before_status = null, after_status = null')
    const reader = makeReader(db, clinics)
    const page = await reader.release(await reader.state(), 2)
    expect([page?.changeCount, page?.changeKinds]).toEqual([9, null])
  })
})
