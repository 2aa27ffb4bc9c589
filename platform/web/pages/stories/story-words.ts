import type { Reader } from '../../../comparison/reader.ts'
import { helpedOf, sinceHelped } from '../../../stories/helped.ts'
import type { Change, Standing } from '../../../stories/standing.ts'
import type { Story } from '../../../stories/store.ts'
import {
  feelings,
  moderationRules,
  type StoryWords,
  tellers,
  themes,
} from '../../../stories/story.ts'
import * as words from '../../words.ts'

/** Who can be called, as pages show it. */
export const helpShown = ({ stories }: Pick<Reader, 'stories'>) =>
  stories.help.map(({ when, name, number }) => ({
    ...{ when, name, number },
    tel: `tel:${number.replaceAll(' ', '')}`,
  }))

/** Paragraphs of what somebody typed. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((p) => p.trim())
    .filter((p) => p !== '')

/** The words of a story as pages set them. */
export const wordsShown = ({ happened, good, better }: StoryWords) => ({
  happened: paragraphs(happened),
  good: paragraphs(good),
  better: paragraphs(better),
})

/** "Told by a relative …, of October 2024. It felt: ignored and angry." */
export function aboutSentence({
  teller,
  month,
  feelings: felt,
}: Pick<Story, 'teller' | 'month' | 'feelings'>): string {
  const when = month === '' ? '' : `, of ${words.period(month)}`
  const how = felt.length === 0 ? '' : ` They felt ${words.list(felt.map((f) => feelings[f]))}.`
  return `Told by ${tellers[teller]}${when}.${how}`
}

/** "It is about waiting and how staff were." */
export const themesSentence = ({ published }: Standing): string =>
  published && published.themes.length > 0
    ? `It is about ${words.list(published.themes.map((t) => themes[t]))}.`
    : ''

/** Whether a reply is late, or was: on a day. */
export const isReplyLate = ({ due, firstReply }: Standing, day: string): boolean =>
  due !== null && (firstReply?.on ?? day) > due

/** Whether a story has been replied to, and in time, in one sentence. */
export function replySentence(s: Standing, day: string): string {
  if (s.due === null) return ''
  const due = words.date(s.due)
  if (s.firstReply === null) {
    const none = s.reply ? 'No reply that counts yet.' : 'No reply yet.'
    return isReplyLate(s, day)
      ? `${none} It is late: it was due by ${due}.`
      : `${none} It is due by ${due}.`
  }
  const on = words.date(s.firstReply.on)
  return isReplyLate(s, day)
    ? `Replied on ${on}, after it was due (${due}).`
    : `Replied on ${on}, in time (it was due by ${due}).`
}

/** Where a promised change has come to. */
export function changeSentence({ state, by, ended, isAccepted }: Change, day: string): string {
  const until = by === null ? '' : ` by ${words.date(by)}`
  const on = ended ? ` on ${words.date(ended.on)}` : ''
  // Until a moderator has read it, only they and who promised it know the day.
  if (state === 'unread') return `The reply promises a change${until}. A moderator reads it first.`
  if (state === 'refused') return 'A moderator read the promised change, and it does not stand.'
  const promised = by === null ? '' : ` It had promised it${until}.`
  if (state === 'made') {
    return ended && by !== null && by < ended.on
      ? `The service says that it made this change${on}, later than it had promised (${words.date(by)}).`
      : `The service says that it made this change${on}.${promised}`
  }
  if (state === 'dropped') {
    return isAccepted
      ? `The service dropped this change${on}.${promised}`
      : `The service took back a promised change${on}, before a moderator had read it.`
  }
  const late = by !== null && by < day ? ' That day has passed.' : ''
  return `The service promises this change${until}.${late}`
}

const helpedWords = { yes: 'helped', partly: 'helped in part', no: 'did not help' } as const

/** What the teller says, and of what; or that they have not, where they could. */
export function helpedSentence(s: Standing): string {
  const { helped, reply } = s
  if (!helped?.answer) {
    return reply ? 'Whoever told the story has not said yet whether it helped.' : ''
  }
  const said = helpedWords[helped.answer]
  const on = words.date(helped.on)
  const since = sinceHelped(s)
  const notYet = 'They have not said yet whether'
  if (since === null) return `Whoever told the story says that the ${helpedOf(s)} ${said}. (${on})`
  if (since === 'reply') {
    return `Of what was there before this reply, whoever told the story said that it ${said}. (${on}) ${notYet} this reply helped.`
  }
  const of = `whoever told the story said that the reply ${said}. (${on})`
  return since === 'made'
    ? `Before the change was made, ${of} ${notYet} the change helped.`
    : `Before the change was dropped, ${of}`
}

/** That a moderator says of the reply that it does not answer the story, and why. */
function asideShown({ replies }: Standing) {
  const aside = replies.at(-1)?.aside
  if (!aside) return null
  return {
    sentence: `A ${aside.role} said on ${words.date(aside.on)} that this does not answer the story. It does not count as a reply.`,
    why: aside.text === null ? [] : paragraphs(aside.text),
  }
}

/** A list's line: what became of it, in a few words. */
export function becameWords(s: Standing, day: string): string {
  if (s.change?.state === 'made') return 'Replied to, and something was changed'
  if (s.change?.state === 'planned') return 'Replied to, and a change is promised'
  if (s.firstReply) return 'Replied to'
  const none = s.reply ? 'No reply that counts yet' : 'No reply yet'
  return isReplyLate(s, day) ? `${none}: it is late` : none
}

/** Why a story is not shown, by the rule and the reason. */
export function refusalShown({ refusal, stage }: Standing) {
  if (!refusal) return null
  const on = words.date(refusal.on)
  const what = stage === 'returned' ? 'asked for a change' : 'decided not to show it'
  return {
    sentence: `A ${refusal.role} ${what} on ${on}.`,
    rule: refusal.rule === null ? '' : moderationRules[refusal.rule],
    why: refusal.text === null ? [] : paragraphs(refusal.text),
  }
}

/** Each reply, for whoever says whether it counts. */
export const repliesShown = ({ replies }: Standing) =>
  replies.map(({ act, aside }) => ({
    entry: act.entry,
    on: words.date(act.on),
    text: act.text === null ? [] : paragraphs(act.text),
    counts: aside === null,
    why: aside?.text ? paragraphs(aside.text) : [],
  }))

/** All that stands beneath a story, in its order. */
export const beneath = (s: Standing, day: string) => ({
  due: replySentence(s, day),
  moved: s.moved?.text ?? '',
  isLate: isReplyLate(s, day) && s.firstReply === null,
  reply: s.reply && {
    by: `${words.sentenceCase(s.reply.role)} replies:`,
    on: words.date(s.reply.on),
    text: s.reply.text === null ? null : paragraphs(s.reply.text),
    aside: asideShown(s),
  },
  change: s.change && {
    sentence: changeSentence(s.change, day),
    what: s.change.what === null ? [] : paragraphs(s.change.what),
    ended: s.change.ended?.text ? paragraphs(s.change.ended.text) : [],
    state: s.change.state,
  },
  helped: helpedSentence(s),
})
