import type { IndicatorRow } from '../../../comparison/figures.ts'
import type { IndicatorPage, IndicatorQuery } from '../../../comparison/reader.ts'
import { addressOf } from '../../../downloads/scope.ts'
import { boundsOf, type Indicator, type Service } from '../../../evidence/indicator.ts'
import { levelLabel } from '../../../places/levels.ts'
import { spread } from '../../components/spread/spread.ts'
import { trend } from '../../components/trend/trend.ts'
import * as words from '../../words.ts'
import { barRows, barScale } from '../bar-rows.ts'
import { choices, type Page, type PageContext, paging, pastEnd, releaseLine } from '../context.ts'
import { indicatorFeed } from '../feeds/feeds.ts'
import type { Address } from '../map/section.ts'
import { repliedTo } from '../said/beside.ts'
import { tally } from '../standards/standards.ts'
import { hasFunnel, isWeighted } from './counted.ts'
import { datasetMarkup } from './dataset-markup.ts'
import { groupTables } from './groups.ts'
import { indicatorMap } from './indicator-map.ts'

const sorts: Readonly<Record<string, string>> = {
  name: 'name',
  value: 'value, lowest first',
  '-value': 'value, highest first',
  area: 'area',
  '-direction': 'difference, highest first',
  direction: 'difference, lowest first',
}

/** The question of the page answered in its first sentence: the whole's figure, and the spread. */
export function leadSentence(indicator: Indicator, page: IndicatorPage): string {
  const { whole, percentiles, period, periods } = page.summary
  const when = words.period(period)
  const spread = percentiles
    ? ` Half of all lie between ${words.value(indicator, percentiles[1] ?? 0)} and ${words.value(indicator, percentiles[3] ?? 0)}.`
    : ''
  const latest = period === periods.at(-1) ? 'latest figures' : 'figures'
  if (!whole) return `The ${latest} are for ${when}.${spread}`
  const figure = page.wholeSeries?.figures.find((f) => f.period === period)
  const text = figure ? words.figure(indicator, figure) : words.comparedValue(indicator, whole)
  const of = figure ? words.counts(figure) : null
  return `${words.sentenceCase(whole.name)}: ${text} in ${when}${of ? `, from ${of}` : ''}.${spread}`
}

export function spreadOf(
  indicator: Indicator,
  page: IndicatorPage,
  providers: string,
  size: 'page' | 'card' = 'page',
) {
  const { values } = page.distribution
  const { whole, percentiles } = page.summary
  if (values.length < 5 || indicator.labels) return {}
  const format = (x: number): string => words.axis(indicator, x)
  const shown = (percentiles ?? []).map((x) => words.value(indicator, x))
  const shares = ['One in twenty', 'One in four', 'Half', 'Three in four', 'Nineteen in twenty']
  return {
    spreadTitle: `How far ${words.number(values.length, 0)} ${providers} lie apart`,
    spread: spread({
      values,
      own: null,
      peers: [],
      whole: whole
        ? { value: whole.value, name: words.sentenceCase(words.shortName(whole.name)) }
        : null,
      words: `${indicator.name}: how the values are spread. The table below has the figures.`,
      format,
      size,
      bounds: boundsOf(indicator),
    }),
    spreadRows: shown.map((value, i) => [{ text: `${shares[i]} lie below` }, { text: value }]),
  }
}

export function historyOf(indicator: Indicator, page: IndicatorPage) {
  const series = page.wholeSeries?.figures ?? []
  const name = page.summary.whole?.name ?? 'The whole'
  return {
    historyTitle: `${words.sentenceCase(name)} over time`,
    history: series
      .map((f) => [
        { text: words.period(f.period) },
        { text: words.figure(indicator, f) },
        { text: words.counts(f) ?? '' },
      ])
      .reverse(),
    trend: indicator.labels
      ? ''
      : trend({
          figures: series,
          compared: [],
          comparedName: '',
          words: `${indicator.name} over time: ${name}. The table below has the figures.`,
          format: (x) => words.axis(indicator, x),
          period: words.period,
          bounds: boundsOf(indicator),
        }),
  }
}

