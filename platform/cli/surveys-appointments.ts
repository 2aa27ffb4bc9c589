import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodes, type VerbContext } from '../control/verb.ts'
import { secretAt, secretName } from '../people/secret.ts'
import { Unsaid } from '../replies/said.ts'
import {
  type AfterAppointments,
  afterOf,
  afterSentence,
  askAfter,
  invitedSentence,
  outcomesOf,
  stopAfter,
} from '../surveys/appointments.ts'
import { type Lot, lotFor } from '../surveys/lot.ts'
import { findSurvey, type Survey } from '../surveys/survey.ts'
import type { OwnPlace } from './own-place.ts'
import { type Emit, line, verbCodes } from './verb-words.ts'

const example =
  'Say which survey: plumbline surveys appointments 3, with --way email --share 50 --months 6 to begin it'

const today = (): string => new Date().toISOString().slice(0, 10)

interface Work {
  readonly context: VerbContext
  readonly emit: Emit
  readonly own: OwnPlace | null
}

function wordsOf(args: string[]) {
  const text = { type: 'string' } as const
  const options = {
    ...{ way: text, share: text, months: text, reason: text, why: text, email: text },
    stop: { type: 'boolean', default: false },
  } as const
  const { positionals, values } = parseArgs({ args, options, allowPositionals: true })
  const [number = '', ...more] = positionals
  if (!/^[1-9]\d{0,8}$/.test(number) || more.length > 0) throw new Unsaid('', example)
  const asks = [values.way !== undefined, values.stop, values.why !== undefined]
  if (asks.filter(Boolean).length > 1) {
    throw new Unsaid('', 'One thing at a time: --way begins it, --stop stops it, --why explains.')
  }
  return { id: Number(number), ...values }
}
type Words = ReturnType<typeof wordsOf>

/**
 * `plumbline surveys appointments N` says how a survey asks people after appointments, and what share of those who
 * were reported it asked; `--way` begins it, `--stop` stops it, and `--why PERSON` works somebody's draw out again.
 */
export async function appointmentsVerb(args: string[], work: Work): Promise<number> {
  const words = read(args)
  if (typeof words === 'string') {
    line(work.emit, words, 'stderr')
    return verbCodes.wrongWords
  }
  const survey = await findSurvey(work.context.db, words.id)
  if (!survey) {
    line(work.emit, `There is no survey ${words.id}. plumbline surveys lists them.`, 'stderr')
    return verbCodes.wrongWords
  }
  try {
    if (words.why !== undefined) await explain(work, survey, words)
    else {
      if (words.way !== undefined) await begin(work, survey, words)
      if (words.stop) await stop(work, survey, words)
      await standing(work, survey)
    }
    return exitCodes.done
  } catch (error) {
    if (!(error instanceof Unsaid)) throw error
    line(work.emit, error.message, 'stderr')
    return verbCodes.refused
  }
}

function read(args: string[]): Words | string {
  try {
    return wordsOf(args)
  } catch (error) {
    return (error as Error).message
  }
}

async function begin({ context, own }: Work, survey: Survey, words: Words): Promise<void> {
  const { way, share = '100', months = '6' } = words
  if (way === 'email' && !own?.canPost) {
    throw new Unsaid(
      'way',
      'This Plumbline cannot send emails: set SMTP_URL, or take --way letter.',
    )
  }
  const whole = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN)
  const asked = { way, share: whole(share), months: whole(months), role: 'operator', on: today() }
  await context.db.transaction((tx) => askAfter(tx, survey, asked))
}

const stop = ({ context }: Work, survey: Survey, { reason = '' }: Words): Promise<void> =>
  context.db.transaction((tx) => stopAfter(tx, survey, { why: reason, role: 'operator' }))

async function standing({ context, emit }: Work, survey: Survey): Promise<void> {
  const after = await afterOf(context.db, survey.id)
  line(emit, after ? afterSentence(after) : 'It asks nobody after an appointment.')
  if (!after) return
  line(emit, `The seed of its draw, which is on the record: ${after.seed}`)
  const invited = invitedSentence(await outcomesOf(context.db, survey.id))
  line(emit, invited ?? 'No appointment was reported yet.')
}

async function explain(work: Work, survey: Survey, words: Words): Promise<void> {
  const { context, emit, own } = work
  const after = await afterOf(context.db, survey.id)
  if (!after) throw new Unsaid('', 'It asks nobody after an appointment.')
  if (!own || (own.signIn.given === null && !existsSync(join(own.signIn.folder, secretName)))) {
    const sentence =
      'The secret that makes the draw is not here: start the server once, or set PLUMBLINE_SIGN_IN_SECRET as it has it.'
    throw new Unsaid('', sentence)
  }
  const { why: person = '', email = '' } = words
  if (person.trim() === '') throw new Unsaid('', 'Say who: --why ada@example.org, or --why 4711.')
  const how = { secret: secretAt(own.signIn), day: today() }
  const lot = await context.db.transaction((tx) => lotFor(tx, after, { person, email }, how))
  for (const sentence of lotSentences(lot, after)) line(emit, sentence)
  line(emit, 'Tell this to nobody but them.', 'stderr')
}

/** Why somebody is asked or is not, from their lot and what is kept of them. */
function lotSentences(
  { lot, isDrawn, peace }: Lot,
  { share, months }: AfterAppointments,
): string[] {
  const where = `Their lot is ${lot.toFixed(4)}, and whose lies below ${(share / 100).toFixed(2)} is drawn`
  const drawn = isDrawn
    ? `${where}: they are drawn, whenever they are reported as the same person.`
    : `${where}: they are not drawn in this survey, however often they are reported.`
  if (peace === 'do-not-ask') return [drawn, 'They asked not to be asked by surveys, and are not.']
  if (peace === 'asked-recently') {
    const time = months === 1 ? 'month' : `${months} months`
    return [drawn, `They were asked within the last ${time}, by this survey or another.`]
  }
  return [drawn, 'Nothing else stands in the way of asking them.']
}
