import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { catalogueFolder, gaveWay } from '../../examples/aldermere/about.ts'
import { exitCodes, type ProgressEvent, type Verb, type VerbContext } from '../control/verb.ts'
import { UnsafeRelease } from '../disclosure/unsafe-release.ts'
import { type Catalogue, loadCatalogue } from '../evidence/catalogue.ts'
import { checkFiles, type ImportedFile, importFiles } from '../publishing/import.ts'
import { InventedBesideReal } from '../publishing/invented.ts'
import { publish, withdraw } from '../publishing/publish.ts'
import type { KeyPlace } from '../record/key.ts'
import {
  draftPaper,
  dropPaperDrafts,
  holdsPaper,
  isPaperMissing,
  paperFolder,
  paperReason,
} from '../yardstick/paper.ts'
import { type Asked, readAsked } from './asked.ts'
import { describeVerb } from './describe-verb.ts'
import { makeDeskVerb } from './desk-verb.ts'
import { disclosureVerb } from './disclosure-verb.ts'
import { makeDownloadVerb } from './download-verb.ts'
import { importProgress, publishProgress } from './import-progress.ts'
import { jobsVerb } from './jobs-verb.ts'
import { makePeopleVerb } from './people-verb.ts'
import { makePreviewVerb } from './preview-verb.ts'
import { makeRecordVerb, signAfterwards } from './record-verb.ts'
import { makeCorrectionsVerb, makeRepliesVerb } from './replies-verb.ts'
import { reportText, totalLine } from './report.ts'
import { makeStandardsVerb } from './standards-verb.ts'
import { makeStoriesVerb } from './stories-verb.ts'
import { subscriptionsVerb } from './subscriptions-verb.ts'
import { makeSurveysVerb } from './surveys-verb.ts'
import { makeTokensVerb } from './tokens-verb.ts'
import { webhooksVerb } from './webhooks-verb.ts'

/** What is said once, when the paper's own figures come with others. */
const besidePaper =
  'The paper’s own figures, 2008, come with it, to hold others against: see /yardstick.'

/** The verbs' own exit codes, documented in docs/operations.md. */
export const verbCodes = { refused: 2, wrongWords: 3 } as const

type Emit = (event: ProgressEvent) => void

