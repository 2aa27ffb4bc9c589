import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { importFiles } from '../publishing/import.ts'
import { publish } from '../publishing/publish.ts'

/** The folder of the files with the paper's own figures, which ship with Plumbline. */
export const paperFolder = join(import.meta.dirname, 'paper')

/** Whether a path is that folder, a file in it, or a folder that holds it. */
export const holdsPaper = (path: string): boolean =>
  `${path}/`.startsWith(`${paperFolder}/`) || `${paperFolder}/`.startsWith(`${path}/`)

/** Its dataset, as its descriptors name it. */
const dataset = 'paper-2008'

/** Why it is published, as the record says. */
export const paperReason = 'The figures that the paper of 2008 itself gives, to hold others against'

interface By {
  readonly by: string
  readonly signal?: AbortSignal
}

/**
 * Whether the paper's own figures, as this version of Plumbline ships them, were never published. Where
 * an operator has withdrawn some, they are never missing; nor in a catalogue that does not know them.
 */
export async function isPaperMissing(db: Database, catalogue: Catalogue): Promise<boolean> {
  if (!catalogue.descriptors.some((d) => d.dataset === dataset)) return false
  const rows = await db.query<{ sha256: string; state: string }>(
    'select sha256, state from release where dataset = $1 and published_in is not null',
    [dataset],
  )
  if (rows.some((r) => r.state === 'withdrawn')) return false
  const published = new Set(rows.map((r) => r.sha256))
  return readdirSync(paperFolder).some((name) => {
    const bytes = readFileSync(join(paperFolder, name))
    return !published.has(createHash('sha256').update(bytes).digest('hex'))
  })
}

/** Removes drafts of the paper's own figures that nobody is to publish. */
export async function dropPaperDrafts(db: Database): Promise<void> {
  await db.query(`delete from release where dataset = $1 and state = 'draft'`, [dataset])
}

/**
 * Reads the paper's own figures as any other files are, where they were never published; gives the
 * drafts, to be published with whatever is published next. None where the drafts at hand hold them;
 * those that a process left behind which died are removed.
 */
export async function draftPaper(
  db: Database,
  catalogue: Catalogue,
  atHand: readonly number[],
  options: By,
): Promise<readonly number[]> {
  if (!(await isPaperMissing(db, catalogue))) return []
  const own = await db.query('select id from release where dataset = $1 and id = any($2::int[])', [
    dataset,
    atHand,
  ])
  if (own.length > 0) return []
  await dropPaperDrafts(db)
  const { files, drafts } = await importFiles(db, catalogue, [paperFolder], {
    ...options,
    accept: 0,
  })
  const refused = files.find((f) => f.outcome === 'refused')
  if (refused) throw new Error(`The paper's figures were refused: ${refused.sentence}`)
  return drafts
}

/** Publishes the paper's own figures by themselves, where they never were. */
export async function publishPaper(db: Database, catalogue: Catalogue, options: By): Promise<void> {
  const drafts = await draftPaper(db, catalogue, [], options)
  if (drafts.length > 0) await publish(db, catalogue, drafts, { ...options, reason: paperReason })
}
