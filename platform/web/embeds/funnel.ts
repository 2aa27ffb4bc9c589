import { proportionFunnel, rateFunnel, verdicts } from '@plumbline/statistics'
import type { IndicatorPage } from '../../comparison/reader.ts'
import { boundsOf, type Indicator } from '../../evidence/indicator.ts'
import { type FunnelLimits, type FunnelPoint, funnelPlot } from '../components/funnel/funnel.ts'
import type { PageContext } from '../pages/context.ts'
import { type Counted, hasFunnel, isCounted, isWeighted } from '../pages/indicator/counted.ts'
import { addressOfTable, roundedSentence, without } from '../pages/indicator/indicator.ts'
import * as words from '../words.ts'
import { type Block, type Embed, sourceLine } from './embed.ts'

/** Rows that the reader gives at once. */
const pageSize = 500

/** How many places along each curve its limits are worked out at. */
const steps = 120

interface Asked {
  readonly period?: string
  readonly breakdown?: string
}

async function allRows(code: string, asked: Asked, page: IndicatorPage, context: PageContext) {
  const rows = [...page.rows]
  for (let n = 2; rows.length < page.total; n += 1) {
    const query = { ...asked, page: n, size: pageSize }
    const more = await context.reader.indicatorPage(context.state, code, query)
    if (!more || more.rows.length === 0) break
    rows.push(...more.rows)
  }
  return rows
}

/** The limits around the whole's figure at one confidence, in the indicator's unit. */
function limitsAt(
  { kind, scale }: Indicator,
  target: number,
  denominators: Float64Array,
  confidence: number,
): FunnelLimits {
  if (kind === 'rate') {
    const limits = rateFunnel(denominators, target, { multiplier: scale, confidence })
    return { x: denominators, ...limits }
  }
  const { lower, upper } = proportionFunnel(denominators, target / scale, { confidence })
  const inUnit = (x: number): number => x * scale
  return { x: denominators, lower: lower.map(inUnit), upper: upper.map(inUnit) }
}

/** The 95% and the 99.8% limits at some denominators. */
const bothLimits = (indicator: Indicator, target: number, at: Float64Array) =>
  [limitsAt(indicator, target, at, 0.95), limitsAt(indicator, target, at, 0.998)] as const

const key =
  'Each dot is one of them. Between the inner lines chance alone would leave 95 of 100 that are just like the whole, between the outer ones 998 of 1,000. A ring lies outside the inner lines, a large dot outside both.'

/** "40 practices with counts. Within the 95% limits around Aldermere’s 81%: 30. Above them: 6, ..." */
function sentenceOf(all: string, verdict: Int8Array, whole: string): string {
  const of = (those: (v: number) => boolean): string =>
    words.number(verdict.filter((v) => those(v)).length, 0)
  return [
    `${all}.`,
    `Within the 95% limits around ${whole}: ${of((v) => v === 0)}.`,
    `Above them: ${of((v) => v > 0)}, of these above the 99.8% limits too: ${of((v) => v > 1)}.`,
    `Below them: ${of((v) => v < 0)}, of these below the 99.8% limits too: ${of((v) => v < -1)}.`,
  ].join(' ')
}

/**
 * The funnel plot of an indicator: every provider's figure over how many it is from. Null where nothing
 * stands for the whole, or fewer than two figures have counts behind them.
 */
