import type { ReleaseRow } from '../../comparison/figures.ts'
import type { Reader, SearchHit, State } from '../../comparison/reader.ts'
import type { Downloads } from '../../downloads/downloads.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { levelLabel } from '../../places/levels.ts'
import type { Feed } from '../feed.ts'
import * as words from '../words.ts'

/** What every page is made from: the reader, the state that is shown, and the request's address. */
export interface PageContext {
  readonly reader: Reader
  readonly state: State
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly path: string
  /** The site as the visitor reached it, for what is printed: "plumbline.example"; '' where it is none. */
  readonly site: string
  /** Where it is found, for what stands elsewhere: "https://plumbline.example"; '' where nobody knows. */
  readonly home: string
  /** What is said of the figures where the state that is shown is invented; else null. */
  readonly example: string | null
  /** As the visitor typed it: `keepState` puts it on every link of the page. */
  readonly asOf: string | null
  /** What can be downloaded; left out where there is no folder for it. */
  readonly downloads?: Downloads | undefined
}

/** A page: its view and values, and the same as data. */
export interface Page {
  readonly view: string
  readonly values: Record<string, unknown>
  readonly data: unknown
  /** The page's map as files at its own address, with the endings `.svg` and `.geojson`. */
  readonly files?: { readonly svg: string; readonly geojson: string } | undefined
  /** The same in other forms, made when asked for at the address with that ending. */
  readonly forms?: {
    readonly csv?: () => string
    readonly atom?: () => Feed | Promise<Feed>
    readonly pdf?: () => Promise<Buffer>
    readonly svg?: () => string
  }
}

/** A step of the way to a page, as the breadcrumbs macro takes it. */
export interface Crumb {
  readonly text: string
  readonly href: string
}

export function releaseLine(r: ReleaseRow) {
  const periodText = words.period(r.period)
  const part = r.partName ?? r.part
  return {
    ...r,
    periodText,
    /** Its period and, where a period has several files, what this one is about. */
    about: part === null ? periodText : `${part}, ${periodText}`,
    when: words.date(r.publishedAt),
    /** When its source published it, or else when it was published here. */
    dated:
      r.publishedOn === null
        ? `Published here ${words.date(r.publishedAt)}`
        : `Published ${words.date(r.publishedOn)}`,
    stateText: r.supersedes === null ? releaseStates[r.status] : correctionStates[r.status],
  }
}

/** The states of a release in words. */
export const releaseStates = {
  draft: 'draft',
  published: 'current',
  superseded: 'replaced by a later one',
  withdrawn: 'withdrawn',
} as const

const correctionStates = {
  draft: 'draft, a correction',
  published: 'current, a correction',
  superseded: 'a correction, replaced by a later one',
  withdrawn: 'a correction, withdrawn',
} as const

export const subjectHref = (s: { kind: 'provider' | 'place'; code: string }): string =>
  `/${s.kind === 'place' ? 'places' : 'providers'}/${encodeURIComponent(s.code)}`

/** Where a hit leads and what it is, in a few words. */
export function hitLine(reader: Reader, h: SearchHit) {
  const service = h.service === null ? null : reader.service(h.service)
  const what = h.kind === 'place' ? levelLabel(h.level) : (service?.provider ?? 'provider')
  const standing = [h.closed ? words.closed(h.closedOn) : '', h.silent ? 'no figures' : '']
  const about = [words.sentenceCase(what), h.town, h.postcode, ...standing].filter((x) => x)
  return { name: h.name, href: subjectHref(h), about: about.join(' · ') }
}

/** The last page of a list, where a page behind it was asked for; null where the page is there, or no row is. */
export function pastEnd(path: string, query: URLSearchParams, page: number, count: number) {
  if (count === 0 || page <= count) return null
  const q = new URLSearchParams(query)
  q.set('page', String(count))
  return { page, last: count, href: `${path}?${q}` }
}

/** Links to the pages before and after, as the pagination macro takes them; null where there are none. */
export function paging(path: string, query: URLSearchParams, page: number, count: number) {
  if (count <= 1 || page > count) return null
  const to = (n: number): { href: string } | undefined => {
    if (n < 1 || n > count) return undefined
    const q = new URLSearchParams(query)
    q.set('page', String(n))
    return { href: `${path}?${q}` }
  }
  const [previous, next] = [to(page - 1), to(page + 1)]
  return {
    ...(previous
      ? { previous: { ...previous, text: 'Previous', labelText: `${page - 1} of ${count}` } }
      : {}),
    ...(next ? { next: { ...next, text: 'Next', labelText: `${page + 1} of ${count}` } } : {}),
  }
}

/** Options of a select, as its macro takes them. */
export function choices(all: readonly string[], chosen: string, text: (x: string) => string) {
  return all.map((value) => ({ value, text: text(value), selected: value === chosen }))
}
