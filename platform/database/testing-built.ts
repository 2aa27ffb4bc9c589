import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inject } from 'vitest'
import { type Database, type DatabaseConfig, openDatabase } from './database.ts'
import { makeTemplate } from './pglite/template.ts'
import { openOnServer, testPGlite } from './testing.ts'
import { addressOf, createOnServer, dropOnServer } from './testing-server.ts'

/**
 * Opens a database of one's own that `fill` has filled. It is filled once for a run of the tests, under a
 * name, and copied for each who asks; who comes while it is being filled waits. Close it at the end.
 * @example const db = await openBuilt('pglite', 'clinics', (db) => importAndPublish(db, clinics, files))
 */
export async function openBuilt(
  kind: DatabaseConfig['kind'],
  name: string,
  fill: (db: Database) => Promise<unknown>,
): Promise<Database> {
  const server = process.env.TEST_DATABASE_URL
  const folder = inject('builtFolder')
  if (kind === 'pglite' || !server) {
    const file = join(folder, `${name}.template`)
    await once(file, () => buildFile(file, fill))
    return openDatabase({ kind: 'pglite', folder: null, template: file })
  }
  const ready = inject('readyOnServer')
  const built = `${ready}_${name}`
  const marker = join(folder, `${name}.server`)
  await once(marker, async () => {
    await createOnServer(server, built, ready)
    try {
      await using(openDatabase({ kind: 'postgres', url: addressOf(server, built) }), fill)
    } catch (error) {
      await dropOnServer(server, built)
      throw error
    }
    await mkdir(marker)
  })
  return openOnServer(server, built)
}

async function buildFile(file: string, fill: (db: Database) => Promise<unknown>): Promise<void> {
  const folder = await mkdtemp(`${file}-`)
  try {
    await using(openDatabase(testPGlite(folder)), fill)
    await makeTemplate(file, folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function using(opening: Promise<Database>, fill: (db: Database) => Promise<unknown>) {
  const db = await opening
  try {
    await fill(db)
  } finally {
    await db.close()
  }
}

/** Has `make` make what lies at `path` unless it is there: one at a time, in whichever process. */
async function once(path: string, make: () => Promise<void>): Promise<void> {
  const lock = `${path}.lock`
  while (!existsSync(path)) {
    const mine = await mkdir(lock).then(
      () => true,
      () => false,
    )
    if (!mine) {
      await wait(100)
      continue
    }
    try {
      if (!existsSync(path)) await make()
    } finally {
      await rmdir(lock)
    }
  }
}
