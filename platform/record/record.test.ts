import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FaultKind, newSigner, readEntry, type Signer } from '@plumbline/record'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database, Queries } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { prepare } from '../publishing/testing.ts'
import type { RecordedAct } from './act.ts'
import { append } from './append.ts'
import { makeCheckpoint, signHead } from './checkpoint.ts'
import { erasePersonal, NothingToErase } from './erase.ts'
import { keyFile, signerAt, WrongKey } from './key.ts'
import { verifyStored } from './verify.ts'

const act = (i: number, personal?: Record<string, string>): RecordedAct => ({
  act: 'release-published',
  role: 'steward',
  subject: `release:${i}`,
  why: `“Because” of ${i}, \\ and \u2028`,
  rule: 'A rule.',
  details: { publication: i, list: [1, null, 'x'] },
  ...(personal ? { personal } : {}),
})

const signer: Signer = newSigner('example.org/record')

describe.each(testDatabases())('the record, on $kind', ({ open }) => {
  let db: Database
  beforeEach(async () => {
    db = await prepare(await open())
  })
  afterEach(() => db.close())

  const add = (...acts: RecordedAct[]) => db.transaction((tx) => append(tx, acts))
  const texts = async (): Promise<string[]> =>
    (await db.query<{ entry: string }>('select entry from record_entry order by number')).map(
      (r) => r.entry,
    )

  it('is empty, and fits, before anything was done', async () => {
    expect(await verifyStored(db)).toMatchObject({ entries: 0, checkpoints: 0, fault: null })
    expect(await makeCheckpoint(db, signer)).toBe(0)
  })

  it('numbers what is appended, one by one or many at once, and fits', async () => {
    expect(await add(act(1))).toBe(1)
    expect(await add(act(2), act(3), act(4))).toBe(2)
    expect(await add()).toBe(5)
    expect(await add(act(5))).toBe(5)
    const entries = (await texts()).map(readEntry)
    expect(entries.map((e) => e?.number)).toEqual([1, 2, 3, 4, 5])
    expect(entries[2]).toMatchObject({
      subject: 'release:3',
      why: act(3).why,
      by: { role: 'steward' },
    })
    const moments = entries.map((e) => e?.at ?? '')
    expect(moments).toEqual([...moments].sort())
    expect(await verifyStored(db)).toMatchObject({ entries: 5, fault: null })
  })

  it('holds an act exactly if it was done', async () => {
    const failed = db.transaction(async (tx) => {
      await append(tx, [act(1, { name: 'A. Head' })])
      throw new Error('Not done after all.')
    })
    await expect(failed).rejects.toThrow('Not done')
    expect(await texts()).toEqual([])
    await add(act(2))
    expect(await verifyStored(db)).toMatchObject({ entries: 1, fault: null })
  })

  it('never forks, whoever appends at the same time', async () => {
    const many = Array.from({ length: 40 }, (_, i) => add(act(i), act(i + 100)))
    const firsts = await Promise.all(many)
    expect(firsts.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => 1 + 2 * i))
    expect(await verifyStored(db)).toMatchObject({ entries: 80, fault: null })
  })

  it('is signed when it has grown, by a key that it names first', async () => {
    await add(act(1))
    expect(await makeCheckpoint(db, signer)).toBe(2)
    expect(await makeCheckpoint(db, signer)).toBe(2)
    expect(readEntry((await texts())[1] ?? '')).toMatchObject({
      act: 'key-used',
      details: { key: signer.verifier.text },
    })
    await add(act(2))
    expect(await makeCheckpoint(db, signer)).toBe(3)
    const other = newSigner('example.org/record')
    await add(act(3))
    expect(await makeCheckpoint(db, other)).toBe(5)
    const found = await verifyStored(db)
    expect(found).toMatchObject({ entries: 5, checkpoints: 3, signed: 5, fault: null })
    const stored = JSON.stringify(await db.query('select * from record_key, record_checkpoint'))
    expect(stored).not.toContain(signer.text)
    expect(stored).not.toContain('PRIVATE')
  })

  it('can be erased of what is personal, and still fits', async () => {
    await add(act(1, { name: 'A. Head', why: 'The roof fell in on A. Head.' }), act(2))
    await makeCheckpoint(db, signer)
    expect((await texts())[0]).not.toContain('Head')
    expect(await erasePersonal(db, 1, 'name', 'Its owner asked.')).toBe(4)
    expect(await db.query('select name from record_personal')).toEqual([{ name: 'why' }])
    expect(readEntry((await texts())[3] ?? '')).toMatchObject({
      act: 'part-erased',
      subject: 'entry:1',
      details: { part: 'name' },
    })
    expect(await verifyStored(db)).toMatchObject({ entries: 4, fault: null })
    await expect(erasePersonal(db, 1, 'name', 'Again.')).rejects.toThrow(NothingToErase)
    await expect(erasePersonal(db, 2, 'name', 'There is none.')).rejects.toThrow(NothingToErase)
    expect(await verifyStored(db)).toMatchObject({ entries: 4, fault: null })
  })
})

