import { existsSync } from 'node:fs'
import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { openDatabase } from '../../platform/database/database.ts'
import { testPGlite } from '../../platform/database/testing.ts'
import { loadCatalogue } from '../../platform/evidence/catalogue.ts'
import { makeReader } from '../../platform/reader.ts'
import { catalogueFolder } from './about.ts'
import { buildNewAldermere } from './open.ts'

/**
 * A database of its own with all of Aldermere published, and its catalogue and reader: for tests.
 * The county is built once for a run of the tests and copied for each who asks: to build it takes
 * 15 s, to copy it less than one. Close `db` at the end.
 * @example
 * const { db, reader } = await openAldermere()
 * const practice = await reader.subject(await reader.state(), 'ALDG01')
 */
export async function openAldermere(): ReturnType<typeof buildNewAldermere> {
  const folder = await newFolder()
  await cp(await builtOnce(), folder, { recursive: true })
  const db = await openDatabase(testPGlite(folder))
  const close = db.close.bind(db)
  db.close = async () => {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
  const catalogue = loadCatalogue([catalogueFolder])
  return { db, catalogue, reader: makeReader(db, catalogue) }
}

const newFolder = () => mkdtemp(join(tmpdir(), 'plumbline-aldermere-'))

/** The folder of the county that this run has built. Who finds none builds it; the first one stays. */
async function builtOnce(): Promise<string> {
  const built = join(inject('builtFolder'), 'aldermere')
  if (existsSync(built)) return built
  const folder = await newFolder()
  const { db } = await buildNewAldermere(() => openDatabase(testPGlite(folder)))
  await db.close()
  await rename(folder, built).catch(() => rm(folder, { recursive: true }))
  return built
}
