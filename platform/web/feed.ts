import { createHash } from 'node:crypto'
import { escape } from './components/svg.ts'

/** Entries of one part of a feed; older ones follow at `rel="next"`. */
export const entriesInFeed = 100

/** One thing that happened. */
export interface FeedEntry {
  /** What names it for ever, such as `release:12:published:2026-11-24T10:00:00Z`. */
  readonly key: string
  readonly title: string
  /** A moment in ISO 8601. */
  readonly updated: string
  /** Where it was first said at another moment. */
  readonly published?: string
  /** The path of its page. */
  readonly href: string
  readonly category: string
  readonly summary: string
}

/** A list of what happened, the newest first, as `atomText` writes it. */
export interface Feed {
  readonly title: string
  /** The path of the page whose feed it is, without an ending. */
  readonly path: string
  /** What the page is narrowed to, without its page number: a narrowed page is a feed of its own. */
  readonly search?: URLSearchParams
  /** Which part of the feed this is, from 1 on, and whether there are older entries. */
  readonly page?: number
  readonly more?: boolean
  readonly entries: readonly FeedEntry[]
  /** The moment of a feed without entries; null where nobody knows one. */
  readonly since: string | null
}

/** A name for ever, from a key: a UUID of version 5 within the feed's own space (RFC 9562). */
export function feedId(key: string): string {
  const space = Buffer.from('c0f1a3d25b0e4d6c9a7e2f80c1d4b6e3', 'hex')
  const hash = createHash('sha1').update(space).update(key, 'utf8').digest().subarray(0, 16)
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ]
  return `urn:uuid:${parts.join('-')}`
}

/** Text as XML may hold it: some characters it may not, even escaped. */
export const xml = (text: string): string =>
  escape(text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''))

const moment = (at: string | null): string => new Date(at ?? 0).toISOString()

/** When a feed last changed: its newest entry did. */
export const feedUpdated = (feed: Feed): string =>
  feed.entries.reduce(
    (last, e) => (moment(e.updated) > last ? moment(e.updated) : last),
    moment(feed.entries.length === 0 ? feed.since : null),
  )

/** One part of a list that is known in whole. */
export function partOfFeed(
  all: readonly FeedEntry[],
  page: number,
): Pick<Feed, 'page' | 'more' | 'entries'> {
  const end = page * entriesInFeed
  return { page, more: all.length > end, entries: all.slice(end - entriesInFeed, end) }
}

/**
 * A feed as an Atom document (RFC 4287, in parts as RFC 5005 has them).
 * @param home the address by which visitors find this Plumbline, such as `https://plumbline.example.org`.
 */
export function atomText(feed: Feed, home: string): string {
  const { path, page = 1, more = false } = feed
  const asked = new URLSearchParams(feed.search)
  asked.delete('page')
  const query = asked.size > 0 ? `?${asked}` : ''
  const part = (n: number): string => {
    const search = new URLSearchParams(asked)
    if (n > 1) search.set('page', String(n))
    return `${home}${path}.atom${search.size > 0 ? `?${search}` : ''}`
  }
  const link = (rel: string, href: string, type = 'application/atom+xml'): string =>
    `<link rel="${rel}" type="${type}" href="${xml(href)}"/>\n`
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<id>${feedId(`${home}${path}${query}`)}</id>
<title>${xml(feed.title)}</title>
<updated>${feedUpdated(feed)}</updated>
<author><name>Plumbline</name></author>
${link('self', part(page))}${link('alternate', `${home}${path === '' ? '/' : path}${query}`, 'text/html')}${page > 1 ? link('first', part(1)) + link('previous', part(page - 1)) : ''}${more ? link('next', part(page + 1)) : ''}${feed.entries.map((e) => entryText(e, home)).join('')}</feed>
`
}

const entryText = (e: FeedEntry, home: string): string => `<entry>
<id>${feedId(e.key)}</id>
<title>${xml(e.title)}</title>
<updated>${moment(e.updated)}</updated>
${e.published === undefined ? '' : `<published>${moment(e.published)}</published>\n`}<link rel="alternate" type="text/html" href="${xml(`${home}${e.href}`)}"/>
<category term="${xml(e.category)}"/>
<summary>${xml(e.summary)}</summary>
</entry>
`
