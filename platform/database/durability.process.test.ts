import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, type DatabaseConfig, openDatabase } from './database.ts'
import { createTestDatabase, testPGlite } from './testing.ts'

interface Place {
  readonly config: DatabaseConfig
  remove(): Promise<void>
}

async function inFolder(): Promise<Place> {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-durability-'))
  return {
    config: testPGlite(join(root, 'database')),
    remove: async () => rmSync(root, { recursive: true }),
  }
}

const server = process.env.TEST_DATABASE_URL
async function onServer(): Promise<Place> {
  const { url, drop } = await createTestDatabase(server as string)
  return { config: { kind: 'postgres', url }, remove: drop }
}

/**
 * A process that writes: single rows, and pairs of rows in a transaction, and says each number once
 * the database has acknowledged it.
 */
const writer = (config: DatabaseConfig, from: number): string => `
  import { openDatabase } from ${JSON.stringify(new URL('./database.ts', import.meta.url).href)}
  const db = await openDatabase(${JSON.stringify(config)})
  const text = 'x'.repeat(2000)
  for (let n = ${from}; ; n++) {
    if (n % 2) await db.query('insert into written values ($1, 1, $2)', [n, text])
    else await db.transaction(async (tx) => {
      await tx.query('insert into written values ($1, 1, $2)', [n, text])
      await tx.query('insert into written values ($1, 2, $2)', [n, text])
    })
    process.stdout.write(n + '\\n')
  }`

/** Runs the writer until it has acknowledged `count` rows, then kills it at whatever it is doing. */
async function writeAndDie(config: DatabaseConfig, from: number, count: number, delay: number) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer(config, from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const acknowledged: number[] = []
  const lines = createInterface({ input: child.stdout })
  const read = once(lines, 'close')
  lines.on('line', (line) => {
    if (acknowledged.push(Number(line)) === count) setTimeout(() => child.kill('SIGKILL'), delay)
  })
  await Promise.all([gone, read])
  return { acknowledged, signal: child.signalCode }
}

const rounds = 6

describe.each([server ? { kind: 'postgres', make: onServer } : { kind: 'pglite', make: inFolder }])(
  'a process that is killed while it writes to $kind',
  ({ make }) => {
    let place: Place
    const opened = async <T>(use: (db: Database) => Promise<T>): Promise<T> => {
      const db = await openDatabase(place.config)
      try {
        return await use(db)
      } finally {
        await db.close()
      }
    }
    beforeAll(async () => {
      place = await make()
      await opened((db) =>
        db.query('create table written (n int, part int, text text, primary key (n, part))'),
      )
    })
    afterAll(() => place.remove())

    it(`loses nothing acknowledged and leaves nothing half done, ${rounds} times over`, async () => {
      const all: number[] = []
      for (let round = 0; round < rounds; round++) {
        // Rounds do not share numbers: the last write may be done though it was not acknowledged.
        const count = 1 + Math.floor(Math.random() * 60)
        const delay = Math.random() * 5
        const { acknowledged, signal } = await writeAndDie(place.config, round * 1e6, count, delay)
        expect(signal).toBe('SIGKILL')
        all.push(...acknowledged)
        const stored = await opened((db) =>
          db.query<{ n: number; parts: number }>(
            'select n, count(*) as parts from written group by n order by n',
          ),
        )
        const numbers = new Set(stored.map(({ n }) => n))
        expect(all.filter((n) => !numbers.has(n))).toEqual([])
        expect(stored.filter(({ n, parts }) => parts !== (n % 2 ? 1 : 2))).toEqual([])
      }
    })
  },
)
