import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodes, type Verb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { Unsaid } from '../replies/said.ts'
import { type DueSurvey, orderResults, publishDue } from '../surveys/by-themselves.ts'
import { countSurvey } from '../surveys/results.ts'
import { resultsFile } from '../surveys/results-file.ts'
import { findSurvey, listSurveys, type Survey, stateOn } from '../surveys/survey.ts'
import type { OwnPlace } from './own-place.ts'
import { appointmentsVerb } from './surveys-appointments.ts'
import { drawActs, drawVerb } from './surveys-draw.ts'

/** The verbs' own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

type Emit = Parameters<Verb>[2]
type Say = (text: string, stream?: 'stdout' | 'stderr') => void

const example =
  'Say which survey: plumbline surveys publish 3 --reason "Answers of the spring", or plumbline surveys results 3 --out answers.csv'

interface Asked {
  readonly act: 'list' | 'results' | 'publish' | 'due' | 'order'
  readonly id: number
  readonly out: string | null
  readonly reason: string
  readonly leaveOut: boolean
  /** That an order is taken back. */
  readonly off: boolean
}

/** What the words ask for, or a sentence that says what they lack. */
function asked(args: string[]): Asked | string {
  const options = {
    out: { type: 'string' },
    reason: { type: 'string' },
    'leave-out': { type: 'boolean', default: false },
    off: { type: 'boolean', default: false },
  } as const
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true })
    const [act, number = ''] = positionals
    const {
      out = null,
      reason = act === 'order' ? '' : 'Answers of a survey',
      'leave-out': leaveOut,
      off,
    } = values
    const how = { out, reason, leaveOut, off }
    if (act === undefined) return { act: 'list', id: 0, ...how }
    if (act === 'publish' && number === 'due') return { act: 'due', id: 0, ...how }
    const isNumber = /^[1-9]\d{0,8}$/.test(number)
    if ((act === 'results' || act === 'publish' || act === 'order') && isNumber) {
      return { act, id: Number(number), ...how }
    }
  } catch (error) {
    return (error as Error).message
  }
  return example
}

const today = (): string => new Date().toISOString().slice(0, 10)

/**
 * `plumbline surveys` lists them; `results ID` gives the answers as counted so far; `publish ID` counts one
 * that has ended and publishes it as any other file is; `order ID` has that done by itself when it has ended,
 * and `publish due` does it where it was ordered; `invite` and `letters` draw a sample,
 * and `appointments` has it ask people after appointments.
 * @param importVerb the ordinary import, which reads, checks, protects and publishes.
 */
export const makeSurveysVerb =
  (importVerb: Verb, catalogue: Catalogue, own: OwnPlace | null): Verb =>
  async (args, context, emit, signal) => {
    const drawn = drawActs.find((act) => act === args[0])
    if (drawn) return drawVerb(drawn, args.slice(1), { context, catalogue, emit }, own)
    if (args[0] === 'appointments') return appointmentsVerb(args.slice(1), { context, emit, own })
    const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
    const { db, cwd } = context
    const read = asked(args)
    if (typeof read === 'string') {
      say(read, 'stderr')
      return codes.wrongWords
    }
    if (read.act === 'list') return list(db, say)
    const publish: Publish = async (survey, { by, role, leaveOut, reason, note }) => {
      const how = { role, day: today(), leaveOut }
      const file = await db.transaction((tx) => countSurvey(tx, survey, how))
      const words = [`--reason=${reason}`, ...(by === null ? [] : [`--by=${by}`])]
      return inFile(file, (path) => importVerb([path, ...words], context, note, signal))
    }
    if (read.act === 'due') {
      const done = await publishDue(db, today(), (due) => publishOrdered(due, publish, emit))
      for (const { survey, problem } of done) {
        if (problem === null) say(`Published the results of survey ${survey.id}, ${survey.title}.`)
        else say(`Survey ${survey.id}, ${survey.title}: ${problem}`, 'stderr')
      }
      if (done.length === 0) say('No survey has ended whose results are ordered.')
      return done.every((d) => d.problem === null) ? exitCodes.done : codes.refused
    }
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
      const { leaveOut, reason } = read
      if (read.act === 'order') {
        const order = { isOn: !read.off, leaveOut, role: 'operator', on: today() }
        await db.transaction((tx) => orderResults(tx, survey, { ...order, why: reason }))
        say('It is ordered, and on the record. A server that runs looks each night.')
        return exitCodes.done
      }
      return await publish(survey, { by: null, role: 'steward', leaveOut, reason, note: emit })
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
  }

/** Counts a survey and publishes it: the exit code of the import. */
type Publish = (
  survey: Survey,
  how: {
    /** Who publishes, as the release says; null for the operator. */
    readonly by: string | null
    readonly role: string
    readonly leaveOut: boolean
    readonly reason: string
    readonly note: Emit
  },
) => Promise<number>

const refusedWords =
  'The figures were refused. Count the answers on the page of the survey, to see why.'

/**
 * Publishes what an order has made due, and gives why it was refused, or null.
 * @throws Error where it broke off: it is tried again.
 */
async function publishOrdered(
  { survey, order: { role, leaveOut } }: DueSurvey,
  publish: Publish,
  emit: Emit,
): Promise<string | null> {
  const wrong: string[] = []
  const note: Emit = (event) => {
    if (event.kind === 'line' && event.stream === 'stderr') wrong.push(event.text)
    else emit(event)
  }
  try {
    const by = `order of ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`
    const reason = `The survey “${survey.title}” has ended`
    const exit = await publish(survey, { by, role: by, leaveOut, reason, note })
    if (exit === exitCodes.done) return null
    if (exit === codes.refused) return wrong.join(' ') || refusedWords
    throw new Error(wrong.join(' ') || 'The results could not be published.')
  } catch (error) {
    if (!(error instanceof Unsaid)) throw error
    return error.message
  }
}

/** Works on a file's path while the file is there. */
async function inFile(
  { name, text }: { readonly name: string; readonly text: string },
  work: (path: string) => Promise<number>,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-survey-'))
  try {
    const path = join(folder, name)
    await writeFile(path, text)
    return await work(path)
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
