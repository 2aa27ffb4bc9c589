import type { DatabaseConfig } from '../../platform/database/database.ts'
import { openBuilt } from '../../platform/database/testing-built.ts'
import { loadCatalogue } from '../../platform/evidence/catalogue.ts'
import { makeReader } from '../../platform/reader.ts'
import { catalogueFolder } from './about.ts'
import { type buildNewAldermere, fillAldermere } from './open.ts'

/**
 * A database of its own with all of Aldermere published, and its catalogue and reader: for tests.
 * The county is built once for a run of the tests and copied for each who asks: to build it takes
 * 15 s, to copy it about one. Close `db` at the end.
 * @example
 * const { db, reader } = await openAldermere()
 * const practice = await reader.subject(await reader.state(), 'ALDG01')
 */
export async function openAldermere(
  kind: DatabaseConfig['kind'] = 'pglite',
): ReturnType<typeof buildNewAldermere> {
  const catalogue = loadCatalogue([catalogueFolder])
  const db = await openBuilt(kind, 'aldermere', (empty) => fillAldermere(empty, catalogue))
  return { db, catalogue, reader: makeReader(db, catalogue) }
}
