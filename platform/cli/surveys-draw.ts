import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodes, type VerbContext } from '../control/verb.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { secretAt, secretName } from '../people/secret.ts'
import { makeReader } from '../reader.ts'
import { Unsaid } from '../replies/said.ts'
import { spelled } from '../surveys/code.ts'
import {
  type DrawTyped,
  drawNumber,
  inviteByEmail,
  inviteByLetter,
  lettersOf,
  readDraw,
  usualDraw,
} from '../surveys/draw.ts'
import { readFrame, readPaperFrame } from '../surveys/frame.ts'
import type { InviteResult } from '../surveys/invite.ts'
import type { PaperLetter } from '../surveys/paper.ts'
import { findSurvey, mostProviders, type Survey } from '../surveys/survey.ts'
import { csvLines } from '../web/csv.ts'
import { lettersPage, mostOnPage } from './letters-page.ts'
import type { OwnPlace } from './own-place.ts'
import { type Emit, line, verbCodes } from './verb-words.ts'

export const drawActs = ['invite', 'letters'] as const
export type DrawAct = (typeof drawActs)[number]

const examples: Readonly<Record<DrawAct, string>> = {
  invite: 'plumbline surveys invite 3 patients.csv --replies 100 --rate 30 --months 6',
  letters: 'plumbline surveys letters 3 patients.csv --out letters.csv',
}

interface Asked {
  readonly id: number
  readonly file: string
  readonly typed: DrawTyped
  readonly out: string | null
  /** The number of an earlier draw, whose letters are wanted again. */
  readonly again: string | null
}

/** What was typed makes no sense, or cannot be done; the message says what to do. */
class NotDrawn extends Error {
  override name = 'NotDrawn'
  readonly code: number

  constructor(sentence: string, code: number = verbCodes.wrongWords) {
    super(sentence)
    this.code = code
  }
}

function askedOf(act: DrawAct, args: string[]): Asked {
  const text = { type: 'string' } as const
  const options = { replies: text, rate: text, months: text, out: text, draw: text } as const
  const found = (() => {
    try {
      return parseArgs({ args, options, allowPositionals: true })
    } catch (error) {
      throw new NotDrawn((error as Error).message)
    }
  })()
  const [number = '', file, ...more] = found.positionals
  if (!/^[1-9]\d{0,8}$/.test(number) || file === undefined || more.length > 0) {
    throw new NotDrawn(`Say which survey and which list: ${examples[act]}`)
  }
  const { out = null, draw: sent, replies, rate, months } = found.values
  const typed = {
    replies: replies ?? usualDraw.replies,
    rate: rate ?? usualDraw.rate,
    months: months ?? usualDraw.months,
  }
  if (act === 'invite' && (out !== null || sent !== undefined)) {
    throw new NotDrawn('--out and --draw are for letters of paper: plumbline surveys letters.')
  }
  if (act === 'letters' && out === null) {
    throw new NotDrawn(`Say where the letters go: ${examples[act]}`)
  }
  const again = sent === undefined ? null : (drawNumber.safeParse(sent).data ?? '')
  if (again === '') throw new NotDrawn('--draw takes the number that the first draw was told.')
  return { id: Number(number), file, typed, out, again }
}

/** What both verbs work with. */
interface Work {
  readonly context: VerbContext
  readonly catalogue: Catalogue
  readonly emit: Emit
  readonly survey: Survey
  readonly asked: Asked
  readonly list: string
  readonly home: string
  readonly secret: string
}

/**
 * `plumbline surveys invite N FILE` draws a sample of a list and writes to it; `surveys letters N FILE --out FILE`
 * makes the letters of paper, as rows for whoever prints them: what the pages do, for lists of any length.
 * @param own null where a verb cannot know it; then nothing is drawn.
 */
export async function drawVerb(
  act: DrawAct,
  args: string[],
  of: Pick<Work, 'context' | 'catalogue' | 'emit'>,
  own: OwnPlace | null,
): Promise<number> {
  try {
    const work = await workOf(act, args, of, own)
    return act === 'invite' ? await invite(work) : await letters(work)
  } catch (error) {
    if (!(error instanceof NotDrawn || error instanceof Unsaid)) throw error
    const flag = error instanceof Unsaid && Object.hasOwn(usualDraw, error.field)
    line(of.emit, `${flag ? `--${error.field}: ` : ''}${error.message}`, 'stderr')
    if (error instanceof NotDrawn) return error.code
    return flag ? verbCodes.wrongWords : verbCodes.refused
  }
}

