import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { header as visitsHeader } from '../disclosure/random-visits.ts'
import { visitsCatalogue } from '../disclosure/testing.ts'
import { draftCaveat } from '../evidence/draft-indicator.ts'
import { makeReader } from '../reader.ts'
import { checkFiles, importFiles } from './import.ts'
import { publish, withdraw } from './publish.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'
import { withdrawnDrafts } from './warnings.ts'

const options = { accept: 0, by: 'a test' }

describe.each(testDatabases())(
  'what is worth a look before a file is published, on $kind',
  ({ open }) => {
    let db: Database
    beforeAll(async () => {
      db = await prepare(await open())
    })
    afterAll(() => db.close())
    beforeEach(async () => {
      await db.query('truncate publication, release, subject, indicator cascade')
      for (const table of ['listing', 'sheet', 'comparison_series', 'peer_group']) {
        await db.query(`truncate ${table} cascade`)
      }
    })

    it('lists all that a draft leaves open at once, with where it stands', async () => {
      const [indicator] = clinics.indicators.values()
      const drafted = {
        ...clinics,
        descriptors: clinics.descriptors.map((d) => ({
          ...d,
          title: 'clinics (draft)',
          publisher: 'Decide: who publishes it',
          source: 'https://example.org/decide',
          notes: ['Decide: what "SUPP" means.', 'A row is told by "code".'],
          indicators: indicator
            ? [{ ...indicator, topic: 'Decide: the topic', caveats: [draftCaveat] }]
            : [],
        })),
      }
      const path = writeFile('clinics-2024.csv', clinicRows())
      const { files } = await importFiles(db, drafted, [path], options)
      expect(files[0]?.sentence).toContain('5 things are left to decide.')
      const where = [
        'title: “clinics (draft)”',
        'publisher: “Decide: who publishes it”',
        'source: “https://example.org/decide”',
        'indicators[0].topic: “Decide: the topic”',
        'notes[0]: “Decide: what "SUPP" means.”',
      ]
      const checked = await checkFiles(db, drafted, [path], options)
      const [open] = checked.files[0]?.report?.rules ?? []
      expect(open).toMatchObject({ rule: 'undecided', severity: 'warn' })
      for (const one of where) {
        expect(files[0]?.sentence).toContain(one)
        expect(open?.sentence).toContain(one)
      }
    })

    it('warns of a finished descriptor that keeps the caveat of a draft, and takes its file', async () => {
      const finished = {
        ...clinics,
        descriptors: clinics.descriptors.map((d) => ({
          ...d,
          indicators: [...clinics.indicators.values()].map((i) => ({
            ...i,
            caveats: [draftCaveat],
          })),
        })),
      }
      const path = writeFile('clinics-2024.csv', clinicRows())
      const { files, accepted } = await checkFiles(db, finished, [path], options)
      expect(accepted).toBe(true)
      expect(files[0]?.report?.rules).toMatchObject([{ rule: 'drafted', severity: 'warn' }])
      expect(files[0]?.report?.rules[0]?.sentence).toContain('seen-in-time')
      expect((await importFiles(db, finished, [path], options)).accepted).toBe(true)
    })

    it('says of the very file that was withdrawn when that was and why, and takes it', async () => {
      const path = writeFile('clinics-2024.csv', clinicRows())
      await importAndPublish(db, clinics, [path])
      await withdraw(db, clinics, 1, { by: 'a test', reason: 'the source took it back' })
      const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
      const sentence = `The same file was withdrawn on ${day.format(new Date())} (release 1) because: “the source took it back”.`
      const warned = [{ rule: 'withdrawn', severity: 'warn', count: 1, sentence }]
      const checked = await checkFiles(db, clinics, [path], options)
      expect(checked.files[0]?.report?.rules).toMatchObject(warned)
      const again = await importFiles(db, clinics, [path], options)
      expect(again.accepted).toBe(true)
      expect(again.files[0]?.report?.rules).toMatchObject(warned)
      expect(await withdrawnDrafts(db, again.drafts)).toEqual([
        `Draft ${again.drafts[0]}, clinics-2024.csv: ${sentence}`,
      ])
      // Another file of the same year is not it.
      const other = writeFile('clinics-2024.csv', clinicRows().replace(',50,100,', ',51,102,'))
      expect((await checkFiles(db, clinics, [other], options)).files[0]?.report?.rules).toEqual([])
      await publish(db, clinics, again.drafts, { by: 'a test', reason: 'it was right after all' })
      const reader = makeReader(db, clinics)
      const page = await reader.release(await reader.state(), again.drafts[0] ?? 0)
      expect(page?.checks).toMatchObject(warned)
    })

    it('tells nobody who may not know it that a file whose small counts are hidden is the one that was withdrawn', async () => {
      const rows = ['W1,ward,D0,,,,3,200', 'W2,ward,D0,,,,30,90', 'W3,ward,D0,,,,7,80']
      const path = writeFile('visits-2024.csv', [visitsHeader, ...rows].join('\n'))
      const { drafts } = await importAndPublish(db, visitsCatalogue, [path])
      await withdraw(db, visitsCatalogue, drafts[0] ?? 0, { by: 'a test', reason: 'too early' })
      const rules = async (unnamed: boolean) => {
        const { files } = await checkFiles(db, visitsCatalogue, [path], { ...options, unnamed })
        return files[0]?.report?.rules.map((r) => r.rule)
      }
      expect(await rules(false)).toContain('withdrawn')
      expect(await rules(true)).not.toContain('withdrawn')
      const again = await importAndPublish(db, visitsCatalogue, [path])
      expect(again.files[0]?.report?.rules.map((r) => r.rule)).toContain('withdrawn')
      const reader = makeReader(db, visitsCatalogue)
      const page = await reader.release(await reader.state(), again.drafts[0] ?? 0)
      expect(page?.checks.map((c) => c.rule)).not.toContain('withdrawn')
    })
  },
)
