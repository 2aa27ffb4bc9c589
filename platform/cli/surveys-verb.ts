import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { Unsaid } from '../replies/said.ts'
import { countSurvey, resultsFile } from '../surveys/results.ts'
import { findSurvey, listSurveys, stateOn } from '../surveys/survey.ts'

/** The verbs' own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

type Say = (text: string, stream?: 'stdout' | 'stderr') => void

const example =
  'Say which survey: plumbline surveys publish 3 --reason "Answers of the spring", or plumbline surveys results 3 --out answers.csv'

interface Asked {
  readonly act: 'list' | 'results' | 'publish'
  readonly id: number
  readonly out: string | null
  readonly reason: string
  readonly leaveOut: boolean
}

/** What the words ask for, or a sentence that says what they lack. */
function asked(args: string[]): Asked | string {
  const options = {
    out: { type: 'string' },
    reason: { type: 'string' },
    'leave-out': { type: 'boolean', default: false },
  } as const
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true })
    const [act, number = ''] = positionals
    const { out = null, reason = 'Answers of a survey', 'leave-out': leaveOut } = values
    if (act === undefined) return { act: 'list', id: 0, out, reason, leaveOut }
    const isNumber = /^[1-9]\d{0,8}$/.test(number)
    if ((act === 'results' || act === 'publish') && isNumber) {
      return { act, id: Number(number), out, reason, leaveOut }
    }
  } catch (error) {
    return (error as Error).message
  }
  return example
}

const today = (): string => new Date().toISOString().slice(0, 10)

/**
 * `plumbline surveys` lists them; `results ID` gives the answers as counted so far; `publish ID` counts one
 * that has ended and publishes it as any other file is.
 * @param importVerb the ordinary import, which reads, checks, protects and publishes.
 */
export const makeSurveysVerb =
  (importVerb: Verb): Verb =>
  async (args, context, emit, signal) => {
    const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
    const { db, cwd } = context
    const read = asked(args)
    if (typeof read === 'string') {
      say(read, 'stderr')
      return codes.wrongWords
    }
    if (read.act === 'list') return list(db, say)
    const survey = await findSurvey(db, read.id)
    if (!survey) {
      say(`There is no survey ${read.id}. plumbline surveys lists them.`, 'stderr')
      return codes.wrongWords
    }
    if (read.act === 'results') {
      const { text } = await resultsFile(db, survey)
      if (read.out === null) for (const line of text.trimEnd().split('\n')) say(line)
      else await writeFile(resolve(cwd, read.out), text)
      return exitCodes.done
    }
    try {
      const file = await db.transaction((tx) =>
        countSurvey(tx, survey, { role: 'steward', day: today(), leaveOut: read.leaveOut }),
      )
      return await published(file, read.reason, (words) =>
        importVerb(words, context, emit as (event: ProgressEvent) => void, signal),
      )
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
  }

async function published(
  { name, text }: { readonly name: string; readonly text: string },
  reason: string,
  run: (words: string[]) => Promise<number>,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-survey-'))
  try {
    const path = join(folder, name)
    await writeFile(path, text)
    return await run([path, `--reason=${reason}`])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function list(db: Database, say: Say): Promise<number> {
  const all = await listSurveys(db)
  if (all.length === 0) say('There is no survey yet. A steward opens one at /surveys/run.')
  for (const s of all) {
    say(`${s.id}  ${s.title}, ${s.service}, ${s.opens} to ${s.closes}, ${stateOn(s, today())}`)
  }
  return exitCodes.done
}
