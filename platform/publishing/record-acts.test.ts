import {
  checkInclusion,
  type Entry,
  fromHex,
  leafHash,
  newSigner,
  readEntry,
} from '@plumbline/record'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { giveAnswer } from '../desk/answer.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { makeCheckpoint } from '../record/checkpoint.ts'
import { verifyStored } from '../record/verify.ts'
import { changeProof, type JudgementChanges, judgementChanges } from '../standards/changes.ts'
import { type Standard, standardSchema } from '../standards/standard.ts'
import { importFiles } from './import.ts'
import { publish, withdraw } from './publish.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from './testing.ts'

const floor: Standard = standardSchema.parse({
  code: 'clinic-floor',
  name: 'Two in five are seen in time',
  kind: 'floor',
  service: 'clinic',
  setBy: 'The Office of Clinics',
  right: 'The Clinics Act gives it the right.',
  checkedBy: 'Nobody',
  indicator: 'seen-in-time',
  side: 'at least',
  threshold: { fixed: 60 },
  from: '2000',
  consequence: 'Nothing follows from it.',
  evidence: 'There is none for it.',
  source: 'Made up',
  review: '2040-12-31',
  steps: [{ state: 'adopted', on: '2001', by: 'The Minister', reason: 'To see what happens.' }],
})
const catalogueOf = (standard: Standard | null): Catalogue => ({
  ...clinics,
  standards: new Map(standard ? [[standard.code, standard]] : []),
})
const step = {
  state: 'superseded',
  on: '2024-12-31',
  by: 'The Minister',
  reason: 'Another takes its place.',
} as const

