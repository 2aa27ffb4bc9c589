import { newSigner } from '@plumbline/record'
import { type Database, openDatabase } from '../../platform/database/database.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { migrations } from '../../platform/database/migrations/index.ts'
import { type Catalogue, loadCatalogue } from '../../platform/evidence/catalogue.ts'
import { makeReader } from '../../platform/reader.ts'
import { makeCheckpoint } from '../../platform/record/checkpoint.ts'
import { catalogueFolder } from './about.ts'
import { buildAldermere } from './build.ts'

/**
 * A database in memory with all of Aldermere published, and its catalogue and reader: for screenshots
 * and benchmarks. Takes some seconds; close `db` at the end.
 * @example
 * const { db, reader } = await buildNewAldermere()
 * const practice = await reader.subject(await reader.state(), 'ALDG01')
 */
export async function buildNewAldermere(): Promise<{
  db: Database
  catalogue: Catalogue
  reader: ReturnType<typeof makeReader>
}> {
  const db = await openDatabase({ kind: 'pglite', folder: null })
  await migrate(db, migrations)
  const catalogue = loadCatalogue([catalogueFolder])
  await fillAldermere(db, catalogue)
  return { db, catalogue, reader: makeReader(db, catalogue) }
}

/** Builds Aldermere in a database with all tables, with a signed checkpoint after each publication. */
export async function fillAldermere(db: Database, catalogue: Catalogue): Promise<void> {
  const signer = newSigner('aldermere.example/record')
  await buildAldermere(db, catalogue, {
    onPublished: async () => {
      await makeCheckpoint(db, signer)
    },
  })
}
