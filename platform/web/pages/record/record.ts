import { actKinds } from '../../../record/act.ts'
import type { StoredEntry } from '../../../record/store.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging, pastEnd } from '../context.ts'
import { actSentence, actWord, momentWords, subjectHref, whoWords, whyWords } from './act-words.ts'
import { recordFeedEntry } from './record-feed.ts'
import { type Names, recordNames } from './record-names.ts'

/** Entries on one page of the list. */
export const entriesOnPage = 25

/** What the list is narrowed to; an empty text narrows nothing. */
export interface RecordQuery {
  readonly act: string
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly q: string
  readonly page: number
  readonly search: URLSearchParams
}

/** An entry as a list shows it. */
export function entryLine(stored: StoredEntry, names: Names) {
  const { entry } = stored
  return {
    number: words.number(entry.number, 0),
    href: `/record/${entry.number}`,
    act: actWord(entry.act),
    sentence: actSentence(entry, names),
    subject: subjectHref(entry),
    who: whoWords(stored),
    why: whyWords(stored),
    when: momentWords(entry.at),
  }
}

/** An entry as data: what was hashed, its hash, and what has not been erased. */
export const entryData = ({ entry, hash, personal }: StoredEntry) => ({ entry, hash, personal })

function leadSentence(record: number, first: StoredEntry | null): string {
  if (record === 0) return 'Nothing is on the record yet.'
  const since = first ? ` since ${words.date(first.entry.at)}` : ''
  return `Every act that matters is on this record${since}: ${words.number(record, 0)} so far. If one were changed, anyone could tell.`
}

/** All that was done, the newest first. */
export async function recordPage(q: RecordQuery, context: PageContext): Promise<Page> {
  const { reader, state, path } = context
  const { search, ...filter } = q
  const { total, entries } = await reader.record.list(state, { ...filter, size: entriesOnPage })
  const names = await recordNames(context, entries)
  const asked = new URLSearchParams(search)
  asked.delete('page')
  const query = asked.size > 0 ? `?${asked}` : ''
  const any = { value: '', text: 'all acts', selected: q.act === '' }
  const isNarrowed = [q.act, q.subject, q.from, q.to, q.q].some((x) => x !== '')
  return {
    view: 'pages/record/record',
    data: { total, entries: entries.map(entryData) },
    forms: {
      atom: () => ({
        title: `The public record${query === '' ? '' : ' (narrowed)'}`,
        path,
        search: asked,
        page: q.page,
        more: total > q.page * entriesOnPage,
        entries: entries.map((e) => recordFeedEntry(e, names)),
        since: state.at,
      }),
    },
    values: {
      title: 'The public record',
      lead: leadSentence(state.record, await reader.record.entry(state, 1)),
      signed: state.checkpoint,
      signedText: words.number(state.checkpoint, 0),
      some: state.record > 0,
      filtered: isNarrowed,
      acts: [any, ...choices(actKinds, q.act, actWord)],
      subject: q.subject,
      q: q.q,
      from: q.from,
      to: q.to,
      count: `${words.number(total, 0)} ${total === 1 ? 'entry' : 'entries'}`,
      pastEnd: pastEnd(path, search, q.page, Math.ceil(total / entriesOnPage)),
      entries: entries.map((e) => entryLine(e, names)),
      paging: paging(path, search, q.page, Math.ceil(total / entriesOnPage)),
      json: `${path}.json${search.size > 0 ? `?${search}` : ''}`,
      atom: `${path}.atom${query}`,
    },
  }
}