/** How many providers have no figure, and why: none of them is 0. */
export function without(page: IndicatorPage): string {
  const { suppressed, missing, unreliable } = page.summary.counts
  const notApplicable = page.summary.counts['not-applicable']
  const parts = [
    [suppressed, 'suppressed'],
    [missing, 'missing'],
    [notApplicable, 'where it does not apply'],
    [unreliable, 'too unreliable to show'],
  ] as const
  const said = parts.filter(([n]) => n > 0).map(([n, why]) => `${words.number(n, 0)} ${why}`)
  return said.length === 0 ? '' : `Without a figure: ${said.join(', ')}.`
}

/** To what the counts behind figures were rounded, where any were; '' where none. */
export async function roundedSentence(
  code: string,
  rows: readonly Pick<IndicatorRow, 'release' | 'limits'>[],
  { reader }: Pick<PageContext, 'reader'>,
): Promise<string> {
  if (rows.some(isWeighted)) {
    return 'How many answered is not given, because the shares are weighted: the two together would tell how a few people answered. What their answers are worth is given instead, rounded down to 5.'
  }
  const rounded = await reader.roundedReleases()
  const bases = [...new Set(rows.flatMap((r) => rounded(r.release, code) ?? []))].sort(
    (a, b) => a - b,
  )
  return bases.length === 0
    ? ''
    : `Counts are rounded to ${words.list(bases.map(String))}, so that nobody can be known by a small number.`
}

/** Which kinds are not in the picture, and why: they are held only against their own. */
function apartSentence(service: Service | null, page: IndicatorPage): string {
  const kinds = page.summary.apart.map((k) => `${words.number(k.count, 0)} ${k.name}`)
  if (kinds.length === 0) return ''
  return `Not in the picture: ${kinds.join(', ')}. ${service?.separate?.why ?? ''}`.trim()
}

/** The filter's fields, each as its macro takes it. */
function filters(page: IndicatorPage, query: IndicatorQuery, sort: string) {
  const { summary, areas } = page
  const named = new Map(areas.map((a) => [a.code, `${a.name} (${levelLabel(a.level)})`]))
  return {
    q: query.q ?? '',
    periods: choices([...summary.periods].reverse(), summary.period, words.period),
    breakdowns: choices(summary.breakdowns, summary.breakdown, words.group),
    areas:
      areas.length < 2
        ? []
        : [
            { value: '', text: 'everywhere' },
            ...choices([...named.keys()], query.place ?? '', (c) => named.get(c) ?? c),
          ],
    sorts: choices(Object.keys(sorts), sort, (s) => sorts[s] ?? s),
  }
}

/** Which filter emptied the table, and what to do. */
function emptied(query: IndicatorQuery): string {
  if (query.q) return `No name, code or postcode here holds “${query.q}”.`
  return query.place ? 'None lies in this area.' : 'Choose another period or group.'
}

/** The page's address with another choice for its map. */
const mapAddress =
  (context: PageContext, search: URLSearchParams): Address =>
  (change, ending = '') => {
    const changed = new URLSearchParams(search)
    for (const [name, value] of Object.entries(change)) changed.set(name, value)
    return `${context.path}${ending}${changed.size > 0 ? `?${changed}` : ''}`
  }

/** The standards that are set on an indicator, each with what was found last. */
async function standardsOn(code: string, { reader, state }: PageContext) {
  const all = [...(await reader.standards.all(state)).values()]
  return all.flatMap(({ standard, periods }) => {
    const latest = periods.at(-1)
    if (standard.indicator !== code || !latest) return []
    const count = tally(latest)
    const sentence = `${words.period(latest.period)}: ${words.number(count.met, 0)} met it, ${words.number(count['not met'], 0)} did not; of ${words.number(count['not shown either way'], 0)} the data cannot tell.`
    return [{ name: standard.name, href: `/standards/${standard.code}`, sentence }]
  })
}

