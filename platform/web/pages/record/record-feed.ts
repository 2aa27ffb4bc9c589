import type { StoredEntry } from '../../../record/store.ts'
import type { FeedEntry } from '../../feed.ts'
import { actSentence, actWord, whoWords, whyWords } from './act-words.ts'
import type { Names } from './record-names.ts'

/** An entry of the record as one of a feed: its name is its hash. */
export function recordFeedEntry(stored: StoredEntry, names: Names): FeedEntry {
  const { entry, hash } = stored
  return {
    key: `record:${hash}`,
    title: `${entry.number}. ${actWord(entry.act)}`,
    updated: entry.at,
    href: `/record/${entry.number}`,
    category: entry.act,
    summary: `${whoWords(stored)}: ${actSentence(entry, names)} ${whyWords(stored)}`.trimEnd(),
  }
}
