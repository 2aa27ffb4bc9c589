import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { type Database, type DatabaseConfig, openDatabase } from './database.ts'
import { addressOf, createOnServer, dropOnServer } from './testing-server.ts'

/** A kind of database that the tests run against. */
export interface TestDatabase {
  readonly kind: DatabaseConfig['kind']
  /** Opens a new database with all tables and no rows; `close` also removes it. */
  open(): Promise<Database>
  /** The same without tables: for what makes them. */
  openEmpty(): Promise<Database>
}

/** A PGlite with all tables that is made in a moment, in memory (null) or in a new folder. */
export function testPGlite(folder: string | null) {
  return { kind: 'pglite', folder, template: inject('readyPGlite') } as const
}

/** The same without tables: for tests of what makes them, or that have tables of their own. */
export function emptyPGlite(folder: string | null) {
  return { kind: 'pglite', folder, template: inject('emptyPGlite') } as const
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
    ? [
        {
          kind: 'postgres',
          open: () => openOnServer(server, inject('readyOnServer')),
          openEmpty: () => openOnServer(server, null),
        },
      ]
    : [
        {
          kind: 'pglite',
          open: () => openDatabase(testPGlite(null)),
          openEmpty: () => openDatabase(emptyPGlite(null)),
        },
      ]
}

/** Makes a new database on a server, without tables or as a copy; tells its address and how to drop it. */
export async function createTestDatabase(
  server: string,
  from: string | null = null,
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `plumbline_test_${randomBytes(6).toString('hex')}`
  await createOnServer(server, name, from)
  return { url: addressOf(server, name), drop: () => dropOnServer(server, name) }
}

/** Opens a new database of a server, a copy of `from`; `close` also drops it. */
export async function openOnServer(server: string, from: string | null): Promise<Database> {
  const { url, drop } = await createTestDatabase(server, from)
  const db = await openDatabase({ kind: 'postgres', url })
  const close = db.close.bind(db)
  db.close = async () => {
    await close()
    await drop()
  }
  return db
}
