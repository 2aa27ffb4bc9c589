import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { handlersOf } from '../cli/start.ts'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import { enqueue } from '../jobs/kind.ts'
import { startJobs } from '../jobs/run.ts'
import { prepare } from '../publishing/testing.ts'
import { type ActKind, actKinds } from './act.ts'
import { append } from './append.ts'
import { keyFile } from './key.ts'
import { signing, signingDue, signJobs } from './sign.ts'
import { verifyStored } from './verify.ts'

describe.each(testDatabases())('signing by itself, on $kind', ({ open }) => {
  let db: Database
  let folder: string
  beforeAll(async () => {
    db = await prepare(await open())
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-sign-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  afterAll(() => db.close())

  const act = (kind: ActKind): Promise<number> =>
    db.transaction((tx) =>
      append(tx, [
        { act: kind, role: 'steward', subject: 'x:1', why: null, rule: 'A rule.', details: {} },
      ]),
    )
  const sign = (): Promise<void> => {
    const [job] = signJobs(db, { given: null, folder })
    return job?.work(null) ?? Promise.reject(new Error('nothing signs'))
  }
  const notes = async (): Promise<number> =>
    (await db.query('select 1 from record_checkpoint')).length

  it.each(actKinds)('covers an entry of %s', async (kind) => {
    const number = await act(kind)
    await sign()
    const found = await verifyStored(db)
    expect(found.fault).toBeNull()
    expect(found.signed).toBeGreaterThanOrEqual(number)
  })

  it('signs nothing where nothing was done since', async () => {
    await act('reply-given')
    await sign()
    const before = await notes()
    await sign()
    expect(await notes()).toBe(before)
  })

  it('says in public that the key cannot be used, and not where it lies', async () => {
    await act('reply-given')
    writeFileSync(join(folder, keyFile), 'no key')
    const failed = await sign().catch((error: Error) => error.message)
    expect(failed).toBe('The record was not signed: its key cannot be used.')
  })

  it('is among what a server does, every few minutes, and is done when it is asked for', async () => {
    const number = await act('signal-taken')
    const nobody = { db, carrier: null, keys: { given: null, folder } }
    const all = handlersOf({
      runStories: async () => null,
      settings: { address: null, webhooksPrivate: false },
      people: { secret: '' },
      uploads: { parts: null },
      reader: null,
      home: '',
      ...nobody,
    } as never)
    const mine = all.filter((h) => h.kind.name === signing.name)
    expect(mine.map((h) => h.due)).toEqual([signingDue])
    await db.transaction((tx) => enqueue(tx, signing, null))
    const failures: string[] = []
    const jobs = await startJobs(db, mine, (text) => failures.push(text))
    jobs.wake()
    await expect
      .poll(async () => (await verifyStored(db)).signed, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(number)
    await jobs.close()
    expect(failures).toEqual([])
  }, 30_000)
})
