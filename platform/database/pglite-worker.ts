import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { parsers } from './values.ts'

export type Job =
  | { kind: 'ready' }
  | { kind: 'query'; sql: string; params: unknown[]; session: number }
  | { kind: 'begin'; session: number }
  | { kind: 'end'; session: number; commit: boolean }
  | { kind: 'close' }
export type Ask = Job & { id: number }
export type Answer = { id: number } & ({ rows: unknown[] } | { error: string; code?: string })

const port = parentPort
if (!port) throw new Error('This file is a thread of pglite.ts.')

const { folder } = workerData as { folder: string | null }
const db = await PGlite.create({
  ...(folder === null ? {} : { dataDir: folder }),
  extensions: { pg_trgm },
})

/** The transaction that has the one connection now; 0 for none. Others wait for its end. */
let holder = 0
const waiting: Ask[] = []
let busy = false

async function carryOut(ask: Ask): Promise<unknown[]> {
  switch (ask.kind) {
    case 'query': {
      const { rows } = await db.query(ask.sql, ask.params, {
        parsers: parsers as Record<number, (text: string) => unknown>,
        // Parameters arrive in the form PostgreSQL reads: nothing is serialised a second time.
        serializers,
      })
      return rows
    }
    case 'begin':
      await db.exec('begin')
      holder = ask.session
      return []
    case 'end':
      try {
        await db.exec(ask.commit ? 'commit' : 'rollback')
      } finally {
        holder = 0
      }
      return []
    case 'close':
      await db.close()
      return []
    default:
      return []
  }
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : `${value}`
const arrayTypes = [1000, 1005, 1007, 1009, 1015, 1016, 1021, 1022, 199, 3807]
const serializers = Object.fromEntries(
  [...arrayTypes, 114, 3802].map((type) => [type, asText]),
) as Record<number, (value: unknown) => string>

/** The first that may run: of the transaction that holds the connection, or anything if none does. */
function nextUp(): number {
  if (holder === 0) return waiting.length > 0 ? 0 : -1
  return waiting.findIndex((a) => 'session' in a && a.session === holder)
}

async function pump(): Promise<void> {
  if (busy) return
  busy = true
  for (let at = nextUp(); at >= 0; at = nextUp()) {
    const [ask] = waiting.splice(at, 1) as [Ask]
    try {
      port?.postMessage({ id: ask.id, rows: await carryOut(ask) } satisfies Answer)
    } catch (error) {
      const { message, code } = error as { message: string; code?: string }
      port?.postMessage({ id: ask.id, error: message, ...(code ? { code } : {}) } satisfies Answer)
    }
  }
  busy = false
}

port.on('message', (ask: Ask) => {
  waiting.push(ask)
  void pump()
})
