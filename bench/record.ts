import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportHead, exportLine, newSigner, openExport, verifyRecord } from '@plumbline/record'
import { openPlace } from '../platform/control/carry-out.ts'
import type { Database } from '../platform/database/database.ts'
import { migrations } from '../platform/database/migrations/index.ts'
import type { RecordedAct } from '../platform/record/act.ts'
import { append } from '../platform/record/append.ts'
import { makeCheckpoint } from '../platform/record/checkpoint.ts'
import { recordLines } from '../platform/record/lines.ts'
import { recordKeys, verifyStored } from '../platform/record/verify.ts'
import type { Report } from './report.ts'

const million = 1_000_000

const act = (i: number): RecordedAct => ({
  act: 'release-published',
  role: 'steward',
  subject: `release:${i}`,
  why: 'The figures of the new year, as their source published them',
  rule: 'A release counts from a numbered publication on, with a reason; nothing is overwritten.',
  details: { publication: i, dataset: 'qof-vaccination', sha256: 'ab'.repeat(32), rows: 6312 },
})

/** Milliseconds by the clock and of the processor, of all threads of this process. */
async function timed(work: () => Promise<unknown>): Promise<{ clock: number; processor: number }> {
  const [started, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { clock: performance.now() - started, processor: (user + system) / 1000 }
}

/** What an entry costs its act, beyond the act's own transaction. */
async function appendCost(db: Database): Promise<{ clock: number; processor: number }> {
  const times = 2000
  const each = (work: (i: number) => Promise<unknown>) => async () => {
    for (let i = 0; i < times; i++) await work(i)
  }
  const one = (i: number) => db.transaction((tx) => append(tx, [act(i)]))
  const none = () => db.transaction((tx) => tx.query('select 1'))
  await each(one)()
  const [full, empty] = [await timed(each(one)), await timed(each(none))]
  return {
    clock: (full.clock - empty.clock) / times,
    processor: (full.processor - empty.processor) / times,
  }
}

async function fill(db: Database): Promise<void> {
  const [head] = await db.query<{ size: number }>('select size from record_head')
  for (let n = head?.size ?? 0; n < million; n += 5000) {
    const some = Array.from({ length: Math.min(5000, million - n) }, (_, i) => act(n + i))
    await db.transaction((tx) => append(tx, some))
  }
}

/**
 * What an entry costs, and how long a million take to verify: in the database and from a file. On PGlite, or
 * on the server that BENCH_DATABASE_URL names (its tables of the record are used).
 */
export async function measureRecord(temp: string, report: Report): Promise<void> {
  const url = process.env.BENCH_DATABASE_URL ?? null
  const { db, close } = await openPlace({ folder: join(temp, 'record'), url }, migrations)
  try {
    const cost = await appendCost(db)
    report.add('an entry, beyond the transaction of its act', cost.clock, 'ms', { most: 1 })
    report.add('the same, of the processor', cost.processor, 'ms')
    const made = await timed(() => fill(db))
    report.add('an entry, 5,000 in one transaction', made.clock / million, 'ms', { most: 1 })
    const signed = await timed(() => makeCheckpoint(db, newSigner('example.org/record')))
    report.add('a checkpoint of a million entries', signed.clock, 'ms')
    const stored = await timed(async () => fits(await verifyStored(db)))
    report.add('a million entries verified in the database', stored.clock / 1000, 's', { most: 20 })
    report.add('the same, of the processor', stored.processor / 1000, 's')
    const file = join(temp, 'record.ndjson')
    await pipeline(Readable.from(exported(db)), createWriteStream(file))
    const read = await timed(async () => {
      const { keys, lines } = await openExport(createReadStream(file, 'utf8'))
      fits(await verifyRecord(lines, keys))
    })
    report.add('a million entries verified from a file', read.clock / 1000, 's', { most: 20 })
    report.add('the same, of the processor', read.processor / 1000, 's')
    rmSync(file)
  } finally {
    await close()
  }
}

function fits({ fault, entries }: { fault: { sentence: string } | null; entries: number }): void {
  if (fault !== null || entries < million) throw new Error(fault?.sentence ?? 'Too few entries.')
}

async function* exported(db: Database): AsyncGenerator<string> {
  yield exportHead((await recordKeys(db)).map((k) => k.text))
  for await (const lines of recordLines(db)) yield lines.map(exportLine).join('')
}
