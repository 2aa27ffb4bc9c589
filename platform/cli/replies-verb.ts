import { parseArgs } from 'node:util'
import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { makeReader } from '../reader.ts'
import type { KeyPlace } from '../record/key.ts'
import { eraseCorrection } from '../replies/correction.ts'
import { Unsaid } from '../replies/said.ts'
import { type Correction, isLate } from '../replies/store.ts'
import { correctionSentence } from '../web/pages/said/beside.ts'
import { signAfterwards } from './record-verb.ts'

/** The verbs' own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

type Say = (text: string, stream?: 'stdout' | 'stderr') => void
const sayTo =
  (emit: (event: ProgressEvent) => void): Say =>
  (text, stream = 'stdout') =>
    emit({ kind: 'line', stream, text })

/** `plumbline replies`: what providers say, as it stands. */
export const makeRepliesVerb =
  (catalogue: Catalogue): Verb =>
  async (_, { db }, emit) => {
    const say = sayTo(emit)
    const reader = makeReader(db, catalogue)
    const all = await reader.replies.replies(await reader.state())
    const standing = all.filter((r) => r.last.act === 'given')
    say(standing.length === 0 ? 'Nobody has replied.' : `Replies that stand: ${standing.length}`)
    for (const { provider, kind, about, last } of standing) {
      say(`${last.on}  ${provider}, ${kind} ${about}, by its ${last.role} (entry ${last.entry})`)
      say(`   ${(last.text ?? '').replaceAll(/\s+/g, ' ').slice(0, 200)}`)
    }
    return exitCodes.done
  }

/** `plumbline corrections` lists requests; `erase N --reason TEXT` erases the words of one. */
export const makeCorrectionsVerb =
  (catalogue: Catalogue, keys: KeyPlace | null): Verb =>
  async (args, { db }, emit) => {
    const say = sayTo(emit)
    const read = asked(args)
    if (typeof read === 'string') {
      say(read, 'stderr')
      return codes.wrongWords
    }
    if (read.erase === null) {
      const reader = makeReader(db, catalogue)
      const found = await reader.replies.corrections(await reader.state())
      list(read.all ? found : found.filter((c) => c.answer === null), say)
      return exitCodes.done
    }
    const { erase, reason } = read
    try {
      await db.transaction((tx) => eraseCorrection(tx, erase, { why: reason, by: 'steward' }))
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
    await signAfterwards(db, keys, say)
    say(`The words of request ${erase} are erased. That it was asked for stays.`)
    return exitCodes.done
  }

interface Asked {
  readonly all: boolean
  readonly erase: number | null
  readonly reason: string
}

/** What the words ask for, or a sentence that says what they lack. */
function asked(args: string[]): Asked | string {
  const options = { all: { type: 'boolean', default: false }, reason: { type: 'string' } } as const
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true })
    const [act, number = ''] = positionals
    const { all, reason = '' } = values
    if (act === undefined) return { all, erase: null, reason }
    if (act === 'erase' && /^[1-9]\d{0,8}$/.test(number) && reason.trim() !== '') {
      return { all, erase: Number(number), reason: reason.trim() }
    }
  } catch (error) {
    return (error as Error).message
  }
  return 'Say which request and why: plumbline corrections erase 3 --reason "its author asked for it"'
}

function list(found: readonly Correction[], say: Say): void {
  const today = new Date().toISOString().slice(0, 10)
  if (found.length === 0) say('No request for a correction waits.')
  for (const c of found.toSorted((a, b) => (a.due < b.due ? -1 : 1))) {
    say(`${c.id}  ${c.provider}, ${c.kind} ${c.about}${isLate(c, today) ? ', late' : ''}`)
    say(`   ${correctionSentence(c)}${c.isPrivate ? ' Its words are not public.' : ''}`)
  }
}
