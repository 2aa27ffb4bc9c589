import type { IndicatorRow, IndicatorSummary } from '../../../comparison/figures.ts'
import type { Indicator, Service } from '../../../evidence/indicator.ts'
import * as words from '../../words.ts'
import { barRows, barScale } from '../bar-rows.ts'
import { choices, type PageContext, paging } from '../context.ts'
import { compareAddress } from './compare-address.ts'

export interface ManyProviders {
  /** "Hampshire", or what the visitor called the group. */
  readonly name: string
  readonly service: Service
  readonly codes: readonly string[]
}

/** Rows on one page of the chart: more are not read. */
const rowsOnPage = 50

/** Indicators that providers of the service have and that can be laid on a scale. */
async function drawable(service: Service, context: PageContext) {
  const summaries = await context.reader.summaries(context.state, service.code)
  const order = new Map([...context.indicators.keys()].map((code, i) => [code, i]))
  return summaries
    .flatMap((summary): { indicator: Indicator; summary: IndicatorSummary }[] => {
      const indicator = context.indicators.get(summary.indicator)
      return indicator && !indicator.labels && summary.percentiles ? [{ indicator, summary }] : []
    })
    .sort((a, b) => (order.get(a.indicator.code) ?? 0) - (order.get(b.indicator.code) ?? 0))
}

/** From the highest to the lowest; those without a figure last, by name. */
function byValue(a: IndicatorRow, b: IndicatorRow): number {
  if (a.value === null || b.value === null) {
    return Number(a.value === null) - Number(b.value === null) || (a.name < b.name ? -1 : 1)
  }
  return b.value - a.value || (a.name < b.name ? -1 : 1)
}

/** Every provider of a place or a group on one chart, for one indicator of the visitor's choice. */
export async function oneChart(
  many: ManyProviders,
  asked: {
    readonly indicator: string | null
    readonly place: string | null
    readonly group: string | null
    readonly page: number
    readonly search: URLSearchParams
  },
  context: PageContext,
) {
  const all = await drawable(many.service, context)
  const one = all.find((d) => d.indicator.code === asked.indicator) ?? all[0]
  if (!one) return null
  const { indicator, summary } = one
  const { reader, state, path } = context
  const rows = [...(await reader.rowsOf(state, indicator.code, summary, many.codes))].sort(byValue)
  const from = (asked.page - 1) * rowsOnPage
  const whole = summary.whole?.value ?? null
  const scale = barScale(indicator, rows, new Float64Array(0), whole)
  const names = new Map(all.map((d) => [d.indicator.code, d.indicator.name]))
  return {
    title: `${words.sentenceCase(many.service.providers)} of ${many.name}`,
    code: indicator.code,
    indicator: indicator.name,
    total: rows.length,
    embed: compareAddress({
      providers: asked.place === null ? many.codes : [],
      place: asked.place,
      service: asked.place === null ? null : many.service.code,
      indicator: indicator.code,
      group: asked.group,
    }),
    figures: rows.map((r) => [indicator, r] as const),
    releases: [...new Set(rows.map((r) => r.release))],
    href: `/indicators/${indicator.code}`,
    about: `${words.period(summary.period)}. ${words.whichWay(indicator)}${indicator.meaning ? ` ${indicator.meaning}` : ''}`,
    whole: summary.whole
      ? `${words.sentenceCase(summary.whole.name)}: ${words.comparedValue(indicator, summary.whole)}`
      : '',
    head: [
      'Name',
      'Value',
      'Interval',
      `Against ${words.shortName(summary.whole?.name ?? 'the whole')}`,
    ],
    rows: barRows(indicator, rows.slice(from, from + rowsOnPage), whole, scale),
    paging: paging(path, asked.search, asked.page, Math.ceil(rows.length / rowsOnPage)),
    indicators: choices([...names.keys()], indicator.code, (c) => names.get(c) ?? c),
    service: many.service.code,
    apart: rows.some((r) => r.apart !== null) ? many.service.separate?.why : undefined,
  }
}
