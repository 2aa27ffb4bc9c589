import { carryOut } from '../control/carry-out.ts'
import type { Work } from '../control/hand-over.ts'
import { type ProgressEvent, runVerb } from '../control/verb.ts'
import { migrations } from '../database/migrations/index.ts'
import { loadCatalogue } from '../evidence/catalogue.ts'
import type { Settings } from '../settings.ts'
import { foldersOf } from './folders.ts'
import { noDatabase } from './no-database.ts'
import { ownPlaceOf } from './own-place.ts'
import { beThrifty } from './thrift.ts'
import { makeVerbs } from './verbs.ts'

/**
 * Carries out a verb in this process, or in the server that came to own the data meanwhile; gives the exit
 * code. `isAlone`: without a database. @throws CatalogueError
 */
export async function workHere(
  settings: Settings,
  work: Work,
  isAlone: boolean,
  show: (event: ProgressEvent) => void,
  signal: AbortSignal,
): Promise<number> {
  const catalogue = loadCatalogue(foldersOf(settings))
  beThrifty()
  const verbs = makeVerbs(
    catalogue,
    { given: settings.recordKey, folder: settings.data },
    ownPlaceOf(settings, settings.address),
  )
  if (isAlone) {
    const context = { db: noDatabase, cwd: work.cwd }
    return runVerb(verbs, work.verb, work.args, context, show, signal)
  }
  const place = { folder: settings.data, url: settings.databaseUrl }
  return carryOut(work, place, { verbs, migrations }, show, signal)
}
