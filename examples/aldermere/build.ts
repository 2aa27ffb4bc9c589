import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../platform/database/database.ts'
import type { Catalogue } from '../../platform/evidence/catalogue.ts'
import { importFiles } from '../../platform/publishing/import.ts'
import type { ImportProgress } from '../../platform/publishing/imported.ts'
import { holdsReal } from '../../platform/publishing/invented.ts'
import { publish } from '../../platform/publishing/publish.ts'
import { publishStories } from '../../platform/stories/release.ts'
import { seed } from './about.ts'
import { answerSignals } from './answers.ts'
import { storedDigests } from './digests.ts'
import { sha256, writeFiles } from './files.ts'
import { followPages } from './followers.ts'
import { makeAldermere } from './generate.ts'
import { saySomething } from './said.ts'
import { tellStories } from './stories.ts'
import { countSurveys, holdSurveys } from './surveys.ts'

export interface BuildOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (event: { label: string; done: number; total: number }) => void
  /** Called after each publication: its checkpoint can be signed then. */
  readonly onPublished?: () => Promise<void>
}

/** Who publishes Aldermere's figures. */
const by = 'the example area'

/**
 * Whether a start should make Aldermere, or what is missing of it: some of its files were never
 * published, and the database holds nothing real. A release that was withdrawn stays so.
 */
export async function isMissing(db: Database): Promise<boolean> {
  const published = await publishedDigests(db)
  const all = storedDigests().flatMap((batch) => Object.values(batch))
  return all.some((digest) => !published.has(digest)) && !(await everReal(db))
}

/** Data that were real once have the last word, even when they are withdrawn. */
export async function everReal(db: Database): Promise<boolean> {
  const rows = await db.query<{ n: number }>(
    'select count(*)::int as n from release where not invented and not yardstick and published_in is not null',
  )
  return (rows[0]?.n ?? 0) > 0 || (await holdsReal(db))
}

async function publishedDigests(db: Database): Promise<Set<string>> {
  const rows = await db.query<{ sha256: string }>(
    'select sha256 from release where invented and published_in is not null',
  )
  return new Set(rows.map((r) => r.sha256))
}

/**
 * Makes Aldermere's files and has them imported and published as any others are, batch by batch;
 * those that are published already are left out. Drafts that a build left behind which died are
 * removed. The catalogue must hold Aldermere's folder.
 * @example if (await isMissing(db)) await buildAldermere(db, loadCatalogue([catalogueFolder]))
 */
export async function buildAldermere(
  db: Database,
  catalogue: Catalogue,
  options: BuildOptions = {},
): Promise<void> {
  await db.lock('example', async () => {
    await db.query('delete from release where invented and published_in is null')
    await publishMissing(db, catalogue, options)
    await answerSignals(db)
    await saySomething(db, catalogue)
    await followPages(db)
  })
}

async function publishMissing(
  db: Database,
  catalogue: Catalogue,
  options: BuildOptions,
): Promise<void> {
  const published = await publishedDigests(db)
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-aldermere-'))
  try {
    for (const [i, { reason, files }] of makeAldermere(seed).entries()) {
      // Of those whom the first batch has made known: people tell their stories and answer surveys, and those are counted.
      if (i === 1) {
        await publishWhatPeopleTell(db, catalogue, options)
        await publishSurveys(db, catalogue, published, options)
      }
      const missing = files.filter((f) => !published.has(sha256(f.text)))
      if (missing.length === 0) continue
      const batch = join(folder, String(i))
      writeFiles(batch, missing)
      const drafts = await read(db, catalogue, batch, missing.length, options)
      options.signal?.throwIfAborted()
      const onProgress = options.onProgress ? { onProgress: options.onProgress } : {}
      await publish(db, catalogue, drafts, { by, reason, ...onProgress })
      await options.onPublished?.()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function publishWhatPeopleTell(
  db: Database,
  catalogue: Catalogue,
  { signal, onPublished }: BuildOptions,
): Promise<void> {
  await tellStories(db, catalogue)
  const day = new Date().toISOString().slice(0, 10)
  const stop = signal ? { signal } : {}
  const done = await publishStories(db, catalogue, { by, day, invented: true, ...stop })
  if (done.publication !== null) await onPublished?.()
}

async function publishSurveys(
  db: Database,
  catalogue: Catalogue,
  published: ReadonlySet<string>,
  options: BuildOptions,
): Promise<void> {
  await holdSurveys(db)
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-aldermere-surveys-'))
  try {
    const total = await countSurveys(db, folder, published)
    if (total === 0) return
    const drafts = await read(db, catalogue, folder, total, options)
    options.signal?.throwIfAborted()
    const onProgress = options.onProgress ? { onProgress: options.onProgress } : {}
    const reason = 'What people answered to surveys, counted when they had ended'
    await publish(db, catalogue, drafts, { by, reason, ...onProgress })
    await options.onPublished?.()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Imports a folder as drafts; progress is in files, which are small. */
async function read(
  db: Database,
  catalogue: Catalogue,
  folder: string,
  total: number,
  { signal, onProgress }: BuildOptions,
): Promise<readonly number[]> {
  const seen = new Set<string>()
  const result = await importFiles(db, catalogue, [folder], {
    accept: 0,
    by,
    ...(signal ? { signal } : {}),
    onProgress: ({ label }: ImportProgress) => {
      seen.add(label)
      onProgress?.({ label: 'Reading Aldermere', done: seen.size, total })
    },
  })
  if (result.accepted) return result.drafts
  const refused = result.files.find((f) => f.outcome === 'refused')
  throw new Error(`The example area was refused: ${refused?.path}: ${refused?.sentence}`)
}
