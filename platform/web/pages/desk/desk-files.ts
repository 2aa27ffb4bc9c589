import { type Signal, standingOf } from '../../../desk/store.ts'
import { csvLines } from '../../csv.ts'
import { type Feed, type FeedEntry, partOfFeed } from '../../feed.ts'
import { aboutWords, ruleWords, seenSentence, whoWords, whyHref } from './signal-words.ts'

/** A signal as data: of the page's JSON. */
export function signalData(s: Signal) {
  return {
    key: s.key,
    kind: s.kind,
    rule: s.rule,
    subject: s.subject && { kind: s.subject.kind, code: s.subject.code, name: s.subject.name },
    about: s.about,
    indicator: s.indicator?.code ?? null,
    standard: s.standard?.code ?? null,
    setBy: s.standard?.setBy ?? null,
    service: s.service,
    period: s.period,
    seen: s.seen,
    sentence: seenSentence(s),
    firstSeen: s.firstSeen,
    why: whyHref(s),
    answers: s.answers,
    standing: standingOf(s),
    acts: s.acts,
  }
}

/** All signals as CSV, a row each. */
export function deskCsv(some: readonly Signal[]): string {
  const header = [
    ...['key', 'kind', 'rule', 'code', 'name', 'about', 'service', 'period', 'value', 'lower95'],
    ...[
      'upper95',
      'threshold',
      'whole',
      'chance_wrong',
      'sentence',
      'first_seen',
      'answers',
      'last_answer',
    ],
  ]
  const rows = some.map((s) => [
    ...[s.key, s.kind, s.rule, s.subject?.code ?? '', whoWords(s), aboutWords(s), s.service],
    ...[s.period, s.seen.value ?? null, s.seen.lower95 ?? null, s.seen.upper95 ?? null],
    ...[
      s.seen.threshold ?? null,
      s.seen.whole?.value ?? null,
      s.seen.wrong ?? null,
      seenSentence(s),
      s.firstSeen,
    ],
    ...[s.answers.length, s.answers.at(-1)?.text ?? ''],
  ])
  return csvLines(header, rows)
}

const updatedAt = (s: Signal): string => s.answers.at(-1)?.recordedAt ?? s.firstSeen

/** The newest signals as a feed; an entry moves up when it is answered. */
export function deskFeed(
  some: readonly Signal[],
  search: URLSearchParams,
  page: number,
  publishedAt: string | null,
): Feed {
  const isNarrowed = [...search.keys()].some((name) => name !== 'page')
  const entries = some.map((s): FeedEntry => {
    const answer = s.answers.at(-1)
    return {
      key: s.key,
      title: `${ruleWords[s.rule]}: ${whoWords(s)}, ${aboutWords(s)}`,
      updated: updatedAt(s),
      published: s.firstSeen,
      href: whyHref(s),
      category: s.kind,
      summary: `${seenSentence(s)}${answer ? ` Answered by the ${answer.role}: ${answer.text}` : ''}`,
    }
  })
  const newest = entries.sort((a, b) => (a.updated < b.updated ? 1 : -1))
  const title = `What needs attention${isNarrowed ? ' (narrowed)' : ''}`
  return { title, path: '/desk', search, since: publishedAt, ...partOfFeed(newest, page) }
}
