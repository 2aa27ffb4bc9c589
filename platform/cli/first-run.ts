import { buildAldermere, everReal, isMissing } from '../../examples/aldermere/build.ts'
import { countedEvent } from '../control/progress.ts'
import type { ProgressEvent } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { publishPaper } from '../yardstick/paper.ts'

/**
 * Makes the example area on an empty database, or what is missing of it where a start was killed on
 * the way, and puts the paper's own figures beside it; `onPublished` is called after each publication.
 * Does nothing where all of it is there or where real data are or were.
 */
export async function makeExample(
  db: Database,
  catalogue: Catalogue,
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal,
  onPublished?: () => Promise<void>,
): Promise<void> {
  if (await isMissing(db)) await build(db, catalogue, emit, signal, onPublished)
  if (await everReal(db)) return
  await db.lock('example', () => publishPaper(db, catalogue, { by: 'the first start', signal }))
  await onPublished?.()
}

async function build(
  db: Database,
  catalogue: Catalogue,
  emit: (event: ProgressEvent) => void,
  signal: AbortSignal,
  onPublished?: () => Promise<void>,
): Promise<void> {
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
