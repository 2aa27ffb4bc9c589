import type { ReleaseRow } from '../../../comparison/figures.ts'
import { partOfFeed } from '../../feed.ts'
import * as words from '../../words.ts'
import {
  choices,
  type Page,
  type PageContext,
  paging,
  pastEnd,
  releaseLine,
  releaseStates,
} from '../context.ts'
import { releaseEntries } from '../feeds/release-entries.ts'

/** Rows on one page of the list. */
export const releasesOnPage = 50

/** What the list is narrowed to; an empty text narrows nothing. */
export interface ReleasesQuery {
  readonly service: string
  readonly dataset: string
  readonly state: string
  readonly page: number
  readonly search: URLSearchParams
}

const fits = (r: ReleaseRow, q: ReleasesQuery): boolean =>
  (q.service === '' || r.service === q.service) &&
  (q.dataset === '' || r.dataset === q.dataset) &&
  (q.state === '' || r.status === q.state)

/** The filter's fields, each as its macro takes them: only what some release has can be chosen. */
function filters(all: readonly ReleaseRow[], q: ReleasesQuery, context: PageContext) {
  const services = context.reader
    .services(context.state)
    .filter((s) => all.some((r) => r.service === s.code))
  const names = new Map(services.map((s) => [s.code, s.name]))
  // A dataset is called what its newest release is.
  const titles = new Map([...all].reverse().map((r) => [r.dataset, r.title]))
  const datasets = [...titles].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([code]) => code)
  const any = (text: string, chosen: string) => ({ value: '', text, selected: chosen === '' })
  return {
    services: [
      any('all services', q.service),
      ...choices([...names.keys()], q.service, (c) => names.get(c) ?? c),
    ],
    datasets: [
      any('all files', q.dataset),
      ...choices(datasets, q.dataset, (c) => titles.get(c) ?? c),
    ],
    states: [
      any('current or not', q.state),
      ...choices(
        ['published', 'superseded', 'withdrawn'],
        q.state,
        (s) => releaseStates[s as keyof typeof releaseStates],
      ),
    ],
  }
}

/** Every release that was ever published, the newest first; by service, dataset and state. */
export async function releasesPage(q: ReleasesQuery, context: PageContext): Promise<Page> {
  const all = await context.reader.releases(context.state, { limit: Number.POSITIVE_INFINITY })
  const found = all.filter((r) => fits(r, q))
  const from = (q.page - 1) * releasesOnPage
  const shown = found.slice(from, from + releasesOnPage)
  const pages = Math.ceil(found.length / releasesOnPage)
  const narrowed = new URLSearchParams(q.search)
  narrowed.delete('page')
  const query = narrowed.size > 0 ? `?${narrowed}` : ''
  return {
    view: 'pages/release/releases',
    data: shown,
    forms: {
      atom: () => ({
        title: `Releases${query === '' ? '' : ' (narrowed)'}`,
        path: '/releases',
        search: q.search,
        since: context.state.at,
        ...partOfFeed(releaseEntries(found), q.page),
      }),
    },
    values: {
      title: 'Releases',
      some: all.length > 0,
      count: `${words.number(found.length, 0)} ${found.length === 1 ? 'release' : 'releases'}`,
      filters: filters(all, q, context),
      releases: shown
        .map(releaseLine)
        .map((r) => [
          { text: r.title, href: `/releases/${r.id}` },
          { text: r.about },
          { text: r.stateText },
          { text: r.when },
          { text: r.publisher },
        ]),
      pastEnd: pastEnd(context.path, q.search, q.page, pages),
      paging: paging(context.path, q.search, q.page, pages),
      json: `/releases.json${q.search.size > 0 ? `?${q.search}` : ''}`,
      atom: `/releases.atom${query}`,
    },
  }
}
