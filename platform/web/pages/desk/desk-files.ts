import type { Signal } from '../../../desk/store.ts'
import { csvLines } from '../../csv.ts'
import { feedId, xml } from '../../feed.ts'
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

/** Entries of a feed: readers ask often, and want the new ones. */
const mostEntries = 100

const moment = (at: string): string => new Date(at === '' ? 0 : at).toISOString()

/** When a signal last changed: it was first seen, or answered. */
const updatedAt = (s: Signal): string => moment(s.answers.at(-1)?.recordedAt ?? s.firstSeen)

/**
 * The newest signals as an Atom feed (RFC 4287); links are relative to the feed's own address.
 * @param search what the desk is narrowed to: a narrowed desk is a feed of its own.
 */
export function deskFeed(
  some: readonly Signal[],
  search: URLSearchParams,
  publishedAt: string | null,
): string {
  const asked = new URLSearchParams(search)
  asked.delete('page')
  const query = asked.size > 0 ? `?${asked}` : ''
  const newest = [...some].sort((a, b) => (updatedAt(a) < updatedAt(b) ? 1 : -1))
  const entries = newest.slice(0, mostEntries).map((s) => {
    const title = `${ruleWords[s.rule]}: ${whoWords(s)}, ${aboutWords(s)}`
    const answer = s.answers.at(-1)
    const text = `${seenSentence(s)}${answer ? ` Answered by the ${answer.role}: ${answer.text}` : ''}`
    return `<entry>
<id>${feedId(s.key)}</id>
<title>${xml(title)}</title>
<updated>${updatedAt(s)}</updated>
<published>${moment(s.firstSeen)}</published>
<link rel="alternate" type="text/html" href="${xml(whyHref(s))}"/>
<category term="${s.kind}"/>
<summary>${xml(text)}</summary>
</entry>`
  })
  const updated = newest[0] ? updatedAt(newest[0]) : moment(publishedAt ?? '')
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<id>${feedId(`desk${query}`)}</id>
<title>What needs attention${query === '' ? '' : ' (narrowed)'}</title>
<updated>${updated}</updated>
<author><name>Plumbline</name></author>
<link rel="self" type="application/atom+xml" href="${xml(`/desk.atom${query}`)}"/>
<link rel="alternate" type="text/html" href="${xml(`/desk${query}`)}"/>
${entries.join('\n')}
</feed>
`
}