async function workOf(
  act: DrawAct,
  args: string[],
  of: Pick<Work, 'context' | 'catalogue' | 'emit'>,
  own: OwnPlace | null,
): Promise<Work> {
  const asked = askedOf(act, args)
  const { db, cwd } = of.context
  const survey = await findSurvey(db, asked.id)
  if (!survey) {
    throw new NotDrawn(`There is no survey ${asked.id}. plumbline surveys lists them.`)
  }
  const path = resolve(cwd, asked.file)
  const list = await readFile(path, 'utf8').catch(() => {
    throw new NotDrawn(`There is no file ${path} that can be read.`)
  })
  const { home = null, canPost = false, signIn } = own ?? {}
  if (home === null || !signIn) {
    const sentence = 'Letters hold links: set PLUMBLINE_ADDRESS, or do this while the server runs.'
    throw new NotDrawn(sentence, verbCodes.refused)
  }
  // Another secret than the server's would make codes that nothing opens.
  if (signIn.given === null && !existsSync(join(signIn.folder, secretName))) {
    const sentence =
      'The secret that makes codes is not here: start the server once, or set PLUMBLINE_SIGN_IN_SECRET as it has it.'
    throw new NotDrawn(sentence, verbCodes.refused)
  }
  if (act === 'invite' && !canPost) {
    throw new NotDrawn('This Plumbline cannot send emails: set SMTP_URL.', verbCodes.refused)
  }
  return { ...of, survey, asked, list, home, secret: secretAt(signIn) }
}

const today = (): string => new Date().toISOString().slice(0, 10)

async function namesOf({ context, catalogue, survey }: Work): Promise<ReadonlyMap<string, string>> {
  const reader = makeReader(context.db, catalogue)
  const all = await reader.providersOf(await reader.state(), survey.service, mostProviders)
  return new Map(all.map((p) => [p.code, p.name]))
}

const byOperator = { role: 'operator', person: null } as const

async function invite(work: Work): Promise<number> {
  const { context, survey, asked, secret, home, emit } = work
  const draw = readDraw(survey, asked.typed, today())
  const frame = readFrame(work.list, true)
  const nameOf = await namesOf(work)
  const site = { home, nameOf }
  const found = await context.db.transaction((tx) =>
    inviteByEmail(tx, survey, frame, { ...byOperator, secret, draw }, site),
  )
  sayDrawn(emit, found, frame.length)
  line(emit, 'Their letters are sent by the server, as it runs.')
  return exitCodes.done
}

async function letters(work: Work): Promise<number> {
  const { context, survey, asked, secret, emit } = work
  const out = resolve(context.cwd, asked.out ?? '')
  if (!existsSync(dirname(out))) throw new NotDrawn(`There is no folder ${dirname(out)}.`)
  const frame = readPaperFrame(work.list)
  const number = asked.again ?? randomUUID()
  if (asked.again === null) {
    const draw = readDraw(survey, asked.typed, today())
    const by = { ...byOperator, secret, draw, number }
    const found = await context.db.transaction(async (tx) => {
      const drawn = await inviteByLetter(tx, survey, frame, by)
      if (isPage(out) && drawn.invited.length > mostOnPage) throw new NotDrawn(tooMany(drawn))
      return drawn
    })
    sayDrawn(emit, found, frame.length)
    // Before the file is written: where that fails, the codes can be made again.
    const again = `Where the file is lost, the same list with --draw ${number} makes the same letters. Keep the number with it: it is kept nowhere else.`
    line(emit, again, 'stderr')
  }
  const all = await lettersOf(context.db, survey, frame, { secret, number })
  if (all.length === 0) {
    throw new NotDrawn('No letter came of this list and this number.', verbCodes.refused)
  }
  await writeLetters(out, all, work)
  line(
    emit,
    `Wrote ${all.length} letters to ${out}. Whoever has it knows whose a code is: remove it when they are sent.`,
  )
  return exitCodes.done
}

const tooMany = ({ invited }: InviteResult): string =>
  `${invited.length.toLocaleString('en-GB')} people would be drawn, and a page holds ${mostOnPage.toLocaleString('en-GB')} letters. Nobody was drawn. Call the file letters.csv, which has a row for each.`

const columns = ['person', 'provider', 'name', 'code', 'address', 'until', 'stop', 'stop_address']

const isPage = (out: string): boolean => /\.html?$/i.test(out)

/** A row for each letter, or a page of them where the file is called so; its owner alone may read it. */
async function writeLetters(out: string, all: readonly PaperLetter[], work: Work): Promise<void> {
  const { home, survey } = work
  const nameOf = await namesOf(work)
  const text = isPage(out) ? lettersPage(survey, all, nameOf, home) : letterRows(all, nameOf, work)
  await writeFile(out, text, { mode: 0o600 })
  // One that was there keeps its mode otherwise.
  await chmod(out, 0o600)
}

function letterRows(
  all: readonly PaperLetter[],
  nameOf: ReadonlyMap<string, string>,
  { home, survey }: Work,
): string {
  const rows = all.map(({ person, provider, code, stop }) => [
    ...[person, provider, nameOf.get(provider) ?? provider, spelled(code)],
    ...[`${home}/surveys/enter?code=${spelled(code)}`, survey.closes],
    ...[spelled(stop), `${home}/surveys/stop`],
  ])
  return csvLines(columns, rows)
}

function sayDrawn(emit: Emit, { invited, notAsked, short }: InviteResult, of: number): void {
  const number = (n: number): string => n.toLocaleString('en-GB')
  const left = Object.values(notAsked).reduce((sum, n) => sum + n, 0)
  line(
    emit,
    `Drew ${number(invited.length)} of ${number(of)} people; ${number(left)} may not be asked now. The seed is on the record.`,
  )
  for (const { name, expected } of short) {
    line(emit, `${name}: no more than ${number(Math.floor(expected))} replies are to be expected.`)
  }
}