describe.each(testDatabases())('what is put on the record, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
  })
  afterAll(() => db.close())

  let seen = 0
  /** The entries since it was last asked. */
  async function fresh(): Promise<Entry[]> {
    const rows = await db.query<{ entry: string }>(
      'select entry from record_entry where number > $1 order by number',
      [seen],
    )
    seen += rows.length
    return rows.flatMap((r) => readEntry(r.entry) ?? [])
  }
  const acts = (entries: readonly Entry[]) => entries.map((e) => [e.act, e.subject])

  it('a first publication: its releases, its standards, and who is judged', async () => {
    const [first, second] = ['clinics-2023.csv', 'clinics-2024.csv'].map((name) =>
      writeFile(name, clinicRows()),
    )
    const options = { accept: 0, by: 'a test' }
    const one = await importFiles(db, clinics, [first ?? ''], options)
    const two = await importFiles(db, clinics, [second ?? ''], options)
    const drafts = [...one.drafts, ...two.drafts]
    await publish(db, catalogueOf(floor), drafts, { by: 'a test', reason: 'The first' })
    const entries = await fresh()
    expect(acts(entries)).toEqual([
      ...drafts.map((id) => ['release-published', `release:${id}`]),
      ['standard-adopted', 'standard:clinic-floor'],
      ['judgements-changed', 'standard:clinic-floor'],
    ])
    const [release, , adopted, judged] = entries
    expect(release).toMatchObject({
      by: { role: 'steward' },
      why: 'The first',
      details: { publication: 1, dataset: 'clinics', period: '2023', rows: 40, supersedes: null },
    })
    expect(release?.details.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(Object.keys(release?.sealed ?? {})).toEqual(['name'])
    expect(adopted).toMatchObject({
      by: { role: 'The Minister' },
      why: 'To see what happens.',
      rule: 'The Clinics Act gives it the right.',
      details: { state: 'adopted', since: '2001' },
    })
    expect(judged?.details).toMatchObject({ publication: 1, providers: 40 })
  })

  it('a correction: both releases, and only those judged otherwise, each of whom can be shown', async () => {
    const better = writeFile(
      'clinics-2024.csv',
      clinicRows((i, l) => (i === 1 ? 'C101,Clinic 1,town,99,198,200' : l)),
    )
    await importAndPublish(db, catalogueOf(floor), [better], { reason: 'A mistake' })
    const entries = await fresh()
    expect(acts(entries)).toEqual([
      ['release-published', 'release:3'],
      ['release-superseded', 'release:2'],
      ['judgements-changed', 'standard:clinic-floor'],
    ])
    expect(entries[0]?.details.supersedes).toBe(2)
    expect(entries[1]?.details.supersededBy).toBe(3)
    const judged = entries[2]
    expect(judged?.details).toMatchObject({
      providers: 1,
      changes: [{ before: 'not met', after: 'met', count: 1 }],
    })
    const [found] = await judgementChanges(db, 2, 'clinic-floor')
    expect(found?.of).toEqual([
      { code: 'C101', changes: [{ period: '2024', before: 'not met', after: 'met' }] },
    ])
  })

  it('one clinic of many is shown to be in the first list, and nothing else in its place', async () => {
    const [found] = await judgementChanges(db, 1, 'clinic-floor')
    const [row] = await db.query<{ entry: string }>(
      'select entry from record_entry where number = 4',
    )
    const root = fromHex(String(readEntry(row?.entry ?? '')?.details.root)) ?? new Uint8Array()
    const index = 17
    const proof = changeProof(found as JudgementChanges, index)
    const leaf = leafHash(
      '{"changes":[{"after":"met","before":null,"period":"2023"},{"after":"met","before":null,"period":"2024"}],"code":"C117"}',
    )
    expect(checkInclusion({ index, size: 40, leaf, root, proof })).toBe(true)
    const other = leafHash('{"changes":[],"code":"C117"}')
    expect(checkInclusion({ index, size: 40, leaf: other, root, proof })).toBe(false)
  })

  it('a withdrawal, and nothing of judgements that stay', async () => {
    await withdraw(db, catalogueOf(floor), 1, {
      by: 'A. Steward',
      reason: 'The source took it back',
    })
    const entries = await fresh()
    expect(acts(entries)).toEqual([
      ['release-withdrawn', 'release:1'],
      ['judgements-changed', 'standard:clinic-floor'],
    ])
    expect(entries[0]?.why).toBe('The source took it back')
    expect(entries[1]?.details).toMatchObject({ providers: 40 })
    expect(JSON.stringify(entries)).not.toContain('A. Steward')
    const names = await db.query('select value from record_personal where number = $1', [
      entries[0]?.number,
    ])
    expect(names).toEqual([{ value: 'A. Steward' }])
  })

  it('a standard that is changed, superseded, dropped', async () => {
    const next = (year: number) => [
      writeFile(
        `clinics-${year}.csv`,
        clinicRows((i, l) => (i === 0 ? l.replace('Clinic 0', `Clinic ${year}`) : l)),
      ),
    ]
    const renamed = { ...floor, name: 'Three in five are seen in time' }
    await importAndPublish(db, catalogueOf(renamed), next(2025))
    expect(acts(await fresh())).toContainEqual(['standard-changed', 'standard:clinic-floor'])
    const over = standardSchema.parse({ ...renamed, steps: [...renamed.steps, step] })
    await importAndPublish(db, catalogueOf(over), next(2026))
    const ended = (await fresh()).find((e) => e.act === 'standard-ended')
    expect(ended).toMatchObject({ by: { role: 'The Minister' }, why: 'Another takes its place.' })
    await importAndPublish(db, catalogueOf(null), next(2027))
    const gone = (await fresh()).find((e) => e.act === 'standard-ended')
    expect(gone).toMatchObject({ details: { state: 'gone', definition: null } })
  })

  it('an answer to a signal, without the words themselves', async () => {
    const [signal] = await db.query<{ rule: string; about: string; body: string }>(
      `select rule, about, body from signal where body <> '[]'
         and publication = (select max(id) from publication) limit 1`,
    )
    const [first] = JSON.parse(signal?.body ?? '[]')
    const [subject] = await db.query<{ code: string }>('select code from subject where id = $1', [
      first?.subject,
    ])
    const key = `${signal?.rule}:${subject?.code ?? ''}:${signal?.about}:${first?.period}`
    const text = 'It flooded, and A. Head was ill.'
    const asked = {
      signal: key,
      kind: 'explain',
      text,
      role: 'head',
      name: 'A. Head',
      givenOn: '2024-01-01',
    }
    const id = await giveAnswer(db, asked)
    const [entry] = await fresh()
    expect(entry).toMatchObject({
      act: 'signal-answered',
      subject: `signal:${key}`,
      by: { role: 'head' },
      why: null,
      details: { answer: id, kind: 'explain' },
    })
    expect(JSON.stringify(entry)).not.toContain('A. Head')
    await expect(giveAnswer(db, { ...asked, signal: 'none:X:y:z' })).rejects.toThrow()
    await expect(giveAnswer(db, { ...asked, text: 'half \ud800 a character' })).rejects.toThrow(
      'halves',
    )
    expect(await fresh()).toEqual([])
  })

  it('nothing of a publication that failed, and all of it fits', async () => {
    const before = await verifyStored(db)
    await expect(publish(db, catalogueOf(floor), [999], { by: 'x', reason: 'y' })).rejects.toThrow()
    expect(await verifyStored(db)).toEqual(before)
    expect(before).toMatchObject({ fault: null, entries: seen })
    expect(await makeCheckpoint(db, newSigner('example.org/record'))).toBe(seen + 1)
  })
})
