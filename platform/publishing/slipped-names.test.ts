import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportText } from '../cli/report.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { checkFiles, importFiles } from './import.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'

const options = { accept: 0, by: 'a test' }

/** Forty clinics whose names are all those of the next. */
const slipped = (): string =>
  clinicRows((i, line) => line.replace(`Clinic ${i}`, `Clinic ${(i + 1) % 40}`))

describe.each(testDatabases())(
  'names that have slipped against their codes on $kind',
  ({ open }) => {
    let db: Database
    beforeAll(async () => {
      db = await prepare(await open())
      await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    })
    afterAll(() => db.close())

    it('takes a file whose names are known', async () => {
      const path = writeFile('clinics-2025.csv', clinicRows())
      const { files } = await checkFiles(db, clinics, [path], options)
      expect(files[0]?.report?.rules).toEqual([])
    })

    it('warns of one clinic with another name, and says both', async () => {
      const text = clinicRows((i, line) => (i === 7 ? line.replace('Clinic 7', 'Elm House') : line))
      const { files, accepted } = await checkFiles(
        db,
        clinics,
        [writeFile('clinics-2025.csv', text)],
        options,
      )
      expect(accepted).toBe(true)
      const lines = reportText(files, 'text').split('\n')
      expect(lines).toContain('  warn: 1 x name, column "name". The code is known by another name.')
      expect(lines).toContain('    line 9, "Elm House": C107 is known as “Clinic 7”.')
      const json = JSON.parse(reportText(files, 'json'))
      expect(json.files[0].read.rules[0].examples[0]).toEqual({
        line: 9,
        column: 'name',
        value: 'Elm House',
        sentence: 'C107 is known as “Clinic 7”.',
      })
      expect(reportText(files, 'html')).toContain('C107 is known as “Clinic 7”.')
    })

    it('refuses a file whose every name is its neighbour’s, and leaves no trace', async () => {
      const path = writeFile('clinics-2025.csv', slipped())
      const { files, accepted } = await importFiles(db, clinics, [path], options)
      expect(accepted).toBe(false)
      expect(files[0]).toMatchObject({
        outcome: 'refused',
        report: { rowsRead: 40, rowsAccepted: 40, rowsRefused: 0 },
        sentence:
          '40 names are not those of their codes: look whether a column has slipped. Nothing is imported unless --accept says how many may be.',
      })
      const rows = await db.query(`select 1 from release where file_name = 'clinics-2025.csv'`)
      expect(rows).toEqual([])
    })

    it('takes it when the steward accepts as many, and no fewer', async () => {
      const path = writeFile('clinics-2025.csv', slipped())
      const fewer = await importFiles(db, clinics, [path], { ...options, accept: 39 })
      expect(fewer.accepted).toBe(false)
      const { accepted, files } = await importFiles(db, clinics, [path], { ...options, accept: 40 })
      expect(accepted).toBe(true)
      expect(files[0]?.report?.rules[0]).toMatchObject({
        rule: 'name',
        severity: 'warn',
        count: 40,
      })
    })
  },
)
