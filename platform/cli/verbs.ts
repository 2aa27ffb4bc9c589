import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gaveWay } from '../../examples/aldermere/about.ts'
import { exitCodes, type ProgressEvent, type Verb, type VerbContext } from '../control/verb.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import {
  checkFiles,
  type ImportedFile,
  type ImportProgress,
  importFiles,
} from '../publishing/import.ts'
import { publish, withdraw } from '../publishing/publish.ts'
import { fileLines, totalLine } from './report.ts'

/** The verbs' own exit codes, documented in docs/operations.md. */
export const verbCodes = { refused: 2, wrongWords: 3 } as const

type Emit = (event: ProgressEvent) => void

const line = (emit: Emit, text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
  emit({ kind: 'line', stream, text })

/** Turns what an import tells into progress, with rate and time left from the bytes read. */
function progressOf(emit: Emit): (event: ImportProgress) => void {
  let started = Date.now()
  let label = ''
  let said = 0
  return (event) => {
    const now = Date.now()
    if (event.label !== label) {
      started = now
      label = event.label
    }
    if (now - said < 200 && event.done < event.total) return
    said = now
    const seconds = (now - started) / 1000
    const share = event.total > 0 ? event.done / event.total : 1
    emit({
      kind: 'progress',
      label: event.label,
      done: event.rows,
      total: share > 0 ? Math.round(event.rows / share) : null,
      rate: seconds > 0 ? event.rows / seconds : null,
      secondsLeft: share > 0 ? (seconds / share) * (1 - share) : null,
    })
  }
}

const flags = {
  accept: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string' },
  draft: { type: 'boolean' },
  report: { type: 'boolean' },
} as const

function parse(args: string[], emit: Emit) {
  try {
    const { values, positionals } = parseArgs({ args, options: flags, allowPositionals: true })
    const accept = values.accept === undefined ? 0 : Number(values.accept)
    if (!Number.isInteger(accept) || accept < 0) {
      throw new Error('--accept takes how many refused rows you accept, such as --accept 3.')
    }
    return { ...values, accept, positionals }
  } catch (error) {
    line(emit, (error as Error).message, 'stderr')
    return null
  }
}

function say(emit: Emit, files: readonly ImportedFile[], report: boolean): void {
  if (report) {
    line(emit, JSON.stringify(files, null, 2))
    return
  }
  for (const file of files) for (const text of fileLines(file)) line(emit, text)
  line(emit, totalLine(files))
}

const who = (by: string | undefined): string => by ?? 'the operator'

/** Every verb that needs the database, over one catalogue. */
export function makeVerbs(catalogue: Catalogue): Map<string, Verb> {
  const check: Verb = async (args, { db, cwd }, emit, signal) => {
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const paths = asked.positionals.map((p) => resolve(cwd, p))
    if (paths.length === 0) return noPaths(emit, 'check')
    const { files, accepted } = await checkFiles(db, catalogue, paths, {
      accept: asked.accept,
      by: who(asked.by),
      signal,
      onProgress: progressOf(emit),
    })
    say(emit, files, asked.report === true)
    return accepted ? exitCodes.done : verbCodes.refused
  }
  const importVerb: Verb = async (args, { db, cwd }, emit, signal) => {
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const paths = asked.positionals.map((p) => resolve(cwd, p))
    if (paths.length === 0) return noPaths(emit, 'import')
    const result = await importFiles(db, catalogue, paths, {
      accept: asked.accept,
      by: who(asked.by),
      signal,
      onProgress: progressOf(emit),
    })
    say(emit, result.files, asked.report === true)
    if (!result.accepted) {
      line(emit, 'Nothing was imported.', 'stderr')
      return verbCodes.refused
    }
    if (result.drafts.length === 0) {
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
    return publishDrafts(result.drafts, asked, db, emit)
  }
  const publishDrafts = async (
    drafts: readonly number[],
    asked: { by?: string | undefined; reason?: string | undefined },
    db: VerbContext['db'],
    emit: Emit,
  ): Promise<number> => {
    const started = Date.now()
    const found = await publish(db, catalogue, drafts, {
      by: who(asked.by),
      reason: asked.reason ?? 'New figures',
      onProgress: ({ label, done, total }) => {
        const seconds = (Date.now() - started) / 1000
        const rate = seconds > 0 ? done / seconds : null
        const secondsLeft = rate ? (total - done) / rate : null
        emit({ kind: 'progress', label, done, total, rate, secondsLeft })
      },
    })
    const count = found.releases.length
    line(
      emit,
      `Published ${count} ${count === 1 ? 'release' : 'releases'} as publication ${found.publication}.`,
    )
    if (found.superseded.length > 0) {
      line(
        emit,
        `They take the place of ${found.superseded.join(', ')}; their pages say what changed.`,
      )
    }
    if (found.gaveWay.length > 0) line(emit, gaveWay)
    return exitCodes.done
  }
  const publishVerb: Verb = async (args, { db }, emit) => {
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const ids = asked.positionals.map(Number)
    if (ids.length === 0 || !ids.every(Number.isInteger)) {
      line(emit, 'Say which drafts to publish, such as: plumbline publish 12 13', 'stderr')
      return verbCodes.wrongWords
    }
    return publishDrafts(ids, asked, db, emit)
  }
  const withdrawVerb: Verb = async (args, { db }, emit) => {
    const asked = parse(args, emit)
    if (!asked) return verbCodes.wrongWords
    const id = Number(asked.positionals[0])
    if (!Number.isInteger(id) || !asked.reason) {
      const example = 'plumbline withdraw 12 --reason "the source took it back"'
      line(emit, `Say which release and why: ${example}`, 'stderr')
      return verbCodes.wrongWords
    }
    const n = await withdraw(db, catalogue, id, { by: who(asked.by), reason: asked.reason })
    line(emit, `Release ${id} is withdrawn, as publication ${n}.`)
    return exitCodes.done
  }
  return new Map([
    ['check', check],
    ['import', importVerb],
    ['publish', publishVerb],
    ['withdraw', withdrawVerb],
  ])
}

function noPaths(emit: Emit, verb: string): number {
  line(emit, `Say which file or folder, such as: plumbline ${verb} figures.csv`, 'stderr')
  return verbCodes.wrongWords
}