describe.each(testDatabases())('six entries and a checkpoint of four, on $kind', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await prepare(await open())
    const add = (...acts: RecordedAct[]) => db.transaction((tx) => append(tx, acts))
    await add(act(1, { name: 'A. Head' }), act(2), act(3))
    await makeCheckpoint(db, signer)
    await add(act(4), act(5))
  })
  afterAll(() => db.close())

  /** Does something behind the triggers, sees what is found, and takes it all back. */
  async function behind(use: (tx: Queries) => Promise<void>): Promise<void> {
    const done = new Error('Seen.')
    const work = db.transaction(async (tx) => {
      await tx.query(`set local session_replication_role = replica`)
      await use(tx)
      throw done
    })
    await expect(work).rejects.toBe(done)
  }

  it.each([
    `update record_entry set subject = 'x' where number = 2`,
    'delete from record_entry where number = 6',
    'truncate record_entry cascade',
    `update record_checkpoint set note = ''`,
    'delete from record_checkpoint',
    'truncate record_checkpoint',
    'delete from record_key',
    `update record_key set verifier = ''`,
    'truncate record_key',
    `update record_personal set value = 'B. Head'`,
    'truncate record_personal',
    'update record_head set size = size - 1',
    'update record_head set last_at = now()',
    'delete from record_head',
    'truncate record_head',
  ])('refuses %s', async (statement) => {
    await expect(db.query(statement)).rejects.toThrow(
      /The record (is only ever added to|only grows)/,
    )
    expect(await verifyStored(db)).toMatchObject({ entries: 6, fault: null })
  })

  const entry = (n: number, from: string, to: string): string =>
    `update record_entry set entry = replace(entry, '${from}', '${to}') where number = ${n}`
  const copy = (n: number, as: number): string =>
    `insert into record_entry select ${as}, recorded_at, act, subject, entry, hashes
       from record_entry where number = ${n}`
  const renumber = (n: number, as: number): string =>
    `update record_entry set number = ${as} where number = ${n}`

  it.each<[what: string, statements: string[], how: FaultKind, number: number]>([
    ['alters an entry', [entry(2, 'steward', 'citizen')], 'altered', 2],
    ['alters the last entry', [entry(6, 'steward', 'citizen')], 'altered', 6],
    [
      'alters a hash',
      [`update record_entry set hashes = entry::bytea where number = 3`],
      'altered',
      3,
    ],
    ['alters what is personal', [`update record_personal set value = 'B. Head'`], 'altered', 1],
    [
      'removes the first entry',
      ['delete from record_personal', 'delete from record_entry where number = 1'],
      'removed',
      1,
    ],
    ['removes an entry', ['delete from record_entry where number = 3'], 'removed', 3],
    ['removes the last entry', ['delete from record_entry where number = 6'], 'truncated', 6],
    [
      'removes the last entries, and sets the head back',
      ['delete from record_entry where number > 3', 'update record_head set size = 3'],
      'truncated',
      4,
    ],
    ['inserts an entry at the end', [copy(2, 7)], 'inserted', 2],
    [
      'inserts a new text at the end',
      [copy(6, 7), entry(7, '"number":6', '"number":7')],
      'inserted',
      6,
    ],
    ['moves entries', [renumber(5, 99), renumber(6, 5), renumber(99, 6)], 'reordered', 5],
    [
      'forges a checkpoint',
      [`update record_checkpoint set note = replace(note, 'e', 'f')`],
      'unsigned',
      4,
    ],
    ['removes the key', ['delete from record_key'], 'unsigned', 4],
    ['sets the head back', ['update record_head set size = 5'], 'forked', 6],
    [
      'spoils the head',
      [`update record_head set frontier = decode(repeat('ab', 64), 'hex')`],
      'forked',
      6,
    ],
    ['empties it', ['delete from record_personal', 'delete from record_entry'], 'truncated', 1],
  ])('finds whoever, behind the triggers, %s', async (_, statements, how, number) => {
    await behind(async (tx) => {
      for (const statement of statements) await tx.query(statement)
      const { fault } = await verifyStored(tx)
      expect(fault).toMatchObject({ how, number })
      expect(fault?.sentence).toMatch(/\d/)
    })
  })

  it('finds whoever writes all of it anew, by a checkpoint that was kept elsewhere', async () => {
    const [kept] = await db.query<{ note: string }>('select note from record_checkpoint')
    await behind(async (tx) => {
      for (const table of ['personal', 'entry', 'checkpoint', 'key']) {
        await tx.query(`delete from record_${table}`)
      }
      await tx.query(`update record_head set size = 0, last = '', frontier = ''`)
      await append(tx, [act(1), act(2), act(3), act(4)])
      await signHead(tx, signer)
      expect(await verifyStored(tx)).toMatchObject({ entries: 5, fault: null })
      const found = await verifyStored(tx, { known: [kept?.note ?? ''] })
      expect(found.fault).toMatchObject({ how: 'forked', number: 1, until: 4 })
    })
  })

  it('can only be added to by a role that has no more rights', async () => {
    await behind(async (tx) => {
      await tx.query('create role record_writer')
      await tx.query('grant select, insert on record_entry to record_writer')
      await tx.query('set local role record_writer')
      await tx.query('savepoint before')
      for (const [statement, refusal] of [
        ['delete from record_entry', 'permission denied'],
        ['alter table record_entry disable trigger all', 'must be owner'],
        ['set local session_replication_role = replica', 'permission denied'],
      ] as const) {
        await expect(tx.query(statement)).rejects.toThrow(refusal)
        await tx.query('rollback to savepoint before')
      }
    })
  })
})

describe('the key', () => {
  let folder: string
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'plumbline-key-')), 'data')
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

  it('is made at first need, for its owner alone, and then stays', () => {
    const made = signerAt({ given: null, folder })
    expect(statSync(join(folder, keyFile)).mode & 0o777).toBe(0o600)
    expect(signerAt({ given: null, folder }).text).toBe(made.text)
    expect(readFileSync(join(folder, keyFile), 'utf8')).toBe(`${made.text}\n`)
  })

  it('is the one that is set, and then no file is made', () => {
    expect(signerAt({ given: signer.text, folder }).verifier.text).toBe(signer.verifier.text)
    expect(existsSync(folder)).toBe(false)
  })

  it('is refused where it is none, without being told', () => {
    expect(() => signerAt({ given: 'secret', folder })).toThrow(WrongKey)
    signerAt({ given: null, folder })
    writeFileSync(join(folder, keyFile), 'secret')
    expect(() => signerAt({ given: null, folder })).toThrow(/record-key holds no key/)
    expect(() => signerAt({ given: null, folder })).not.toThrow(/secret/)
  })
})
