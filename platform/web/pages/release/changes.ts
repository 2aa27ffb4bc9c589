import type { ChangeOrder, ChangesPage } from '../../../comparison/release-page.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging, pastEnd, releaseLine } from '../context.ts'
import { changeRow, changesHead, kindsSentence } from './change-words.ts'

/** Rows on one page of the list. */
const onPage = 50

const orders: Readonly<Record<ChangeOrder, string>> = {
  figure: 'figure',
  name: 'name',
  '-direction': 'difference, largest rise first',
  direction: 'difference, largest fall first',
}

/** What the list is narrowed to, and its order; an empty text narrows nothing. */
export interface ChangesListQuery {
  readonly q: string
  readonly indicator: string
  readonly sort: string
  readonly page: number
  readonly search: URLSearchParams
}

const isOrder = (sort: string): sort is ChangeOrder => Object.hasOwn(orders, sort)

/** Its sentence: how many figures, and by which file. */
function lead({ release, indicators }: ChangesPage): string {
  const all = indicators.reduce((sum, i) => sum + i.count, 0)
  if (all === 0) return 'No figure changed.'
  const figures = all === 1 ? '1 figure reads' : `${words.number(all, 0)} figures read`
  return `${figures} otherwise in release ${release.id} than in release ${release.supersedes}, the file that it took the place of.`
}

function filters({ indicators }: ChangesPage, asked: ChangesListQuery, context: PageContext) {
  const named = new Map(
    indicators.map(({ code, count }) => [
      code,
      `${context.indicators.get(code)?.name ?? code} (${words.number(count, 0)})`,
    ]),
  )
  const any = { value: '', text: 'all indicators', selected: asked.indicator === '' }
  return {
    q: asked.q,
    indicators:
      named.size < 2
        ? []
        : [any, ...choices([...named.keys()], asked.indicator, (c) => named.get(c) ?? c)],
    orders: choices(Object.keys(orders), asked.sort, (o) => orders[o as ChangeOrder]),
  }
}

/** Every figure that a correction changed, in pages, whatever replaced it later; null where a release corrects nothing. */
export async function releaseChangesPage(
  id: number,
  asked: ChangesListQuery,
  context: PageContext,
): Promise<Page | null> {
  const found = await context.reader.changes(context.state, id, {
    q: asked.q,
    indicator: asked.indicator,
    order: isOrder(asked.sort) ? asked.sort : 'figure',
    page: asked.page,
    size: onPage,
  })
  if (!found || found.release.supersedes === null) return null
  const { release, total } = found
  const all = new URLSearchParams(asked.search)
  for (const name of ['page', 'sort']) all.delete(name)
  const query = all.size > 0 ? `?${all}` : ''
  return {
    view: 'pages/release/changes',
    data: found,
    values: {
      title: `What release ${id} changed`,
      caption: `${release.title}, ${releaseLine(release).about}`,
      lead: lead(found),
      kinds: kindsSentence(found.kinds),
      some: found.indicators.length > 0,
      filters: filters(found, asked, context),
      count: `${words.number(total, 0)} ${total === 1 ? 'figure' : 'figures'}`,
      head: changesHead,
      rows: found.changes.map((c) => changeRow(c, context)),
      pastEnd: pastEnd(context.path, asked.search, asked.page, Math.ceil(total / onPage)),
      paging: paging(context.path, asked.search, asked.page, Math.ceil(total / onPage)),
      csv: `${context.path}.csv${query}`,
      json: `${context.path}.json${query}`,
      crumbs: [
        { text: 'Releases', href: '/releases' },
        { text: `Release ${id}`, href: `/releases/${id}` },
      ],
    },
  }
}
