import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'

/** The folder of the files with the paper's own figures, which ship with Plumbline. */
export const paperFolder = join(import.meta.dirname, 'paper')

/** Its dataset, as its descriptors name it. */
const dataset = 'paper-2008'

/** Why it is published, as the record says. */
export const paperReason = 'The figures that the paper of 2008 itself gives, to hold others against'

/** Whether the paper's own figures were ever published; one that was withdrawn stays so. */
export async function paperWasPublished(db: Database): Promise<boolean> {
  const rows = await db.query<{ n: number }>(
    'select count(*)::int as n from release where dataset = $1 and published_in is not null',
    [dataset],
  )
  return (rows[0]?.n ?? 0) > 0
}

/**
 * Imports and publishes the paper's own figures as any other files are; drafts of them that a process
 * left behind which died are removed.
 */
export async function publishPaper(
  db: Database,
  catalogue: Catalogue,
  { by, signal }: { readonly by: string; readonly signal?: AbortSignal },
): Promise<void> {
  const options = { by, ...(signal ? { signal } : {}) }
  await db.query('delete from release where dataset = $1 and published_in is null', [dataset])
  const { files, drafts } = await importFiles(db, catalogue, [paperFolder], {
    ...options,
    accept: 0,
  })
  const refused = files.find((f) => f.outcome === 'refused')
  if (refused) throw new Error(`The paper's figures were refused: ${refused.sentence}`)
  if (drafts.length > 0) await publish(db, catalogue, drafts, { ...options, reason: paperReason })
}
