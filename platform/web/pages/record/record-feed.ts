import type { StoredEntry } from '../../../record/store.ts'
import { feedId, xml } from '../../feed.ts'
import { actSentence, actWord, whoWords, whyWords } from './act-words.ts'

/**
 * Entries of the record as an Atom feed (RFC 4287); links are relative to the feed's own address.
 * @param query what the list is narrowed to, with its question mark: a narrowed list is a feed of its own.
 */
export function recordFeed(
  entries: readonly StoredEntry[],
  query: string,
  standardName: (code: string) => string,
): string {
  const items = entries.map((stored) => {
    const { entry, hash } = stored
    const text = `${whoWords(stored)}: ${actSentence(entry, standardName)} ${whyWords(stored)}`
    return `<entry>
<id>${feedId(`record:${hash}`)}</id>
<title>${xml(`${entry.number}. ${actWord(entry.act)}`)}</title>
<updated>${entry.at}</updated>
<link rel="alternate" type="text/html" href="/record/${entry.number}"/>
<category term="${xml(entry.act)}"/>
<summary>${xml(text)}</summary>
</entry>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<id>${feedId(`record${query}`)}</id>
<title>The public record${query === '' ? '' : ' (narrowed)'}</title>
<updated>${entries[0]?.entry.at ?? new Date(0).toISOString()}</updated>
<author><name>Plumbline</name></author>
<link rel="self" type="application/atom+xml" href="${xml(`/record.atom${query}`)}"/>
<link rel="alternate" type="text/html" href="${xml(`/record${query}`)}"/>
${items.join('\n')}
</feed>
`
}
