import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { catalogueFolder } from '../../examples/aldermere/about.ts'
import { exitCodes, type Verb, type VerbContext } from '../control/verb.ts'
import { type Catalogue, loadCatalogue } from '../evidence/catalogue.ts'
import { checkFiles, importFiles } from '../publishing/import.ts'
import type { ImportedFile } from '../publishing/imported.ts'
import type { KeyPlace } from '../record/key.ts'
import { dropPaperDrafts, holdsPaper, isPaperMissing, paperFolder } from '../yardstick/paper.ts'
import type { Asked } from './asked.ts'
import { describeVerb } from './describe-verb.ts'
import { makeDeskVerb } from './desk-verb.ts'
import { disclosureVerb } from './disclosure-verb.ts'
import { makeDownloadVerb } from './download-verb.ts'
import { importProgress } from './import-progress.ts'
import { jobsVerb } from './jobs-verb.ts'
import type { OwnPlace } from './own-place.ts'
import { makePeopleVerb } from './people-verb.ts'
import { makePreviewVerb } from './preview-verb.ts'
import { makePublishVerbs } from './publish-verbs.ts'
import { makeRecordVerb } from './record-verb.ts'
import { makeCorrectionsVerb, makeRepliesVerb } from './replies-verb.ts'
import { reportText, totalLine } from './report.ts'
import { makeStandardsVerb } from './standards-verb.ts'
import { makeStoriesVerb } from './stories-verb.ts'
import { subscriptionsVerb } from './subscriptions-verb.ts'
import { makeSurveysVerb } from './surveys-verb.ts'
import { makeTokensVerb } from './tokens-verb.ts'
import { type Emit, line, parse, verbCodes } from './verb-words.ts'
import { webhooksVerb } from './webhooks-verb.ts'

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

/** Which of the files are read by a descriptor, and as of a period, that the user named. */
function readAs(
  paths: readonly string[],
  { as, period }: Asked,
): { as?: ReadonlyMap<string, string>; period?: string } {
  return {
    ...(as === undefined ? {} : { as: new Map(paths.map((path) => [path, as])) }),
    ...(period === undefined ? {} : { period }),
  }
}

/** Keeps what follows a report for programs out of its way. */
const toStderr =
  (emit: Emit): Emit =>
  (event) =>
    emit(event.kind === 'line' ? { ...event, stream: 'stderr' } : event)

/**
 * Every verb that needs the database, over one catalogue. What is published is signed by the key that lies
 * at `keys`; without it, nothing is signed. Without `own` nobody is written to.
 */
export function makeVerbs(
  catalogue: Catalogue,
  keys: KeyPlace | null = null,
  own: OwnPlace | null = null,
): Map<string, Verb> {
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
  const { publishDrafts, publishVerb, withdrawVerb } = makePublishVerbs(catalogue, keys)
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
      unnamed: asked.unnamed,
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
  return new Map([
    ['check', check],
    ['describe', describeVerb],
    ['import', importVerb],
    ['publish', publishVerb],
    ['withdraw', withdrawVerb],
    ['preview', makePreviewVerb(catalogue)],
    ['desk', makeDeskVerb(catalogue, own)],
    ['replies', makeRepliesVerb(catalogue)],
    ['corrections', makeCorrectionsVerb(catalogue, keys)],
    ['record', makeRecordVerb(keys)],
    ['people', makePeopleVerb(catalogue, own)],
    ['download', makeDownloadVerb(catalogue, () => loadCatalogue([catalogueFolder]))],
    ['standards', makeStandardsVerb(catalogue)],
    ['disclosure', disclosureVerb],
    ['tokens', makeTokensVerb(catalogue)],
    ['webhooks', webhooksVerb],
    ['jobs', jobsVerb],
    ['subscriptions', subscriptionsVerb],
    ['stories', makeStoriesVerb(catalogue, keys)],
    ['surveys', makeSurveysVerb(importVerb, catalogue, own)],
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

function noPaths(emit: Emit, verb: string): number {
  line(emit, `Say which file or folder, such as: plumbline ${verb} figures.csv`, 'stderr')
  return verbCodes.wrongWords
}

function notThere(emit: Emit, path: string): number {
  line(emit, `There is no file or folder ${path}.`, 'stderr')
  return verbCodes.wrongWords
}
