import type { Indicator } from '../../../evidence/indicator.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import { choices, type Page, type PageContext, paging, pastEnd } from '../context.ts'

/** Rows on one page of the list. */
const onPage = 100

/** In the place of a service's code: indicators of places, which belong to none. */
const ofPlaces = 'places'

/** What the list is narrowed to; an empty text narrows nothing. */
export interface IndicatorsQuery {
  readonly q: string
  readonly service: string
  readonly page: number
  readonly search: URLSearchParams
}

/** An indicator that has figures, and of which periods. */
interface Listed {
  readonly indicator: Indicator
  readonly service: string
  /** Oldest first. */
  readonly periods: readonly string[]
}

/** Every indicator with figures: by service in the order of the services, within it what matters most first. */
async function listed({ reader, state, indicators }: PageContext): Promise<Listed[]> {
  const keys = Map.groupBy(await reader.seriesKeys(state), (k) => k.indicator)
  const services = [...reader.services(state).map((s) => s.code), ofPlaces]
  const all = [...indicators.values()].flatMap((indicator): Listed[] => {
    const own = keys.get(indicator.code)
    if (!own) return []
    const periods = [...new Set(own.map((k) => k.period))].sort()
    return [{ indicator, service: indicator.service ?? ofPlaces, periods }]
  })
  const known = new Map(services.map((code, at) => [code, at]))
  const place = ({ service }: Listed): number => known.get(service) ?? services.length
  return all.sort(
    (a, b) => place(a) - place(b) || Number(b.indicator.headline) - Number(a.indicator.headline),
  )
}

/** Whether each of the words stands in what an indicator is called, or in what it is said to mean. */
function holds({ indicator: i }: Listed, asked: readonly string[]): boolean {
  const text = [i.name, i.code, i.topic, i.definition, i.why].join(' ').toLowerCase()
  return asked.every((word) => text.includes(word))
}

function row({ indicator, periods }: Listed) {
  const latest = periods.at(-1)
  return [
    { text: indicator.name, href: `/indicators/${indicator.code}` },
    { text: indicator.topic },
    { text: words.whichWay(indicator) },
    { text: latest === undefined ? '' : words.period(latest) },
  ]
}

const head = ['Measure', 'Topic', 'Which way is good', 'Latest figures'] as const

const csv = (all: readonly Listed[]): string =>
  csvLines(
    [
      'code',
      'name',
      'service',
      'topic',
      'unit',
      'kind',
      'polarity',
      'headline',
      'first_period',
      'last_period',
      'definition',
    ],
    all.map(({ indicator: i, periods }) => [
      ...[i.code, i.name, i.service, i.topic, i.unit, i.kind, i.polarity],
      ...[i.headline ? 'yes' : 'no', periods[0] ?? null, periods.at(-1) ?? null, i.definition],
    ]),
  )

/** Everything that is measured, by service; found by words of its name or definition. */
export async function indicatorsPage(asked: IndicatorsQuery, context: PageContext): Promise<Page> {
  const { reader } = context
  const all = await listed(context)
  const named = (code: string): string =>
    code === ofPlaces ? 'Places and others' : (reader.service(code)?.name ?? code)
  const typed = asked.q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = all.filter(
    (l) => (asked.service === '' || l.service === asked.service) && holds(l, typed),
  )
  const shown = found.slice((asked.page - 1) * onPage, asked.page * onPage)
  const narrowed = new URLSearchParams(asked.search)
  narrowed.delete('page')
  const query = narrowed.size > 0 ? `?${narrowed}` : ''
  const some = (n: number): string => `${words.number(n, 0)} ${n === 1 ? 'measure' : 'measures'}`
  return {
    view: 'pages/indicators/indicators',
    data: found.map(({ indicator, periods }) => ({ ...indicator, periods })),
    forms: { csv: () => csv(found) },
    values: {
      title: 'Everything that is measured',
      some: all.length > 0,
      q: asked.q,
      services: choices(['', ...new Set(all.map((l) => l.service))], asked.service, (code) =>
        code === '' ? 'all services' : named(code),
      ),
      count: some(found.length),
      head,
      sections: [...Map.groupBy(shown, (l) => l.service)].map(([code, own]) => ({
        name: named(code),
        about: some(found.filter((l) => l.service === code).length),
        rows: own.map(row),
      })),
      pastEnd: pastEnd(context.path, asked.search, asked.page, Math.ceil(found.length / onPage)),
      paging: paging(context.path, asked.search, asked.page, Math.ceil(found.length / onPage)),
      csv: `${context.path}.csv${query}`,
      json: `${context.path}.json${query}`,
    },
  }
}
