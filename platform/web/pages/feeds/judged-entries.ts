import type { JudgedNews, JudgedTurn } from '../../../news/story.ts'
import type { StoredEntry } from '../../../record/store.ts'
import type { FeedEntry } from '../../feed.ts'
import * as words from '../../words.ts'
import { actSentence, subjectOf, whyWords } from '../record/act-words.ts'
import { standardsAlone } from '../record/record-names.ts'

function turnWords({ period, before, after, earlier }: JudgedTurn): string {
  const when = words.period(period)
  if (before !== null) return `${when}: from “${before}” to “${after ?? 'no judgement'}”`
  const was = earlier ? `, after “${earlier.outcome}” for ${words.period(earlier.period)}` : ''
  return `${when}: “${after ?? 'no judgement'}”${was}`
}

/**
 * How providers and places are judged otherwise, as entries of a feed.
 * @param hrefOf where the page of one is, by its code.
 */
export const judgedEntries = (
  news: readonly JudgedNews[],
  standardName: (code: string) => string,
  hrefOf: (code: string) => string,
): FeedEntry[] =>
  news.map((n) => ({
    key: ['judged', n.standard, n.code, n.at].join('\n'),
    title: `Judged otherwise: ${n.name}, ${standardName(n.standard)}`,
    updated: n.at,
    href: hrefOf(n.code),
    category: 'judged',
    summary: `${words.list(n.turns.map(turnWords))}. Why: ${n.reason}`,
  }))

/** What one publication changed of the judgements by a standard, as an entry of a feed. */
export function standardEntry(
  stored: StoredEntry,
  standardName: (code: string) => string,
): FeedEntry {
  const { entry, hash } = stored
  return {
    key: `record:${hash}`,
    title: `Judged otherwise: ${standardName(subjectOf(entry).code)}`,
    updated: entry.at,
    href: `/record/${entry.number}/changes`,
    category: entry.act,
    summary: `${actSentence(entry, standardsAlone(standardName))} Why: ${whyWords(stored)}`,
  }
}
