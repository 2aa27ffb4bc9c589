import { parseArgs } from 'node:util'
import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import type { Database } from '../database/database.ts'
import { AnswerRefused, answerKinds, answerSignal } from '../desk/answer.ts'
import { holderOf } from '../desk/holders.ts'
import { signalKinds } from '../desk/signal.ts'
import { standingOf } from '../desk/store.ts'
import { type SignalNews, tellHolder } from '../desk/tell.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { makeReader } from '../reader.ts'
import { falseAlarmSentence, leadOf } from '../web/pages/desk/desk.ts'
import { handleHref } from '../web/pages/desk/handling.ts'
import { briefWords, seenSentence } from '../web/pages/desk/signal-words.ts'
import type { OwnPlace } from './own-place.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

const flags = {
  service: { type: 'string' },
  kind: { type: 'string' },
  first: { type: 'string', default: '20' },
  accept: { type: 'string' },
  explain: { type: 'string' },
  plan: { type: 'string' },
  as: { type: 'string' },
  by: { type: 'string' },
  on: { type: 'string' },
  until: { type: 'string' },
  indicator: { type: 'string' },
} as const

const read = (args: string[]) => parseArgs({ args, options: flags, allowPositionals: true })
type Words = ReturnType<typeof read>['values']

type Say = (text: string, stream?: 'stdout' | 'stderr') => void

/**
 * `plumbline desk` lists the first signals; `plumbline desk answer SIGNAL --plan TEXT --until DAY --as
 * ROLE` (or `--explain`, `--accept`) records an answer. Without `own` nobody is written to.
 */
export function makeDeskVerb(catalogue: Catalogue, own: OwnPlace | null = null): Verb {
  return async (args, { db }, emit: (event: ProgressEvent) => void) => {
    const say: Say = (text, stream = 'stdout') => emit({ kind: 'line', stream, text })
    let asked: ReturnType<typeof read>
    try {
      asked = read(args)
    } catch (error) {
      say((error as Error).message, 'stderr')
      return codes.wrongWords
    }
    const [act, key] = asked.positionals
    if (act === undefined) return list(makeReader(db, catalogue), asked.values, say)
    if (act !== 'answer' || key === undefined) {
      say(
        'Say which signal to answer, such as: plumbline desk answer SIGNAL --explain "why" --as "head teacher"',
        'stderr',
      )
      return codes.wrongWords
    }
    const given = answerKinds.filter((kind) => asked.values[kind] !== undefined)
    const [kind] = given
    if (given.length !== 1 || kind === undefined || asked.values.as === undefined) {
      say(
        'Give one of --accept, --explain or --plan with a text, and --as with the role.',
        'stderr',
      )
      return codes.wrongWords
    }
    try {
      const request = {
        signal: key,
        kind,
        text: asked.values[kind],
        role: asked.values.as,
        givenOn: asked.values.on ?? today(),
        ...(asked.values.by === undefined ? {} : { name: asked.values.by }),
        ...(asked.values.until === undefined ? {} : { byWhen: asked.values.until }),
        ...(asked.values.indicator === undefined ? {} : { indicator: asked.values.indicator }),
      }
      const news = await newsOf(db, catalogue, own?.home ?? null, request)
      const id = await db.transaction(async (tx) => {
        if (news) await tellHolder(tx, news)
        return answerSignal(tx, request, { today: today(), seen: null })
      })
      say(`Recorded as answer ${id}. It is shown on /desk and on the provider's page.`)
      return exitCodes.done
    } catch (error) {
      if (!(error instanceof AnswerRefused)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
  }
}

const today = (): string => new Date().toISOString().slice(0, 10)

/** What the steward who looks after the signal is told; null where there is none, or no address to lead to. */
async function newsOf(
  db: Database,
  catalogue: Catalogue,
  home: string | null,
  { signal, role }: { readonly signal: string; readonly role: string },
): Promise<SignalNews | null> {
  if (home === null || (await holderOf(db, signal)) === null) return null
  const reader = makeReader(db, catalogue)
  const all = await reader.desk.all(await reader.state(), today())
  const found = all.find((s) => s.key === signal)
  if (!found) return null
  const link = `${home}${handleHref(signal)}`
  return { signal, act: 'answered', about: briefWords(found), role, person: null, link }
}

async function list(
  reader: ReturnType<typeof makeReader>,
  { service, kind, first }: Words,
  say: Say,
): Promise<number> {
  const known: readonly string[] = signalKinds
  if ((kind !== undefined && !known.includes(kind)) || !/^\d{1,5}$/.test(first)) {
    say(`--kind takes one of ${signalKinds.join(', ')}; --first a number.`, 'stderr')
    return codes.wrongWords
  }
  const state = await reader.state()
  const seen = await reader.desk.all(state, today())
  const all = seen.filter((s) => standingOf(s) !== 'closed')
  const some = all.filter(
    (s) =>
      (service === undefined || s.service === service) && (kind === undefined || s.kind === kind),
  )
  say(leadOf(some, all))
  say(falseAlarmSentence(await reader.desk.watched(state)))
  for (const s of some.slice(0, Number(first))) {
    say('')
    say(briefWords(s))
    say(`  ${seenSentence(s)}`)
    say(`  ${s.answers.length === 0 ? 'Not answered' : 'Answered'}. ${s.key}`)
  }
  const rest = some.length - Number(first)
  if (rest > 0) say(`\n${rest} more: --first ${some.length} lists them all.`)
  return exitCodes.done
}
