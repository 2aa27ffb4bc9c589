import type { IndicatorRow } from '../../comparison/figures.ts'
import type { IndicatorPage, IndicatorQuery } from '../../comparison/reader.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { commonScale, distribution, intervalBar, trend } from '../components/charts.ts'
import * as words from '../words.ts'
import { type Page, type PageContext, paging, releaseLine } from './context.ts'

const sorts = [
  ['name', 'name'],
  ['value', 'value, lowest first'],
  ['-value', 'value, highest first'],
  ['area', 'area'],
] as const

function leadSentence(indicator: Indicator, page: IndicatorPage): string {
  const { whole, percentiles, period } = page.summary
  const when = words.period(period)
  const spread = percentiles
    ? ` Half of all lie between ${words.value(indicator, percentiles[1] ?? 0)} and ${words.value(indicator, percentiles[3] ?? 0)}.`
    : ''
  if (!whole) return `The latest figures are for ${when}.${spread}`
  const name = whole.name[0]?.toUpperCase() + whole.name.slice(1)
  const figure = page.wholeSeries?.figures.find((f) => f.period === period)
  const text = figure ? words.figure(indicator, figure) : words.value(indicator, whole.value)
  const of = figure ? words.counts(figure) : null
  return `${name}: ${text} in ${when}${of ? `, from ${of}` : ''}.${spread}`
}

function tableRow(
  indicator: Indicator,
  r: IndicatorRow,
  whole: number | null,
  domain: [number, number],
) {
  const bar =
    r.value === null
      ? ''
      : intervalBar(r.value, r.limits, whole, domain, words.figure(indicator, r))
  return {
    href: r.kind === 'place' ? `/places/${r.code}` : `/providers/${r.code}`,
    name: r.name,
    area: r.area,
    text: words.figure(indicator, r),
    bar,
    word: words.word(indicator, r.direction),
  }
}

function chartOf(indicator: Indicator, page: IndicatorPage, providers: string) {
  const { values } = page.distribution
  const { whole, percentiles } = page.summary
  if (values.length < 5 || indicator.labels) return {}
  const format = (x: number): string => words.value(indicator, x)
  const marks = whole
    ? [
        {
          value: whole.value,
          name: `${whole.name}: ${format(whole.value)}`,
          kind: 'whole' as const,
        },
      ]
    : []
  const [p5, p25, p50, p75, p95] = (percentiles ?? []).map(format)
  return {
    chartTitle: `How ${words.number(values.length, 0)} ${providers} differ`,
    chart: distribution(values, marks, `${indicator.name}: how the values are spread`, format),
    chartWords: `One in twenty is below ${p5}; a quarter below ${p25}; half below ${p50}; three quarters below ${p75}; one in twenty above ${p95}.`,
  }
}

function choices(all: readonly string[], chosen: string, text: (x: string) => string) {
  return all.map((value) => ({ value, text: text(value), selected: value === chosen }))
}

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
  const service = indicator.service === null ? null : context.reader.service(indicator.service)
  const whole = summary.whole?.value ?? null
  const ends = page.rows.flatMap((r) =>
    r.value === null ? [] : [r.value, r.limits?.lower998 ?? r.value, r.limits?.upper998 ?? r.value],
  )
  const domain = commonScale(whole === null ? ends : [...ends, whole])
  const series = page.wholeSeries?.figures ?? []
  const size = query.size ?? 50
  const tableTitle = `${words.number(page.total, 0)} ${service && page.distribution.codes.length > 0 ? service.providers : 'places'}`
  const address = (ending: string): string => `${context.path}.${ending}?${search}`
  const order = search.get('sort') ?? 'name'
  return {
    view: 'indicator',
    data: { indicator, summary, rows: page.rows, total: page.total, whole: page.wholeSeries },
    values: {
      title: indicator.name,
      serviceName: service?.name ?? 'Places',
      topic: indicator.topic,
      lead: leadSentence(indicator, page),
      why: indicator.why,
      polarity: words.polarityWords[indicator.polarity],
      ...chartOf(indicator, page, service?.providers ?? 'places'),
      wholeName: summary.whole?.name ?? 'the whole',
      history: series.map((f) => ({
        period: words.period(f.period),
        text: words.figure(indicator, f),
        counts: words.counts(f),
      })),
      trend: trend(
        series,
        series.map(() => null),
        `${indicator.name} over time, ${summary.whole?.name ?? ''}`,
        (x) => words.value(indicator, x),
      ),
      tableTitle,
      q: query.q ?? '',
      periods: choices([...summary.periods].reverse(), summary.period, words.period),
      breakdowns: choices(summary.breakdowns, summary.breakdown, words.group),
      sorts: sorts.map(([value, text]) => ({ value, text, selected: value === order })),
      rows: page.rows.map((r) => tableRow(indicator, r, whole, domain)),
      paging: paging(context.path, search, query.page ?? 1, Math.ceil(page.total / size)),
      emptied: query.q ? `No name holds “${query.q}”.` : 'Choose another period or group.',
      csv: address('csv'),
      json: address('json'),
      definition: indicator.definition,
      method: indicator.method,
      caveats: indicator.caveats,
      releases: page.releases.map(releaseLine),
      crumbs: service ? [{ text: service.name, href: `/services/${service.code}` }] : [],
    },
  }
}