/** The address of an indicator in the period and group that are shown; the same below `/embed`. */
export function addressOfTable(
  code: string,
  { period, breakdown }: IndicatorQuery,
  ending = '',
): string {
  const search = new URLSearchParams({
    ...(period ? { period } : {}),
    ...(breakdown ? { group: breakdown } : {}),
  })
  return `/indicators/${encodeURIComponent(code)}${ending}${search.size > 0 ? `?${search}` : ''}`
}

/** Everything about one indicator: what it is, how it is spread, and every provider in a table. */
export async function indicatorPage(
  code: string,
  query: IndicatorQuery,
  search: URLSearchParams,
  context: PageContext,
): Promise<Page | null> {
  const indicator = context.indicators.get(code)
  const page = indicator && (await context.reader.indicatorPage(context.state, code, query))
  if (!indicator || !page) return null
  const { summary } = page
  const service: Service | null =
    indicator.service === null ? null : context.reader.service(indicator.service)
  const whole = summary.whole?.value ?? null
  const providers = service && page.distribution.codes.length > 0 ? service.providers : 'places'
  const scale = barScale(indicator, page.rows, page.distribution.values, whole)
  const address = (ending: string): string => `${context.path}.${ending}?${search}`
  const choice = {
    level: search.get('level') ?? undefined,
    place: query.place,
    period: query.period,
  }
  const map = await indicatorMap(
    indicator,
    page,
    service,
    choice,
    mapAddress(context, search),
    context,
  )
  const replied = await repliedTo(code, context)
  const pages = Math.ceil(page.total / (query.size ?? 50))
  return {
    view: 'pages/indicator/indicator',
    files: map?.files,
    forms: { atom: () => indicatorFeed(indicator, query.page ?? 1, context) },
    data: {
      indicator,
      summary,
      rows: page.rows,
      total: page.total,
      whole: page.wholeSeries,
      replied: page.rows.flatMap((r) => (replied.has(r.code) ? r.code : [])),
    },
    values: {
      title: indicator.name,
      serviceName: service?.name ?? 'Places',
      topic: indicator.topic,
      lead: leadSentence(indicator, page),
      why: indicator.why,
      polarity: words.whichWay(indicator),
      ...spreadOf(indicator, page, providers),
      map: map?.values ?? null,
      ...historyOf(indicator, page),
      groups: groupTables(indicator, page.groups),
      wholeName: words.shortName(summary.whole?.name ?? 'the whole'),
      tableTitle: `${words.number(page.total, 0)} ${providers}`,
      without: without(page),
      rounded: await roundedSentence(code, page.rows, context),
      apart: apartSentence(service, page),
      meaning: indicator.meaning,
      filters: filters(page, query, search.get('sort') ?? 'name'),
      rows: barRows(indicator, page.rows, whole, scale).map((row, i) => ({
        ...row,
        reply: replied.get(page.rows[i]?.code ?? ''),
      })),
      pastEnd: pastEnd(context.path, search, query.page ?? 1, pages),
      paging: paging(context.path, search, query.page ?? 1, pages),
      emptied: emptied(query),
      csv: address('csv'),
      embed: addressOfTable(code, query),
      funnel: hasFunnel(indicator, page) ? addressOfTable(code, query, '/funnel') : null,
      fairness: (await context.reader.fairness.all(context.state)).has(code)
        ? `/indicators/${code}/fairness`
        : null,
      standards: await standardsOn(code, context),
      json: address('json'),
      atom: `${context.path}.atom`,
      bulk: addressOf({ kind: 'indicators', code: indicator.code }),
      dataset: datasetMarkup(indicator, page.releases),
      definition: indicator.definition,
      method: indicator.method,
      caveats: indicator.caveats,
      releases: page.releases.map(releaseLine),
      crumbs: [
        service
          ? { text: service.name, href: `/services/${service.code}` }
          : { text: 'Everything that is measured', href: '/indicators' },
      ],
    },
  }
}
