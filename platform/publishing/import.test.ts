import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileLines } from '../cli/report.ts'
import { makeVerbs } from '../cli/verbs.ts'
import { type ProgressEvent, runVerb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { makeReader } from '../reader.ts'
import { checkFiles, importFiles } from './import.ts'
import type { ImportedFile } from './imported.ts'
import { publish, withdraw } from './publish.ts'
import { clinicRows, clinics, header, importAndPublish, prepare, writeFile } from './testing.ts'

const options = { accept: 0, by: 'a test' }

describe.each(testDatabases())('importing and publishing on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query(
      'truncate subject, subject_alias, indicator, publication, release, refused_row, description, boundary, observation_series, listing, sheet, comparison_series, peer_group, release_change cascade',
    )
  })
  const count = async (table: string): Promise<number> =>
    (await db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? -1

  it.each([
    ['a cell that is no number', 'C107,Clinic 7,town,often,10,200', 'number', 'seen'],
    ['a code of another shape', 'X7,Clinic 7,town,50,100,200', 'pattern', 'code'],
    ['an empty code', ',Clinic 7,town,50,100,200', 'required', 'code'],
    ['a percentage above 100', 'C107,Clinic 7,town,150,100,200', 'percentage', 'seen'],
    ['a part larger than the whole', 'C107,Clinic 7,town,50,300,200', 'counts', 'seen'],
    ['too many cells', 'C107,Clinic 7,town,50,100,200,1', 'columns', null],
    ['too few cells', 'C107,Clinic 7,town', 'columns', null],
    ['a subject that stands twice', 'C106,Clinic 6,town,50,100,200', 'duplicate', 'seen'],
    ['a count below 0', 'C107,Clinic 7,town,50,100,-5', 'minimum', 'visitors'],
  ])('%s refuses the file with its line and leaves no trace', async (_, bad, rule, column) => {
    const path = writeFile(
      'clinics-2024.csv',
      clinicRows((i, line) => (i === 7 ? bad : line)),
    )
    const { files, accepted } = await importFiles(db, clinics, [path], options)
    expect(accepted).toBe(false)
    const report = files[0]?.report
    expect(report?.rowsRead).toBe(40)
    expect(report?.rowsRefused).toBe(1)
    expect(report?.rowsAccepted).toBe(39)
    const found = report?.rules.find((r) => r.severity === 'refuse')
    expect(found?.rule).toBe(rule)
    expect(found?.examples[0]).toMatchObject({ line: 9, column })
    for (const table of ['release', 'subject', 'observation_series', 'description', 'listing']) {
      expect(await count(table)).toBe(0)
    }
  })

  it('takes the rest when the steward accepts the refused row, and keeps it', async () => {
    const text = clinicRows((i, line) => (i === 7 ? 'C107,Clinic 7,town,often,10,200' : line))
    const path = writeFile('clinics-2024.csv', text)
    const result = await importAndPublish(db, clinics, [path], { accept: 1 })
    expect(result.accepted).toBe(true)
    expect(await count('sheet')).toBe(39)
    const [refused] = await db.query<{ line: number; cells: string[] }>(
      'select line, cells from refused_row',
    )
    expect(refused).toMatchObject({ line: 9 })
    expect(refused?.cells[3]).toBe('often')
  })

  it('reads packed, with a byte-order mark, quoted newlines and thousands separators', async () => {
    const text = `\uFEFF${header}\r\nC1,"Clinic\r\nOne",town,50%,"1,000","2,000"\r\nC2,Two,town,SUPP,,\r\nC3,Three,town,NE,,\r\nC4,Four,town,,,\r\nC5,Five,town,0,0,10\r\n`
    const path = writeFile('clinics-2024.csv.gz', gzipSync(text))
    await importAndPublish(db, clinics, [path])
    const reader = makeReader(db, clinics)
    const state = await reader.state()
    const of = async (code: string) =>
      (await reader.subject(state, code))?.series[0]?.figures[0] as {
        status: string
        value: number
      }
    expect(await of('C1')).toMatchObject({ status: 'value', value: 50, numerator: 1000 })
    expect(await of('C2')).toMatchObject({ status: 'suppressed', value: null })
    expect(await of('C3')).toMatchObject({ status: 'not-applicable', value: null })
    expect(await of('C4')).toMatchObject({ status: 'missing', value: null })
    expect(await of('C5')).toMatchObject({ status: 'value', value: 0 })
  })

  it('refuses text that is not UTF-8 with a sentence', async () => {
    const path = writeFile(
      'clinics-2024.csv',
      Buffer.from(`${header}\nC1,Caf\xe9,town,5,1,20\n`, 'latin1'),
    )
    const { files } = await checkFiles(db, clinics, [path], options)
    expect(files[0]?.sentence).toContain('windows-1252')
  })

  it.each([
    ['a header without an end', gzipSync(','.repeat(8 << 20)), 'A row never ends'],
    ['bytes that are packed wrongly', gzipSync(clinicRows()).subarray(0, 60), 'unexpected end'],
  ])('refuses a file of %s and names it, among others', async (_what, bytes, sentence) => {
    const good = writeFile('clinics-2024.csv', clinicRows())
    const bad = writeFile('clinics-2025.csv.gz', bytes)
    const { files } = await checkFiles(db, clinics, [dirname(bad), good], options)
    expect(files.map((f) => f.outcome).sort()).toEqual(['draft', 'refused'])
    expect(files.find((f) => f.path === bad)?.sentence).toContain(sentence)
  })

  it('checks without storing anything', async () => {
    const path = writeFile('clinics-2024.csv', clinicRows())
    const { files, accepted } = await checkFiles(db, clinics, [path], options)
    expect(accepted).toBe(true)
    expect(files[0]?.report?.observations).toBe(40)
    expect(await count('release')).toBe(0)
  })

  it('publishing the same bytes twice is a no-op that says so', async () => {
    const path = writeFile('clinics-2024.csv', clinicRows())
    await importAndPublish(db, clinics, [path])
    const again = await importAndPublish(db, clinics, [path])
    expect(again.files[0]).toMatchObject({ outcome: 'same' })
    expect(again.files[0]?.sentence).toContain('published already')
    expect(await count('publication')).toBe(1)
  })

  it('refuses a file whose descriptor is a draft that nobody has finished', async () => {
    const drafted = {
      ...clinics,
      descriptors: clinics.descriptors.map((d) => ({
        ...d,
        publisher: 'Decide: who publishes it',
      })),
    }
    const path = writeFile('clinics-2024.csv', clinicRows())
    const { files, accepted } = await importFiles(db, drafted, [path], options)
    expect(accepted).toBe(false)
    expect(files[0]?.sentence).toContain('Decide: who publishes it')
    expect(await count('release')).toBe(0)
  })

  it('the same bytes under a name that says another year are another release', async () => {
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const next = await importAndPublish(db, clinics, [writeFile('clinics-2025.csv', clinicRows())])
    expect(next.files).toMatchObject([{ outcome: 'draft', report: { period: '2025' } }])
    const again = await importAndPublish(db, clinics, [writeFile('clinics-2025.csv', clinicRows())])
    expect(again.files).toMatchObject([{ outcome: 'same', release: 2 }])
  })

  it('a database that fails is no fault of the file: nothing is refused, and nothing kept', async () => {
    const full: Database = new Proxy(db, {
      get(target, member) {
        if (member !== 'query') {
          const found = Reflect.get(target, member)
          return typeof found === 'function' ? found.bind(target) : found
        }
        return (sql: string, parameters?: readonly unknown[]) =>
          sql.includes('insert into observation_series')
            ? Promise.reject(Object.assign(new Error('disk full'), { code: '53100' }))
            : db.query(sql, parameters)
      },
    })
    const path = writeFile('clinics-2024.csv', clinicRows())
    await expect(importFiles(full, clinics, [path], options)).rejects.toThrow('disk full')
    expect(await count('release')).toBe(0)
  })

  it('of two imports of the same bytes at once one publishes, and the other says so', async () => {
    const path = writeFile('clinics-2024.csv', clinicRows())
    const verbs = makeVerbs(clinics)
    const run = async (): Promise<string> => {
      const said: string[] = []
      const emit = (event: ProgressEvent): void => {
        if (event.kind === 'line') said.push(event.text)
      }
      await runVerb(verbs, 'import', [path], { db, cwd: '/' }, emit)
      return said.join('\n')
    }
    const both = await Promise.all([run(), run()])
    expect(both.filter((text) => text.includes('Published 1 release'))).toHaveLength(1)
    expect(both.filter((text) => text.includes('published already'))).toHaveLength(1)
    expect(await count('release')).toBe(1)
  })

  it('a corrected file supersedes, tells what changed, and the past can still be shown', async () => {
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const reader = makeReader(db, clinics)
    const before = await reader.state()
    const corrected = clinicRows((i, l) => (i === 3 ? 'C103,Clinic 3,town,90,180,200' : l))
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', corrected)])
    const now = await reader.state()
    const page = await reader.release(now, 2)
    expect(page?.changeCount).toBe(1)
    expect(page?.changes[0]).toMatchObject({ subject: 'C103', before: 53, after: 90 })
    expect((await reader.release(now, 1))?.release).toMatchObject({
      status: 'superseded',
      supersededBy: 2,
    })
    const value = async (state: typeof now) =>
      (await reader.subject(state, 'C103'))?.series[0]?.figures[0]?.value
    expect(await value(now)).toBe(90)
    expect(await value(before)).toBe(53)
    expect((await reader.state(before.at ?? '')).publication).toBe(1)
    expect((await reader.release(before, 1))?.release.status).toBe('published')
  })

  it('a correction of counts alone is a change, though the share is the same', async () => {
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const corrected = clinicRows((i, l) => (i === 3 ? 'C103,Clinic 3,town,53,53,100' : l))
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', corrected)])
    const reader = makeReader(db, clinics)
    const page = await reader.release(await reader.state(), 2)
    expect(page?.changes).toMatchObject([{ subject: 'C103', before: 53, after: 53 }])
  })

  it('a correction says why there is no figure any more, or was none before', async () => {
    const without = ['SUPP', '', 'NE'].map((code, i) => `C10${i},Clinic ${i},town,${code},,`)
    const first = clinicRows((i, l) => (i < 3 ? (without[i] as string) : l))
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', first)])
    const next = clinicRows((i, l) => {
      if (i === 4) return 'C104,Clinic 4,town,SUPP,,200'
      if (i === 5) return 'C905,Clinic 5,town,50,100,200'
      return i === 0 ? 'C100,Clinic 0,town,SUPP,,300' : l
    })
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', next)])
    const reader = makeReader(db, clinics)
    const state = await reader.state()
    const found = await reader.release(state, 2)
    const told = found?.changes.map((c) => [
      c.subject,
      c.beforeStatus,
      c.before,
      c.afterStatus,
      c.after,
    ])
    // Of how many people a figure is that is suppressed in both is nobody's news.
    expect(told).toEqual([
      ['C101', 'missing', null, 'value', 51],
      ['C102', 'not-applicable', null, 'value', 52],
      ['C104', 'value', 54, 'suppressed', null],
      ['C105', 'value', 55, 'absent', null],
      ['C905', 'absent', null, 'value', 50],
    ])
    await db.query('update release_change set before_status = null, after_status = null')
    const older = await reader.release(state, 2)
    expect(older?.changes.map((c) => [c.beforeStatus, c.afterStatus])).toEqual([
      [null, 'value'],
      [null, 'value'],
      ['value', null],
      ['value', null],
      [null, 'value'],
    ])
  })

  it('a withdrawn release shows nothing any more, and its page says why it is gone', async () => {
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    await withdraw(db, clinics, 1, { by: 'a test', reason: 'the source took it back' })
    const reader = makeReader(db, clinics)
    const state = await reader.state()
    expect((await reader.subject(state, 'C103'))?.series ?? []).toEqual([])
    expect((await reader.release(state, 1))?.release.status).toBe('withdrawn')
    expect(await reader.indicatorPage(state, 'seen-in-time', {})).toBeNull()
    const ended = await reader.ended(state, 'C103')
    expect(ended).toMatchObject({ kind: 'provider', name: 'Clinic 3' })
    const before = await reader.state(ended?.last)
    expect((await reader.subject(before, 'C103'))?.name).toBe('Clinic 3')
    expect(await reader.ended(before, 'C103')).toBeNull()
    expect(await reader.ended(state, 'C999')).toBeNull()
  })

  it('nobody sees what a publication that died left behind, and the next one clears it', async () => {
    const result = await importFiles(
      db,
      clinics,
      [writeFile('clinics-2024.csv', clinicRows())],
      options,
    )
    await db.query(
      `insert into sheet (subject_id, dataset, publication, body)
       select id, 'clinics', 1, '{"i":"seen-in-time","b":"","w":null,"f":[["2024",1,0,1]]}' from subject`,
    )
    const reader = makeReader(db, clinics)
    expect((await reader.state()).publication).toBe(0)
    expect(await reader.subject(await reader.state(), 'C103')).toBeNull()
    await publish(db, clinics, result.drafts, { by: 'a test', reason: 'again' })
    const figure = (await reader.subject(await reader.state(), 'C103'))?.series[0]?.figures[0]
    expect(figure?.value).toBe(53)
  })

  it('keeps the drafts of one import together, in the place of those of the same bytes', async () => {
    const paths = ['2023', '2024'].map((y) => writeFile(`clinics-${y}.csv`, clinicRows()))
    const first = await importFiles(db, clinics, paths.slice(1), options)
    const { drafts, files } = await importFiles(db, clinics, paths, options)
    const kept = await db.query<{ id: number }>(`select id from release order by id`)
    expect(kept.map(({ id }) => id)).toEqual(drafts)
    const of = (year: string) => files.find((f) => f.report?.period === year) as ImportedFile
    const sentence = `It takes the place of draft ${first.drafts}, which was not published.`
    expect([of('2023').sentence, of('2024').sentence]).toEqual([null, sentence])
    expect(fileLines(of('2024'), false).at(-1)).toContain(sentence)
    await expect(publish(db, clinics, first.drafts, { by: 'a test', reason: '' })).rejects.toThrow(
      `There is no draft ${first.drafts}.`,
    )
    expect(await count('publication')).toBe(0)
  })

  it('compares by the interval of the difference, at 95% and at 99.8%', async () => {
    await importAndPublish(db, clinics, [writeFile('clinics-2024.csv', clinicRows())])
    const reader = makeReader(db, clinics)
    const state = await reader.state()
    const page = await reader.indicatorPage(state, 'seen-in-time', { size: 50 })
    const direction = new Map(page?.rows.map((r) => [r.code, r.direction]))
    expect(direction.get('C100')).toBe(-2) // 50% against 69.5%
    expect(direction.get('C139')).toBe(2) // 89%
    expect(direction.get('C119')).toBe(0) // 69%
    expect(page?.summary.whole).toMatchObject({ origin: 'pooled', value: 69.5 })
    const peers = await reader.peers(state, 'C100')
    expect(peers).toHaveLength(30)
    expect(peers.map((p) => p.code)).not.toContain('C100')
  })
})
