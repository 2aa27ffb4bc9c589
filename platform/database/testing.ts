import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, type DatabaseConfig, openDatabase } from './database.ts'

/** A kind of database that the tests run against. */
export interface TestDatabase {
  readonly kind: DatabaseConfig['kind']
  /** Opens a new, empty database; `close` also removes it. */
  open(): Promise<Database>
}

/** A PGlite that is made from nothing in a moment, in memory (null) or in a new folder. */
export function testPGlite(folder: string | null) {
  return { kind: 'pglite', folder, template: inject('pgliteTemplate') } as const
}

/** The server to test on, by the address of a user who may create databases; none: PGlite. */
const server = process.env.TEST_DATABASE_URL

/**
 * The kinds of database to test on: PGlite, or a PostgreSQL server alone when TEST_DATABASE_URL names
 * one, since `.ci/run` tests on PGlite first.
 */
export const testKinds: readonly DatabaseConfig['kind'][] = server ? ['postgres'] : ['pglite']

/**
 * The databases to test on, as `testKinds` says: PGlite in memory, or new databases of the server.
 * @example describe.each(testDatabases())('places on $kind', ({ open }) => { ... })
 */
export function testDatabases(): [TestDatabase] {
  return server
    ? [{ kind: 'postgres', open: () => openOnServer(server) }]
    : [{ kind: 'pglite', open: () => openDatabase(testPGlite(null)) }]
}

/** Makes a new database on a server and tells its address and how to drop it. */
export async function createTestDatabase(
  server: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `plumbline_test_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => onServer(server, `drop database ${name} with (force)`),
  }
}

async function openOnServer(server: string): Promise<Database> {
  const { url, drop } = await createTestDatabase(server)
  const db = await openDatabase({ kind: 'postgres', url })
  const close = db.close.bind(db)
  db.close = async () => {
    await close()
    await drop()
  }
  return db
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
