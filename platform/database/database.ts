import { AsyncLocalStorage } from 'node:async_hooks'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { encodeParameter } from './parameters.ts'
import { PortStream } from './pglite/port-stream.ts'
import { PreparedNames } from './pglite/prepared.ts'
import { type PGliteThread, startPGlite, withPGliteLock } from './pglite/start.ts'
import { withServerLock } from './server-lock.ts'
import { checkServer } from './server-start.ts'
import { valueTypes } from './values.ts'

/**
 * Where the data lives: a PGlite folder (null: in memory), or a PostgreSQL server. A new PGlite
 * starts from `template`, a file that `makeTemplate` wrote, in a tenth of the time.
 */
export type DatabaseConfig =
  | { readonly kind: 'pglite'; readonly folder: string | null; readonly template?: string }
  | { readonly kind: 'postgres'; readonly url: string }

/** Lets another thread open the same database: pass it by `postMessage` with its `transfer`. */
export type ShareHandle =
  | { readonly kind: 'pglite'; readonly door: MessagePort }
  | { readonly kind: 'postgres'; readonly url: string }

// The tables are known to the domain folders alone.
type Tables = any

/** What runs statements: a database, or a transaction of it. */
export interface Queries {
  readonly kysely: Kysely<Tables>
  /**
   * Runs one statement with parameters `$1`, `$2` and gives its rows.
   * @example await db.query<{ n: number }>('select $1::int + 1 as n', [41]) // [{ n: 42 }]
   */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/** One open database, the same over PGlite and over a PostgreSQL server. */
export interface Database extends Queries {
  readonly kind: DatabaseConfig['kind']
  /** Runs `fn` in a transaction: all of it is done, or, when it throws, nothing. */
  transaction<T>(fn: (tx: Queries) => Promise<T>): Promise<T>
  /**
   * Runs a text of one or more statements, without parameters, on one connection; gives the rows of all of
   * them. What it begins it must end; what fails within is undone.
   */
  script(sql: string): Promise<unknown[]>
  /** Runs `fn` while nobody else, in any thread or process, holds the lock of this name. */
  lock<T>(name: string, fn: () => Promise<T>): Promise<T>
  /** What another thread needs to open this database with `openShared`. */
  share(): ShareHandle
  close(): Promise<void>
}

/** Opens a database. The folder of a PGlite must be owned first (`owner.ts`). */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  if (config.kind === 'postgres') {
    await checkServer(config.url)
    return openServer(config.url)
  }
  const thread = await startPGlite(config.folder, config.template)
  return openThread(thread, new PreparedNames())
}

/** Opens, in another thread, a database that `share` described. */
export async function openShared(handle: ShareHandle): Promise<Database> {
  if (handle.kind === 'postgres') return openServer(handle.url)
  const { door } = handle
  return openThread({ door, close: async () => door.close() })
}

function openThread(
  { door, close }: PGliteThread,
  prepared: PreparedNames | null = null,
): Database {
  return new PooledDatabase({
    kind: 'pglite',
    pool: new pg.Pool({
      stream: () => new PortStream(door) as never,
      types: valueTypes,
      max: 8,
      user: 'postgres',
      idleTimeoutMillis: 0,
      allowExitOnIdle: true,
    }),
    prepared,
    lock: (name, fn) => withPGliteLock(door, name, fn),
    share() {
      const { port1, port2 } = new MessageChannel()
      door.postMessage({ ask: 'door', port: port1 }, [port1])
      return { kind: 'pglite', door: port2 }
    },
    close,
  })
}

function openServer(url: string): Database {
  return new PooledDatabase({
    kind: 'postgres',
    pool: new pg.Pool({ connectionString: url, types: valueTypes, max: 10 }),
    prepared: null,
    lock: (name, fn) => withServerLock(url, name, fn),
    share: () => ({ kind: 'postgres', url }),
    close: async () => {},
  })
}

