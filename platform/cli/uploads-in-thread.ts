import { randomUUID } from 'node:crypto'
import { link, mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { exitCodes, type ProgressEvent, runVerb, type Verbs } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { type Descriptor, descriptorSchema } from '../evidence/descriptor.ts'
import { previewSchema } from '../publishing/preview.ts'
import { reportSchema } from '../publishing/report-shape.ts'
import type { KeyPlace } from '../record/key.ts'
import type { Settings } from '../settings.ts'
import { Uploads } from '../uploads/uploads.ts'
import type { Did, OnProgress, UploadWork } from '../uploads/work.ts'
import type { Ahead } from './ahead.ts'
import type { CurrentCatalogue } from './current-catalogue.ts'
import { descriptorText } from './descriptor-text.ts'
import { inThreads } from './in-thread.ts'
import { verbCodes } from './verb-words.ts'
import { makeVerbs } from './verbs.ts'

export interface UploadWorkOptions {
  readonly db: Database
  readonly cwd: string
  /** The verbs over the current catalogue, and over a file's own beside it. */
  readonly verbs: (own: string | null) => Verbs
  readonly catalogue: () => Catalogue
  /** The operator's folder of the catalogue, which need not be there yet. */
  readonly folder: string
  /** Reads the catalogue anew. */
  readonly refresh: () => void
  readonly signal: AbortSignal
}

/** Reads, checks and publishes files that are handed in by the verbs that the command line has. */
export function uploadWork(options: UploadWorkOptions): UploadWork {
  const run = (name: string, words: string[], progress: OnProgress, own: string | null = null) =>
    runVerbOf(options, options.verbs(own), name, words, progress)
  return {
    describe: (path, headerLine, progress) =>
      withOut(async (out) => {
        const from = headerLine === null ? [] : [`--header-line=${headerLine}`]
        const did = await run('describe', [path, `--out=${out}`, ...from], progress)
        const text = did.outcome === 'done' ? await readFile(out, 'utf8') : null
        return { ...did, draft: text === null ? null : descriptorSchema.parse(JSON.parse(text)) }
      }),
    check: ({ path, descriptor, accept, period, by, catalogue }, progress) =>
      withOut(async (out) => {
        const form = ['--report=json', `--out=${out}`, `--as=${descriptor}`, `--accept=${accept}`]
        const when = period === null ? [] : [`--period=${period}`]
        const words = [path, '--draft', `--by=${by}`, ...form, ...when]
        const did = await run('import', words, progress, catalogue)
        const text = await readFile(out, 'utf8').catch(() => null)
        const report = text === null ? null : reportSchema.parse(JSON.parse(text))
        const file = report?.files.find((f) => f.path === path)
        // Where it lies is no matter of a page.
        return { ...did, report: file ? { ...file, path: file.file } : null }
      }),
    preview: ({ release, catalogue }, progress) =>
      withOut(async (out) => {
        const words = [String(release), '--report=json', `--out=${out}`]
        const did = await run('preview', words, progress, catalogue)
        const text = did.outcome === 'done' ? await readFile(out, 'utf8') : null
        return { ...did, preview: text === null ? null : previewSchema.parse(JSON.parse(text)) }
      }),
    publish: ({ release, after, by, role, reason }, progress) => {
      const who = [`--by=${by}`, `--role=${role}`, `--reason=${reason}`]
      return run('publish', [String(release), `--after=${after}`, ...who], progress)
    },
    withdraw: ({ release, by, reason }, progress) =>
      run('withdraw', [String(release), `--by=${by}`, `--reason=${reason}`], progress),
    keep: (descriptor) => keep(options, descriptor),
    unkeep: async (descriptor) => {
      await rm(pathOf(options, descriptor), { force: true })
      options.refresh()
    },
  }
}

async function withOut<T>(use: (out: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-upload-'))
  try {
    return await use(join(folder, 'out.json'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runVerbOf(
  { db, cwd, signal }: UploadWorkOptions,
  verbs: Verbs,
  name: string,
  words: string[],
  progress: OnProgress,
): Promise<Did> {
  const said: string[] = []
  const emit = (event: ProgressEvent): void => {
    if (event.kind === 'progress') progress(progressWords(event))
    else if (event.stream === 'stderr') said.push(event.text)
  }
  const exit = await runVerb(verbs, name, words, { db, cwd }, emit, signal)
  signal.throwIfAborted()
  const outcome =
    exit === exitCodes.done ? 'done' : exit === verbCodes.refused ? 'refused' : 'failed'
  return { outcome, said: said.join(' ') }
}

/** "58% read", of a file's bytes; "Publishing: 3 of 12", of what is counted otherwise. */
export function progressWords({
  label,
  done,
  total,
}: Pick<Extract<ProgressEvent, { kind: 'progress' }>, 'label' | 'done' | 'total'>): string {
  const so = done.toLocaleString('en-GB')
  if (total === null) return `${label}: ${so} so far`
  if (!/ \(bytes\)$/.test(label)) return `${label}: ${so} of ${total.toLocaleString('en-GB')}`
  // Never all of it before it is.
  const share = total > 0 ? Math.round((100 * done) / total) : 0
  return `${done < total ? Math.min(share, 99) : share}% read`
}

const pathOf = ({ folder }: UploadWorkOptions, { id }: Descriptor): string =>
  join(folder, 'sources', `${id}.json`)

/** Writes a descriptor that is there as a whole or not at all, and never over another. */
async function keep(options: UploadWorkOptions, descriptor: Descriptor): Promise<boolean> {
  const known = options.catalogue().descriptors.find((d) => d.id === descriptor.id)
  if (known) return isDeepStrictEqual(known, descriptor)
  const path = pathOf(options, descriptor)
  await mkdir(join(options.folder, 'sources'), { recursive: true })
  // Two files may be published at a time.
  const unfinished = `${path}.${randomUUID()}.new`
  const file = await open(unfinished, 'w')
  await file.writeFile(descriptorText(descriptor))
  await file.sync()
  await file.close()
  try {
    await link(unfinished, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(unfinished, { force: true })
  }
  try {
    options.refresh()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return true
}

export interface UploadPlace {
  readonly db: Database
  readonly settings: Settings
  readonly current: CurrentCatalogue
  readonly keys: KeyPlace
  readonly signal: AbortSignal
  readonly ahead?: Ahead
}

/** Files handed in to a server: each is worked on in a thread of its own, so that pages are answered meanwhile. */
export function uploadsInThreads({
  db,
  settings,
  current,
  keys,
  signal,
  ahead,
}: UploadPlace): Uploads {
  const names = makeVerbs(current.catalogue).keys()
  const all = [...names]
  const catalogue = (): Catalogue => {
    try {
      current.refresh()
    } catch {
      // The work itself will say what is wrong.
    }
    return current.catalogue
  }
  const work = uploadWork({
    db,
    cwd: settings.data,
    verbs: (own) =>
      inThreads(all, () => [...current.refresh(), ...(own === null ? [] : [own])], keys, ahead),
    catalogue,
    folder: settings.catalogue ?? join(settings.data, 'catalogue'),
    refresh: () => void current.refresh(),
    signal,
  })
  return new Uploads({
    db,
    folder: join(settings.data, 'uploads'),
    mostBytes: settings.uploadLimit,
    work,
    catalogue,
    invented: async () => {
      const [row] = await db.query<{ invented: boolean }>(
        `select exists (select 1 from release where invented and published_in is not null
           and ended_in is null) as invented`,
      )
      return row?.invented === true
    },
    onProblem: (error) =>
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`),
    signal,
  })
}
