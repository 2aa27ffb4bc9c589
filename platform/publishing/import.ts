import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { CheckReport } from '../evidence/checks.ts'
import type { Series } from '../evidence/columns.ts'
import { groupsOf, type Match } from '../evidence/match.ts'
import { withNamesAccepted } from '../evidence/name-check.ts'
import { asksPeriod } from '../evidence/period-asked.ts'
import { type Boundary, readBoundaries } from '../evidence/read-boundaries.ts'
import { readFile } from '../evidence/read-file.ts'
import type { ReadResult, Sink } from '../evidence/reading.ts'
import { Subjects } from '../evidence/subjects.ts'
import { toAccept, whyRefused } from './accepting.ts'
import { Backlog } from './backlog.ts'
import {
  beginDraft,
  finishDraft,
  keepDrafts,
  removeUnfinished,
  slotOf,
  writeSeries,
} from './draft.ts'
import { datedFiles, type FoundFile, findFiles, readable } from './find-files.ts'
import type { ImportedFile, ImportOptions, ImportResult } from './imported.ts'
import { storedIndicators } from './indicators.ts'
import { holdsReal, InventedBesideReal, isReal } from './invented.ts'
import { knownSubjects } from './known-subjects.ts'
import { undecided } from './left-open.ts'
import { type CheckedFile, GatheredFigures, tryDisclosure } from './try-disclosure.ts'
import { withWarnings } from './warnings.ts'
import { CurrentFigures, type WouldChange } from './would-change.ts'

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const nowhere: Sink = { write: async () => undefined }

