import pg from 'pg'
import type { Database, Queries } from './database.ts'
import { parameter, parsers } from './values.ts'

const types = {
  getTypeParser(oid: number, format?: string) {
    const own = parsers[oid]
    if (own && format !== 'binary') return own
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

/** Opens a PostgreSQL server (15 or later) by its address. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, types, max: 10 })
  // A broken idle connection is replaced at the next query; it must not end the process.
  pool.on('error', () => undefined)
  const [row] = (await pool.query('show server_version_num')).rows as {
    server_version_num: string
  }[]
  if (Number(row?.server_version_num) < 150000) {
    await pool.end()
    throw new Error('Plumbline needs PostgreSQL 15 or later.')
  }
  return new Server(pool)
}

class Server implements Database {
  readonly kind = 'postgres' as const
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async query<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return (await this.#pool.query(sql, params.map(parameter))).rows as T[]
  }

  async transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      const tx: Queries = {
        query: async (sql, params = []) => (await client.query(sql, params.map(parameter))).rows,
      }
      const result = await work(tx)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }

  async lock<T>(name: string, work: () => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    try {
      // The lock belongs to this connection: it ends with it, whatever becomes of the process.
      await client.query('select pg_advisory_lock(hashtext($1))', [`plumbline ${name}`])
      try {
        return await work()
      } finally {
        await client.query('select pg_advisory_unlock(hashtext($1))', [`plumbline ${name}`])
      }
    } finally {
      client.release()
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}