const line = (emit: Emit, text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
  emit({ kind: 'line', stream, text })

function parse(args: string[], emit: Emit): Asked | null {
  try {
    return readAsked(args)
  } catch (error) {
    line(emit, (error as Error).message, 'stderr')
    return null
  }
}

/** Gives the report in the form that was asked for, to the terminal or into a file. */
async function say(
  emit: Emit,
  files: readonly ImportedFile[],
  { report, out, columns }: Asked,
  cwd: string,
): Promise<void> {
  const text = reportText(files, report, columns)
  if (out === undefined) {
    for (const each of text.trimEnd().split('\n')) line(emit, each)
    return
  }
  await writeFile(resolve(cwd, out), text)
  line(emit, totalLine(files))
}

/** Which of the files are read by a descriptor that the user named. */
function readAs(paths: readonly string[], { as }: Asked): { as?: ReadonlyMap<string, string> } {
  return as === undefined ? {} : { as: new Map(paths.map((path) => [path, as])) }
}

/** Of a push that is refused no release is left: its sentence speaks of the file, and names none. */
function ofTheFile(sentence: string): string {
  const rest = sentence.replace(/^Release \d+(?:, |: )/, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** Why drafts may not be published, in a sentence; throws whatever else went wrong. */
function refusalOf(error: unknown, { unnamed }: Asked): string {
  if (error instanceof UnsafeRelease) return unnamed ? ofTheFile(error.unnamed) : error.message
  if (error instanceof InventedBesideReal) return error.message
  throw error
}

/** Keeps what follows a report for programs out of its way. */
const toStderr =
  (emit: Emit): Emit =>
  (event) =>
    emit(event.kind === 'line' ? { ...event, stream: 'stderr' } : event)

/**
 * Every verb that needs the database, over one catalogue. What is published is signed by the key that lies
 * at `keys`; without it, nothing is signed.
 */
export function makeVerbs(catalogue: Catalogue, keys: KeyPlace | null = null): Map<string, Verb> {
  const check: Verb = async (args, { db, cwd }, emit, signal) => {
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const paths = asked.positionals.map((p) => resolve(cwd, p))
    if (paths.length === 0) return noPaths(emit, 'check')
    const absent = paths.find((p) => !existsSync(p))
    if (absent !== undefined) return notThere(emit, absent)
    const unwritable = outProblem(asked.out, cwd, paths)
    if (unwritable !== null) return wrongOut(emit, unwritable)
    const { files, accepted } = await checkFiles(db, catalogue, paths, {
      accept: asked.accept,
      by: asked.by,
      signal,
      onProgress: importProgress(emit),
      changes: asked.changes,
      unnamed: asked.unnamed,
      ...readAs(paths, asked),
    })
    await say(emit, files, asked, cwd)
    return accepted ? exitCodes.done : verbCodes.refused
  }
  const importVerb: Verb = async (args, context, emit, signal) => {
    const { db, cwd } = context
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const paths = asked.positionals.map((p) => resolve(cwd, p))
    if (asked.paper) paths.push(paperFolder)
    if (paths.length === 0) return noPaths(emit, 'import')
    const absent = paths.find((p) => !existsSync(p))
    if (absent !== undefined) return notThere(emit, absent)
    const unwritable = outProblem(asked.out, cwd, paths)
    if (unwritable !== null) return wrongOut(emit, unwritable)
    // One lock over reading and publishing: another import of the same bytes, meanwhile, would take
    // this one's drafts for abandoned ones.
    return db.lock('releases', () => importAndPublish(paths, asked, context, emit, signal))
  }
  const importAndPublish = async (
    paths: readonly string[],
    asked: Asked,
    context: VerbContext,
    all: Emit,
    signal: AbortSignal,
  ): Promise<number> => {
    const { db, cwd } = context
    let emit = all
    // The paper's own figures come with the first publication, unless somebody asks for them anyway.
    const isAlone = asked.draft || paths.some(holdsPaper) || !(await isPaperMissing(db, catalogue))
    const result = await importFiles(db, catalogue, isAlone ? paths : [...paths, paperFolder], {
      accept: asked.accept,
      by: asked.by,
      signal,
      onProgress: importProgress(emit),
      ...readAs(paths, asked),
    })
    const isBeside = (f: ImportedFile): boolean => !isAlone && holdsPaper(f.path)
    const own = result.files.filter((f) => !isBeside(f))
    await say(emit, own, asked, cwd)
    if (asked.report !== 'text' && asked.out === undefined) emit = toStderr(emit)
    if (!result.accepted) {
      line(emit, 'Nothing was imported.', 'stderr')
      return verbCodes.refused
    }
    const paper = result.files.flatMap((f) => (isBeside(f) && f.release ? [f.release] : []))
    if (result.drafts.length === paper.length) {
      if (!isAlone) await dropPaperDrafts(db)
      line(emit, 'There is nothing new to publish.')
      return exitCodes.done
    }
    if (asked.draft) {
      line(
        emit,
        `Kept as drafts: ${result.drafts.join(', ')}. Publish them with: plumbline publish ${result.drafts.join(' ')}`,
      )
      return exitCodes.done
    }
    return publishDrafts(result.drafts, paper, asked, context, emit, signal)
  }
  const publishDrafts = async (
    drafts: readonly number[],
    paper: readonly number[],
    asked: Asked,
    { db, ahead }: VerbContext,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<number> => {
    const publishing = publish(db, catalogue, drafts, {
      by: asked.by,
      ...(asked.role === undefined ? {} : { role: asked.role }),
      reason: asked.reason ?? (asked.paper ? paperReason : 'New figures'),
      ...{ signal, ahead },
      onProgress: publishProgress(emit),
    })
    const found = await publishing.catch((error: unknown) => refusalOf(error, asked))
    if (typeof found === 'string') {
      line(emit, found, 'stderr')
      return verbCodes.refused
    }
    await signAfterwards(db, keys, (text, stream) => line(emit, text, stream))
    const count = found.releases.length - paper.length
    line(
      emit,
      `Published ${count} ${count === 1 ? 'release' : 'releases'} as publication ${found.publication}.`,
    )
    if (paper.length > 0) line(emit, besidePaper)
    if (found.superseded.length > 0) {
      line(
        emit,
        `They take the place of ${found.superseded.join(', ')}; their pages say what changed.`,
      )
    }
    if (found.gaveWay.length > 0) line(emit, gaveWay)
    return exitCodes.done
  }
  const publishVerb: Verb = async (args, context, emit, signal) => {
    const { db } = context
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const ids = asked.positionals.map(Number)
    if (ids.length === 0 || !ids.every(isNumber)) {
      line(emit, 'Say which drafts to publish, such as: plumbline publish 12 13', 'stderr')
      return verbCodes.wrongWords
    }
    return db.lock('releases', async () => {
      const last = asked.after === undefined ? null : await lastPublication(db)
      if (last !== null && last !== asked.after) {
        line(emit, `Publication ${last} has come since: look at what would change now.`, 'stderr')
        return verbCodes.refused
      }
      const paper = await draftPaper(db, catalogue, ids, { by: asked.by, signal })
      return publishDrafts([...ids, ...paper], paper, asked, context, emit, signal)
    })
  }
  const withdrawVerb: Verb = async (args, { db, ahead }, emit, signal) => {
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const id = Number(asked.positionals[0])
    const { reason } = asked
    if (!isNumber(id) || !reason) {
      const example = 'plumbline withdraw 12 --reason "the source took it back"'
      line(emit, `Say which release and why: ${example}`, 'stderr')
      return verbCodes.wrongWords
    }
    const n = await db.lock('releases', () =>
      withdraw(db, catalogue, id, { by: asked.by, reason, signal, ahead }),
    )
    await signAfterwards(db, keys, (text, stream) => line(emit, text, stream))
    line(emit, `Release ${id} is withdrawn, as publication ${n}.`)
    return exitCodes.done
  }
  return new Map([
    ['check', check],
    ['describe', describeVerb],
    ['import', importVerb],
    ['publish', publishVerb],
    ['withdraw', withdrawVerb],
    ['preview', makePreviewVerb(catalogue)],
    ['desk', makeDeskVerb(catalogue)],
    ['replies', makeRepliesVerb(catalogue)],
    ['corrections', makeCorrectionsVerb(catalogue, keys)],
    ['record', makeRecordVerb(keys)],
    ['people', makePeopleVerb(catalogue)],
    ['download', makeDownloadVerb(catalogue, () => loadCatalogue([catalogueFolder]))],
    ['standards', makeStandardsVerb(catalogue)],
    ['disclosure', disclosureVerb],
    ['tokens', makeTokensVerb(catalogue)],
    ['webhooks', webhooksVerb],
    ['jobs', jobsVerb],
    ['subscriptions', subscriptionsVerb],
    ['stories', makeStoriesVerb(catalogue, keys)],
    ['surveys', makeSurveysVerb(importVerb)],
  ])
}

/** Why a report cannot be written where it was asked for; known before anything is read. */
function outProblem(out: string | undefined, cwd: string, paths: readonly string[]): string | null {
  if (out === undefined) return null
  const path = resolve(cwd, out)
  if (!existsSync(dirname(path))) return `There is no folder ${dirname(path)} to write into.`
  const over = paths.some((p) => path === p || path.startsWith(`${p}/`))
  return over && existsSync(path) ? `${path} is among the files to read: write elsewhere.` : null
}

function wrongOut(emit: Emit, sentence: string): number {
  line(emit, sentence, 'stderr')
  return verbCodes.wrongWords
}

async function lastPublication(db: VerbContext['db']): Promise<number> {
  const rows = await db.query<{ id: number }>('select max(id) as id from publication')
  return rows[0]?.id ?? 0
}

/** A release's number, as the database can hold it. */
const isNumber = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 31

function noPaths(emit: Emit, verb: string): number {
  line(emit, `Say which file or folder, such as: plumbline ${verb} figures.csv`, 'stderr')
  return verbCodes.wrongWords
}

function notThere(emit: Emit, path: string): number {
  line(emit, `There is no file or folder ${path}.`, 'stderr')
  return verbCodes.wrongWords
}