export async function funnelEmbed(
  code: string,
  asked: Asked,
  context: PageContext,
): Promise<Embed | null> {
  const indicator = context.indicators.get(code)
  if (!indicator) return null
  const query = { ...asked, page: 1, size: pageSize }
  const page = await context.reader.indicatorPage(context.state, code, query)
  const whole = page?.summary.whole
  if (!page || !whole) return null
  const everyone = await allRows(code, asked, page, context)
  if (!hasFunnel(indicator, { ...page, rows: everyone })) return null
  const rows = everyone.filter(isCounted)
  const denominators = Float64Array.from(rows, (r) => r.denominator)
  const most = Math.max(...denominators)
  const curve = Float64Array.from({ length: steps }, (_, i) => (most * 1.03 * (i + 1)) / steps)
  const own = bothLimits(indicator, whole.value, denominators)
  const drawn = bothLimits(indicator, whole.value, curve)
  const verdict = verdicts(
    Float64Array.from(rows, (r) => r.value),
    own,
  )
  const service = indicator.service === null ? null : context.reader.service(indicator.service)
  const providers =
    service && rows.some((r) => r.kind === 'provider') ? service.providers : 'places'
  const name = words.shortName(whole.name)
  const against = `${name}’s ${words.comparedValue(indicator, whole)}`
  const weighted = rows.some(isWeighted)
  const all = `${words.number(rows.length, 0)} ${providers}${weighted ? '' : ' with counts'}`
  const sentence = sentenceOf(all, verdict, against)
  const rounded = await roundedSentence(code, rows, context)
  const safe = [without(page), rounded].filter((s) => s !== '')
  const points = rows.map((r, i): FunnelPoint => {
    return { x: r.denominator, y: r.value, outside: Math.abs(verdict[i] as number) as 0 | 1 | 2 }
  })
  const group = page.summary.breakdown
  const picture: Block = {
    kind: 'picture',
    key,
    svg: funnelPlot({
      points,
      limits: drawn,
      target: { value: whole.value, name: words.sentenceCase(name) },
      xName: weighted ? 'What the answers of each are worth' : 'How many each figure is from',
      xFormat: (n) => words.number(n, 0),
      yFormat: (n) => words.axis(indicator, n),
      bounds: boundsOf(indicator),
      words: `${indicator.name}: a funnel plot. ${sentence}`,
    }),
    table: {
      summary: 'Those outside the limits',
      head: [
        'Name',
        { text: 'Value', number: true },
        { text: weighted ? 'Answers worth' : 'Of', number: true },
        'Limits',
      ],
      rows: outsideRows(indicator, rows, verdict),
    },
  }
  return {
    about: [
      service?.name ?? 'Places',
      ...(group === '' ? [] : [words.group(group)]),
      words.period(page.summary.period),
    ].join(' · '),
    title: `${indicator.name}: who differs by more than chance`,
    words: [sentence, ...safe].join(' '),
    blocks: [
      { kind: 'text', text: sentence },
      {
        kind: 'text',
        quiet: true,
        text: `${words.whichWay(indicator)} ${indicator.meaning ?? ''}`.trim(),
      },
      picture,
      ...safe.map((text) => ({ kind: 'text', text, quiet: true }) as const),
    ],
    source: await sourceLine(
      page.releases.map((r) => r.id),
      context,
    ),
    href: addressOfTable(code, asked),
    link: 'More about this measure, and everyone’s figures',
    data: {
      indicator: code,
      target: whole.value,
      points: rows.map((r, i) => ({
        code: r.code,
        name: r.name,
        value: r.value,
        denominator: r.denominator,
        outside: verdict[i] as number,
      })),
    },
  }
}

/** Rows of the table: more would be longer than a frame is good for, and stand on the whole page. */
const mostRows = 50

/** The furthest out first, then by name; within the limits none. */
function outsideRows(indicator: Indicator, rows: readonly Counted[], verdict: Int8Array) {
  const limits = ['', 'outside 95%', 'outside 99.8%']
  return rows
    .map((row, i) => ({ row, outside: Math.abs(verdict[i] as number) }))
    .filter(({ outside }) => outside > 0)
    .sort((a, b) => b.outside - a.outside || (a.row.name < b.row.name ? -1 : 1))
    .slice(0, mostRows)
    .map(({ row, outside }) => [
      { text: row.name },
      { text: words.value(indicator, row.value) },
      { text: words.number(row.denominator, 0) },
      { text: limits[outside] ?? '' },
    ])
}
