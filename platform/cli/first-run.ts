import { buildAldermere, isMissing } from '../../examples/aldermere/build.ts'
import { countedEvent } from '../control/progress.ts'
import type { ProgressEvent } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'

/**
 * Makes the example area on an empty database, or what is missing of it where a start was killed on
 * the way; `onPublished` is called after each of its publications. Does nothing where it is there or where
 * real data are or were.
 */
export async function makeExample(
  db: Database,
  catalogue: Catalogue,
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal,
  onPublished?: () => Promise<void>,
): Promise<void> {
  if (!(await isMissing(db))) return
  let started = Date.now()
  let label = ''
  await buildAldermere(db, catalogue, {
    signal,
    ...(onPublished ? { onPublished } : {}),
    onProgress: (event) => {
      if (event.label !== label) started = Date.now()
      label = event.label
      emit(countedEvent((Date.now() - started) / 1000, event))
    },
  })
}