/** Checks files against what is known, tries what would have to be hidden, and stores nothing. */
export async function checkFiles(
  db: Database,
  catalogue: Catalogue,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportResult> {
  const run = new Run(db, catalogue, options)
  const found = datedFiles(await findFiles(paths, catalogue, options.as), options.period)
  await run.prepare(found)
  const files: ImportedFile[] = []
  for (const file of found) files.push(await run.check(file))
  const tried = await run.tried(files)
  return { files: tried, drafts: [], accepted: tried.every((f) => f.outcome !== 'refused') }
}

/**
 * Reads files into draft releases. Nothing is kept when any file holds more refused rows than the
 * steward accepts. The same bytes as a current release make nothing new, and the answer says so.
 */
export async function importFiles(
  db: Database,
  catalogue: Catalogue,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportResult> {
  return db.lock('import', async () => {
    await removeUnfinished(db)
    const run = new Run(db, catalogue, options)
    const found = datedFiles(await findFiles(paths, catalogue, options.as), options.period)
    await run.prepare(found)
    try {
      const files: ImportedFile[] = []
      for (const file of found) files.push(await run.import(file))
      if (files.some((f) => f.outcome === 'refused')) {
        await run.undo()
        return { files, drafts: [], accepted: false }
      }
      const replaced = await run.keep()
      return {
        files: files.map((f) => sayReplaced(f, replaced)),
        drafts: run.drafts(),
        accepted: true,
      }
    } catch (error) {
      await run.undo()
      throw error
    }
  })
}

/** An imported file with the draft of the same bytes whose place it takes, so that nobody looks for that in vain. */
function sayReplaced(file: ImportedFile, replaced: ReadonlyMap<number, number>): ImportedFile {
  const draft = file.release === null ? undefined : replaced.get(file.release)
  if (file.outcome !== 'draft' || draft === undefined) return file
  return { ...file, sentence: `It takes the place of draft ${draft}, which was not published.` }
}

type Read = ReadResult & { boundaries?: readonly Boundary[] }

class Run {
  readonly #db: Database
  readonly #catalogue: Catalogue
  readonly #options: ImportOptions
  #subjects = new Subjects({ subjects: [], aliases: [] })
  #indicators = new Map<string, import('../evidence/indicator.ts').Indicator>()
  #accepted = 0
  /** There are real figures in the database or in this run, so that invented ones are refused. */
  #real = false
  /** Releases being read in this run, with what is stored of them at its end. */
  readonly #pending: { release: number; match: Match; result: Read }[] = []
  readonly #begun: number[] = []
  /** Files that were only checked and that nothing is wrong with, by path. */
  readonly #checked = new Map<string, CheckedFile>()
  readonly #backlog = new Backlog(100)

  constructor(db: Database, catalogue: Catalogue, options: ImportOptions) {
    this.#db = db
    this.#catalogue = catalogue
    this.#options = options
  }

  async prepare(found: readonly FoundFile[]): Promise<void> {
    const brings = found.some(({ match }) => match && isReal(match.descriptor))
    this.#real = brings || (await holdsReal(this.#db))
    this.#subjects = new Subjects(await knownSubjects(this.#db))
    this.#indicators = await storedIndicators(this.#db, this.#catalogue)
  }

  drafts(): number[] {
    return this.#pending.map((p) => p.release)
  }

  async #read(path: string, match: Match, sink: Sink): Promise<Read> {
    const { signal, onProgress } = this.#options
    const context = {
      descriptor: match.descriptor,
      descriptors: this.#catalogue.descriptors,
      groups: match.groups,
      subjects: this.#subjects,
      indicators: this.#indicators,
      sink,
      ...(signal ? { signal } : {}),
      onProgress: (done: number, total: number, rows: number) =>
        onProgress?.({ label: basename(path), done, total, rows }),
    }
    if (match.descriptor.kind === 'boundaries') return readBoundaries(path, context)
    return readFile(path, context)
  }

  #unmatched({ path, named, why }: FoundFile): ImportedFile {
    const outcome = named ? 'refused' : 'skipped'
    return { path, outcome, release: null, report: null, sentence: why }
  }

  #refused(path: string, sentence: string, report: CheckReport | null = null): ImportedFile {
    return { path, outcome: 'refused', release: null, report, sentence }
  }

  /** Files that are refused before they are read. */
  #unwelcome({ match, path }: FoundFile): ImportedFile | null {
    if (!this.#real || !match?.descriptor.invented) return null
    return this.#refused(path, new InventedBesideReal().message)
  }

  #tooMany(report: CheckReport): string | null {
    return this.#accepted + toAccept(report) <= this.#options.accept ? null : whyRefused(report)
  }

  async check(file: FoundFile): Promise<ImportedFile> {
    if (!file.match) return this.#unmatched(file)
    const unwelcome = this.#unwelcome(file)
    if (unwelcome) return unwelcome
    try {
      const { descriptor } = file.match
      const gathered = descriptor.disclosure ? new GatheredFigures() : null
      const result = await this.#read(file.path, file.match, gathered ?? nowhere)
      const sentence = this.#tooMany(result.report)
      if (sentence) return this.#refused(file.path, sentence, result.report)
      const report = await this.#worthALook(file, file.match, result)
      const found = { path: file.path, outcome: 'draft', release: null, report, sentence } as const
      this.#subjects.learnNames(result.descriptions)
      this.#checked.set(file.path, { descriptor, result, parts: gathered?.parts ?? [] })
      if (!this.#options.changes) return found
      return { ...found, changes: await this.#changes(file.path, file.match, result) }
    } catch (error) {
      if (this.#options.signal?.aborted) throw error
      return this.#refused(file.path, readable(error))
    }
  }

  /** With what publishing them would have to hide, tried on the files that nothing else is wrong with. */
  tried(files: readonly ImportedFile[]): Promise<ImportedFile[]> {
    const [db, subjects, indicators] = [this.#db, this.#subjects, this.#indicators]
    const { unnamed, signal } = this.#options
    const around = { db, subjects, indicators, named: unnamed !== true, signal }
    return tryDisclosure(files, this.#checked, around)
  }

  /** Reads a file once more, and holds it against the release whose place it would take. */
  async #changes(path: string, match: Match, { period, part }: Read): Promise<WouldChange> {
    const slot = slotOf(match.descriptor, period, part)
    const current = await CurrentFigures.of(this.#db, slot)
    await this.#read(path, match, current)
    return current.changes()
  }

  async import(file: FoundFile): Promise<ImportedFile> {
    const { match, path } = file
    if (!match) return this.#unmatched(file)
    const unwelcome = this.#unwelcome(file)
    if (unwelcome) return unwelcome
    const unfinished = undecided(match.descriptor)
    if (unfinished !== null) return this.#refused(path, unfinished)
    const digest = await sha256(path)
    const same = await this.#sameBytes(match, digest)
    if (same !== null) {
      const sentence = `The same bytes are published already, as release ${same}. Nothing to do.`
      return { path, outcome: 'same', release: same, report: null, sentence }
    }
    const { size } = await stat(path)
    const name = basename(path)
    const details = { name, sha256: digest, bytes: size }
    const release = await beginDraft(this.#db, match.descriptor, details, this.#options.by)
    this.#begun.push(release)
    const sink = {
      write: (all: readonly Series[]) => writeSeries(this.#db, this.#backlog, release, all),
    }
    let result: Read
    try {
      result = await this.#read(path, match, sink)
    } catch (error) {
      if (this.#options.signal?.aborted) throw error
      return this.#refused(path, readable(error))
    }
    const tooMany = this.#tooMany(result.report)
    if (tooMany) return this.#refused(path, tooMany, result.report)
    this.#accepted += toAccept(result.report)
    this.#subjects.learnNames(result.descriptions)
    for (const indicator of result.drafted) this.#indicators.set(indicator.code, indicator)
    const report = await this.#worthALook(file, match, result)
    // That two files whose small counts are hidden are the same is told to nobody but who has them.
    const kept = match.descriptor.disclosure ? withNamesAccepted(result.report) : report
    this.#pending.push({ release, match, result: { ...result, report: kept } })
    return { path, outcome: 'draft', release, report, sentence: null }
  }

  /** The report of a file that is taken, with what a steward should look at before it is published. */
  #worthALook(
    { path }: FoundFile,
    { descriptor }: Match,
    { period, part, report: found }: Read,
  ): Promise<CheckReport> {
    const report = withNamesAccepted(found)
    const unnamed = this.#options.unnamed === true
    const name = basename(path)
    return withWarnings(this.#db, { descriptor, name, report, period, part, unnamed })
  }

  /** The current release that was read from the same bytes, and from a name, or an answer, that says the same. */
  async #sameBytes({ descriptor, groups }: Match, digest: string): Promise<number | null> {
    const rows = await this.#db.query<{ id: number; name: string; period: string }>(
      `select id, file_name as name, period from release where descriptor = $1 and sha256 = $2
         and published_in is not null and ended_in is null`,
      [descriptor.id, digest],
    )
    const of =
      asksPeriod(descriptor) && descriptor.period.from === 'fixed' ? descriptor.period : null
    const same = rows.find(
      (r) =>
        isDeepStrictEqual(groupsOf(descriptor, r.name), { ...groups }) &&
        (of === null || of.value === r.period),
    )
    return same?.id ?? null
  }

  /** @returns by release, the unpublished draft of the same bytes whose place it takes. */
  async keep(): Promise<ReadonlyMap<number, number>> {
    await this.#backlog.done()
    for (const { release, match, result } of this.#pending) {
      await finishDraft(this.#db, release, match.descriptor, result, this.#subjects)
    }
    return keepDrafts(this.#db, this.drafts())
  }

  async undo(): Promise<void> {
    await this.#backlog.settled()
    await this.#db.query('delete from release where id = any($1::int[])', [this.#begun])
  }
}