type Parts = Pick<Database, 'kind' | 'lock' | 'share' | 'close'> & {
  pool: pg.Pool
  prepared: PreparedNames | null
}

class PooledDatabase implements Database {
  readonly kysely: Kysely<Tables>
  readonly kind: DatabaseConfig['kind']
  readonly lock: Database['lock']
  readonly share: Database['share']
  readonly #close: () => Promise<void>
  readonly #pool: pg.Pool
  #closed: Promise<void> | null = null
  readonly #within = new AsyncLocalStorage<{ open: boolean }>()

  constructor({ kind, pool, prepared, lock, share, close }: Parts) {
    this.kind = kind
    this.lock = lock
    this.share = share
    this.#close = close
    this.#pool = pool
    // Without a listener, a connection that is lost while it idles would end the process; the next
    // statement gets another or fails on its own.
    pool.on('error', () => {})
    this.kysely = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: guarded(pool, prepared) }),
    })
  }

  query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (this.#within.getStore()?.open) {
      // On PGlite this would wait for ever: the transaction waits for it, and it for the transaction.
      return Promise.reject(new Error(`Within a transaction, ask the transaction: ${sql}`))
    }
    return run(this.kysely, sql, parameters)
  }

  async script(sql: string): Promise<unknown[]> {
    if (this.#within.getStore()?.open) {
      throw new Error('Within a transaction, ask the transaction')
    }
    const client = await this.#pool.connect()
    try {
      const results: unknown = await client.query(sql)
      return [results].flat().flatMap((r) => (hasRows(r) ? r.rows : []))
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    } finally {
      client.release()
    }
  }

  async transaction<T>(fn: (tx: Queries) => Promise<T>): Promise<T> {
    if (this.#within.getStore()?.open) {
      throw new Error('A transaction within a transaction: pass on the one that is open')
    }
    const scope = { open: true }
    return this.kysely
      .transaction()
      .execute((tx: Transaction<Tables>) =>
        this.#within.run(scope, () =>
          fn({ kysely: tx, query: (sql, parameters = []) => run(tx, sql, parameters) }),
        ),
      )
      .finally(() => {
        scope.open = false
      })
  }

  close(): Promise<void> {
    this.#closed ??= this.kysely.destroy().then(() => this.#close())
    return this.#closed
  }
}

const hasRows = (result: unknown): result is { readonly rows: readonly unknown[] } =>
  typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)

async function run<Row>(
  kysely: Kysely<Tables>,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await kysely.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]))
  return rows
}

/** The pool as Kysely sees it, with every parameter encoded on its way. */
function guarded(pool: pg.Pool, prepared: PreparedNames | null) {
  // One for each client that stays: Kysely remembers for good, until garbage is collected wholly, each that
  // it has not seen before.
  const known = new WeakMap<pg.PoolClient, ReturnType<typeof guardedClient>>()
  return {
    options: {},
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const found = known.get(client) ?? guardedClient(client, prepared)
      known.set(client, found)
      return found
    },
  }
}

const guardedClient = (client: pg.PoolClient, prepared: PreparedNames | null) => ({
  // Cursors are handed on as they are; we use none.
  query: (sql: unknown, parameters?: readonly unknown[]): never => {
    const text = sql as string
    const values = parameters?.map(encodeParameter)
    const name = prepared?.name(client, text)
    return answerOf(client, {
      ...(name ? { name } : {}),
      text,
      ...(values ? { values } : {}),
    }) as never
  },
  release: () => client.release(),
})

/**
 * Asks with a callback of our own: of the promise that the driver gives, V8 keeps the rows until the next major
 * collection of garbage, so that what a page reads would fill the memory of a hundred pages.
 */
const answerOf = (client: pg.PoolClient, asked: pg.QueryConfig): Promise<pg.QueryResult> =>
  new Promise((resolve, reject) => {
    client.query(asked, (error, result) => {
      if (error) reject(error)
      else resolve(result)
    })
  })
