import type { ReleaseRow } from '../../comparison/figures.ts'
import type { Reader, SearchHit, State } from '../../comparison/reader.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { levelLabel } from '../../places/levels.ts'
import * as words from '../words.ts'

/** What every page is made from: the reader, the state that is shown, and the request's address. */
export interface PageContext {
  readonly reader: Reader
  readonly state: State
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly path: string
  /** As the visitor typed it, kept on links within the page. */
  readonly asOf: string | null
}

/** A page: its view and values, and the same as data. */
export interface Page {
  readonly view: string
  readonly values: Record<string, unknown>
  readonly data: unknown
}

export interface Crumb {
  readonly text: string
  readonly href: string
}

export function releaseLine(r: ReleaseRow) {
  return { ...r, periodText: words.period(r.period), when: words.date(r.publishedAt) }
}

/** Where a hit leads and what it is, in a few words. */
export function hitLine(reader: Reader, h: SearchHit) {
  const service = h.service === null ? null : reader.service(h.service)
  const what = h.kind === 'place' ? levelLabel(h.level) : (service?.provider ?? 'provider')
  const about = [what, h.town, h.postcode].filter((x) => x).join(' · ')
  const href = h.kind === 'place' ? `/places/${h.code}` : `/providers/${h.code}`
  return { name: h.name, href, about }
}

export function paging(path: string, query: URLSearchParams, page: number, count: number) {
  const to = (n: number): string | null => {
    if (n < 1 || n > count) return null
    const q = new URLSearchParams(query)
    q.set('page', String(n))
    return `${path}?${q}`
  }
  return { page, count, previous: to(page - 1), next: to(page + 1) }
}
