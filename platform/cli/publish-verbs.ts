import { gaveWay } from '../../examples/aldermere/about.ts'
import { exitCodes, type Verb, type VerbContext } from '../control/verb.ts'
import { UnsafeRelease } from '../disclosure/unsafe-release.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { InventedBesideReal } from '../publishing/invented.ts'
import { publish, withdraw } from '../publishing/publish.ts'
import { withdrawnDrafts } from '../publishing/warnings.ts'
import type { KeyPlace } from '../record/key.ts'
import { draftPaper, paperReason } from '../yardstick/paper.ts'
import type { Asked } from './asked.ts'
import { publishProgress } from './import-progress.ts'
import { signAfterwards } from './record-verb.ts'
import { type Emit, line, parse, verbCodes } from './verb-words.ts'

/** What is said once, when the paper's own figures come with others. */
const besidePaper =
  'The paper’s own figures, 2008, come with it, to hold others against: see /yardstick.'

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

/** Publishes drafts, and says what came of it; `paper` are those of them that are the paper’s own figures. */
export type PublishDrafts = (
  drafts: readonly number[],
  paper: readonly number[],
  asked: Asked,
  context: VerbContext,
  emit: Emit,
  signal: AbortSignal,
) => Promise<number>

/** `publish` and `withdraw`, and what `import` does with its drafts. */
export function makePublishVerbs(
  catalogue: Catalogue,
  keys: KeyPlace | null,
): { publishDrafts: PublishDrafts; publishVerb: Verb; withdrawVerb: Verb } {
  const publishDrafts: PublishDrafts = async (
    drafts,
    paper,
    asked,
    { db, ahead },
    emit,
    signal,
  ) => {
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
        found.superseded.length === 1 && count === 1
          ? `It takes the place of ${found.superseded[0]}; its page says what changed.`
          : `They take the place of ${found.superseded.join(', ')}; their pages say what changed.`,
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
      for (const text of await withdrawnDrafts(db, ids)) line(emit, text, 'stderr')
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
    line(
      emit,
      'No earlier release takes its place: to bring one back, import and publish its file again.',
    )
    return exitCodes.done
  }
  return { publishDrafts, publishVerb, withdrawVerb }
}

async function lastPublication(db: VerbContext['db']): Promise<number> {
  const rows = await db.query<{ id: number }>('select max(id) as id from publication')
  return rows[0]?.id ?? 0
}

/** A release's number, as the database can hold it. */
const isNumber = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 31
