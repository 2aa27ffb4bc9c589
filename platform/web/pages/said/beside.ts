import { type Matter, matterKey } from '../../../replies/matter.ts'
import { replySubject } from '../../../replies/reply.ts'
import type { Correction, Reply } from '../../../replies/store.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import { matterHref } from './matter-words.ts'

/** What a provider says beside one thing that is said of it, and where it may say more. */
export type Beside = ReturnType<typeof besideIt>

/** "the head teacher of Ansty School" */
export const signature = (role: string, provider: string): string => `the ${role} of ${provider}`

const paragraphs = (text: string): string[] => text.split(/\n\s*\n/).map((p) => p.trim())

/** Where forms about a matter are. */
export const formHref = ({ provider, kind, about }: Matter, form: 'reply' | 'correct'): string =>
  `/providers/${encodeURIComponent(provider)}/${form}/${kind}/${encodeURIComponent(about)}`

/** What follows where a reason must stand, and may have been erased. */
export const reasonWords = (why: string | null): string =>
  why === null ? '. The reason has been erased.' : `: ${why}`

function replyShown(reply: Reply, provider: string) {
  const { last, acts } = reply
  const by = signature(last.role, provider)
  const on = words.date(last.on)
  const given = acts.filter((a) => a.act === 'given')
  return {
    isWithdrawn: last.act === 'withdrawn',
    by: last.name === null ? words.sentenceCase(by) : `${last.name}, ${by}`,
    on,
    text: last.text === null ? null : paragraphs(last.text),
    about: last.period === '' ? '' : words.period(last.period),
    first: given.length > 1 && given[0] ? `First given on ${words.date(given[0].on)}.` : '',
    withdrawn:
      last.act === 'withdrawn'
        ? `A reply stood here. ${words.sentenceCase(by)} withdrew it on ${on}${reasonWords(last.why)}`
        : '',
    record: `/record?subject=${encodeURIComponent(replySubject(reply))}`,
  }
}

/**
 * Where a request for a correction has come to, in one sentence.
 * @param tellsReason false where the reason of a refusal stands below it.
 */
export function correctionSentence(
  { askedOn, due, answer }: Correction,
  tellsReason = true,
): string {
  const asked = `A correction was asked for on ${words.date(askedOn)}`
  if (answer === null) return `${asked}; it is to be answered by ${words.date(due)}.`
  const on = words.date(answer.on)
  return answer.outcome === 'accepted'
    ? `${asked} and accepted on ${on}: release ${answer.release} corrects.`
    : `${asked} and refused on ${on}${tellsReason ? reasonWords(answer.why) : '.'}`
}

function besideIt(
  matter: Matter,
  provider: string,
  reply: Reply | null,
  asked: readonly Correction[],
) {
  return {
    reply: reply && replyShown(reply, provider),
    corrections: asked.map((c) => ({
      sentence: correctionSentence(c),
      href: `/corrections/${c.id}`,
    })),
    replyHref: formHref(matter, 'reply'),
    askHref: formHref(matter, 'correct'),
  }
}

/** All that is said beside things, asked for once for a page. */
export class Said {
  readonly replies: readonly Reply[]
  readonly corrections: readonly Correction[]
  readonly #replyTo: ReadonlyMap<string, Reply>
  readonly #askedOf: ReadonlyMap<string, readonly Correction[]>

  constructor(replies: readonly Reply[], corrections: readonly Correction[]) {
    const key = (m: Matter): string => `${m.provider} ${matterKey(m)}`
    this.replies = replies
    this.corrections = corrections
    this.#replyTo = new Map(replies.map((r) => [key(r), r]))
    this.#askedOf = Map.groupBy(corrections, key)
  }

  /** What is said beside one thing. */
  beside(matter: Matter, provider: string): Beside {
    const key = `${matter.provider} ${matterKey(matter)}`
    return besideIt(matter, provider, this.#replyTo.get(key) ?? null, this.#askedOf.get(key) ?? [])
  }
}

/** What one provider says, or, without a code, what all say. */
export async function saidOf(
  { reader, state }: Pick<PageContext, 'reader' | 'state'>,
  provider?: string,
): Promise<Said> {
  const [replies, corrections] = await Promise.all([
    reader.replies.replies(state, provider),
    reader.replies.corrections(state, provider),
  ])
  return new Said(replies, corrections)
}

/** Providers that have replied to a figure, each with where the reply stands; withdrawn ones are none. */
export async function repliedTo(
  indicator: string,
  { reader, state }: Pick<PageContext, 'reader' | 'state'>,
): Promise<ReadonlyMap<string, { readonly href: string; readonly text: string }>> {
  const replies = await reader.replies.replies(state)
  return new Map(
    replies
      .filter((r) => r.kind === 'figure' && r.about === indicator && r.last.act === 'given')
      .map((r) => [r.provider, { href: matterHref(r), text: 'Read its reply' }]),
  )
}
