import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import { testDatabases } from './testing.ts'

it('a folder that cannot be opened is refused with its path', async () => {
  const file = fileURLToPath(import.meta.url)
  const opening = openDatabase({ kind: 'pglite', folder: file })
  await expect(opening).rejects.toThrow(`The database in ${file} could not be opened: `)
})

describe.each(testDatabases())('a database on $kind', ({ open, kind }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await db.query('create table count (n int not null)')
    await db.query('create table ledger (who text, at bigint generated always as identity)')
  })
  afterAll(() => db.close())

  const counted = async (): Promise<number> =>
    (await db.query<{ n: number }>('select count(*) as n from count'))[0]?.n as number

  it('says which kind it is', () => expect(db.kind).toBe(kind))

  it.each([
    ['a bigint that is safe', 'select 9007199254740991::int8 as v', 9007199254740991],
    ['a bigint that is not', 'select 9007199254740993::int8 as v', 9007199254740993n],
    ['a count', 'select count(*) as v from (values (1), (2)) t', 2],
    ['float8[]', `select '{1.5,NULL,-2e-7,NaN}'::float8[] as v`, [1.5, null, -2e-7, Number.NaN]],
    ['int[]', `select '{1,NULL,-3}'::int[] as v`, [1, null, -3]],
    ['int8[]', `select '{1,NULL}'::int8[] as v`, [1, null]],
    ['an empty array', `select '{}'::float8[] as v`, []],
    ['text[]', `select array['a,b', null, 'c"d'] as v`, ['a,b', null, 'c"d']],
    ['a date as written', `select '2023-03-26'::date as v`, '2023-03-26'],
    [
      'a moment with its microseconds',
      `select '2026-11-25 03:04:05.123456+01'::timestamptz as v`,
      '2026-11-25T02:04:05.123456Z',
    ],
    [
      'a moment on the second',
      `select '2026-11-25 03:04:05Z'::timestamptz as v`,
      '2026-11-25T03:04:05.000Z',
    ],
    ['json', `select '{"a": [1]}'::jsonb as v`, { a: [1] }],
    ['bytea', `select '\\x00ff'::bytea as v`, Buffer.from([0, 255])],
  ])('reads %s', async (_what, text, expected) => {
    const [row] = await db.query<{ v: unknown }>(text)
    expect(row?.v).toEqual(expected)
  })

  it.each([
    ['Float64Array', 'float8[]', Float64Array.of(0.1, Number.NaN, 1e300), [0.1, null, 1e300]],
    ['Int32Array', 'int[]', Int32Array.of(1, -2), [1, -2]],
    ['an empty Float64Array', 'float8[]', new Float64Array(0), []],
    ['Int32Array as bigints', 'int8[]', Int32Array.of(7), [7]],
    ['Uint8Array', 'bytea', Uint8Array.of(1, 0, 255), Buffer.from([1, 0, 255])],
  ])('stores a %s', async (_what, type, value, expected) => {
    const [row] = await db.query<{ v: unknown }>(`select $1::${type} as v`, [value])
    expect(row?.v).toEqual(expected)
  })

  it('takes typed arrays through Kysely too', async () => {
    const { rows } = await sql`select ${Int32Array.of(4, 5)}::int[] as v`.execute(db.kysely)
    expect(rows).toEqual([{ v: [4, 5] }])
  })

  it('carries a statement of several megabytes there and back', async () => {
    const many = new Float64Array(300_000).map((_, i) => i / 7)
    const [row] = await db.query<{ v: number[] }>('select $1::float8[] as v', [many])
    expect(row?.v).toEqual([...many])
  })

  it('tells what was wrong with a statement, and goes on', async () => {
    await expect(db.query('select nothing_such')).rejects.toMatchObject({ code: '42703' })
    expect(await db.query('select 1 as v')).toEqual([{ v: 1 }])
  })

  it('undoes a transaction that throws', async () => {
    const before = await counted()
    const failing = db.transaction(async (tx) => {
      await tx.query('insert into count values (1)')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await counted()).toBe(before)
  })

  it('undoes a transaction with a broken statement', async () => {
    const before = await counted()
    const failing = db.transaction(async (tx) => {
      await tx.query('insert into count values (1)')
      await tx.query('insert into count values (null)')
    })
    await expect(failing).rejects.toMatchObject({ code: '23502' })
    expect(await counted()).toBe(before)
  })

  it('keeps the statements of others out of a transaction', async () => {
    const before = await counted()
    let outside: Promise<number> | null = null
    const begun = Promise.withResolvers<void>()
    const transaction = db
      .transaction(async (tx) => {
        await tx.query('insert into count values (1)')
        begun.resolve()
        await tx.query('select 1')
        throw new Error('undone')
      })
      .catch((error: Error) => error.message)
    await begun.promise
    outside = counted()
    expect(await transaction).toBe('undone')
    expect(await outside).toBe(before)
  })

  it('refuses to be asked past the transaction that is open', async () => {
    const asking = db.transaction(() => db.query('select 1'))
    await expect(asking).rejects.toThrow('ask the transaction: select 1')
  })

  it('finds words that are spelt alike', async () => {
    await db.query('create extension if not exists pg_trgm')
    const [row] = await db.query<{ alike: boolean }>(`select 'Ansty' % 'Anstey' as alike`)
    expect(row?.alike).toBe(true)
  })

  it('lets one at a time hold a lock, and the next after a failure', async () => {
    let inside = 0
    let most = 0
    const hold = async (i: number): Promise<void> => {
      most = Math.max(most, ++inside)
      await db.query('select 1')
      inside--
      if (i === 1) throw new Error('failed inside')
    }
    const held = [0, 1, 2, 3].map((i) => db.lock('test', () => hold(i)))
    const ends = await Promise.allSettled(held)
    expect(ends.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true])
    expect(most).toBe(1)
  })

  const ended = (worker: Worker): Promise<unknown> =>
    new Promise((resolve) => worker.once('exit', resolve))
  const thread = (script: string): Worker => {
    const handle = db.share()
    return new Worker(
      `const { workerData, parentPort } = require('node:worker_threads')
       import(${JSON.stringify(new URL('./database.ts', import.meta.url).href)})
         .then(async ({ openShared }) => {
           const db = await openShared(workerData); ${script} })`,
      {
        eval: true,
        workerData: handle,
        transferList: handle.kind === 'pglite' ? [handle.door] : [],
      },
    )
  }

  it('can be opened by another thread', async () => {
    const worker = thread(
      `await db.query("insert into ledger values ('thread')"); await db.close()`,
    )
    await ended(worker)
    expect(await db.query(`select who from ledger where who = 'thread'`)).toHaveLength(1)
  })

  it('undoes the transaction of a thread that dies in it, and serves the others', async () => {
    const before = await counted()
    const worker = thread(`await db.transaction(async (tx) => {
      await tx.query('insert into count values (1)')
      parentPort.postMessage('inserted')
      await new Promise(() => setInterval(() => {}, 1000))
    })`)
    await new Promise((resolve) => worker.once('message', resolve))
    await worker.terminate()
    expect(await counted()).toBe(before)
  })
})
