import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type DatabaseConfig, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { makeTemplate } from './pglite/template.ts'
import { addressOf, createOnServer, dropOnServer } from './testing-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of a PGlite without tables. */
    emptyPGlite: string
    /** The file of a PGlite with all tables and no rows, from which each test's database is made. */
    readyPGlite: string
    /** The same on the server of TEST_DATABASE_URL: the name of a database there; null without one. */
    readyOnServer: string | null
    /** A folder for databases that one test has filled and others copy, gone after the run. */
    builtFolder: string
  }
}

/** Once for a whole run of the tests: the databases that every test database starts from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-template-'))
  const empty = join(folder, 'empty.template')
  const ready = join(folder, 'ready.template')
  const filled = join(folder, 'ready')
  await makeTemplate(empty)
  await makeTables({ kind: 'pglite', folder: filled, template: empty })
  await makeTemplate(ready, filled)
  project.provide('emptyPGlite', empty)
  project.provide('readyPGlite', ready)
  project.provide('builtFolder', folder)
  const server = process.env.TEST_DATABASE_URL
  const name = server ? `plumbline_ready_${randomBytes(6).toString('hex')}` : null
  if (server && name) {
    await createOnServer(server, name)
    await makeTables({ kind: 'postgres', url: addressOf(server, name) })
  }
  project.provide('readyOnServer', name)
  return async () => {
    rmSync(folder, { recursive: true, force: true })
    // What was filled for others to copy begins with the same name.
    if (server && name) await dropOnServer(server, name)
  }
}

async function makeTables(config: DatabaseConfig): Promise<void> {
  const db = await openDatabase(config)
  await migrate(db, migrations)
  // What a template keeps of the log is then a few pages, not megabytes.
  if (db.kind === 'pglite') await db.query('select pg_switch_wal()')
  await db.close()
}
