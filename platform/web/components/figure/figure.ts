import type { Comparison, Figure, FigureSeries } from '../../../comparison/figures.ts'
import type { Spread } from '../../../comparison/reader.ts'
import { comparisonOf } from '../../../comparison/sheet.ts'
import { boundsOf, type Indicator, isComparable } from '../../../evidence/indicator.ts'
import * as words from '../../words.ts'
import { binnedFrom, spread } from '../spread/spread.ts'
import { trend } from '../trend/trend.ts'

/** The comparison that a page leads with: similar providers, else the whole. */
export const leading = (f: Figure): Comparison | undefined =>
  comparisonOf(f, 'peers') ?? comparisonOf(f, 'whole')

/** "its own 2022-23" for the past; any other comparison by its own name. */
export const comparisonName = (c: Comparison): string =>
  c.against === 'past' ? `its own ${words.period(c.name)}` : c.name

export interface FigureContext {
  /** How all providers are spread, and whose values are the peers'; null for places. */
  readonly spread: Spread | null
  readonly peers: readonly string[]
  /** What peers are called: "30 similar schools". */
  readonly peersName: string
  readonly source: unknown
  /** The service that the figure is about, where the page is not about one. */
  readonly service: string | null
}

/** How many periods a page draws and lists. */
const periodsShown = 36

/** One indicator of one provider or place, as its section of a page shows it. */
export function figureSection(indicator: Indicator, series: FigureSeries, context: FigureContext) {
  const f = series.figures.at(-1) as Figure
  const lead = leading(f)
  return {
    code: indicator.code,
    service: context.service,
    href: `/indicators/${indicator.code}`,
    name: indicator.name,
    hidden: f.value === null,
    value: f.value === null ? words.statusWords(f.status) : words.value(indicator, f.value),
    limits: f.limits && f.value !== null ? words.limits(indicator, f.limits) : null,
    counts: words.counts(f),
    period: words.sentenceCase(words.when(indicator, f)),
    polarity: words.whichWay(indicator),
    meaning: indicator.meaning,
    note: indicator.dated === undefined ? words.note(f.note) : '',
    lead: lead ? leadWords(indicator, lead) : null,
    ...pictureOfSpread(indicator, f, context),
    comparisons: f.comparisons.map((c) => [
      { text: comparisonName(c) },
      { text: words.comparedValue(indicator, c) },
      { word: words.word(indicator, c.direction) },
    ]),
    ...pictureOfTrend(indicator, series),
    wholeName: comparisonOf(f, 'whole')?.name ?? 'The whole',
    caveat: caveatOf(indicator, f),
    source: context.source,
  }
}

/** The word against similar providers, and what they have. */
function leadWords(indicator: Indicator, lead: Comparison) {
  const other = `${lead.name}: ${words.comparedValue(indicator, lead)}`
  if (lead.direction === null) {
    return { word: words.word(indicator, null), text: `whether it differs from ${other}` }
  }
  const joiner = lead.direction === 0 ? 'to' : 'than'
  return { word: words.word(indicator, lead.direction), text: `${joiner} ${other}` }
}

/** At most two sentences: how sure we are, and what the indicator's author warns of. */
function caveatOf(indicator: Indicator, f: Figure): string {
  const saysNothing = f.value === null || indicator.labels || indicator.kind === 'count'
  const sure = saysNothing ? '' : words.methodWords(f)
  const warning = indicator.caveats.find((c) => c.slice(0, 11) !== sure.slice(0, 11)) ?? ''
  return [sure, warning].filter((s) => s !== '').join(' ')
}

function pictureOfSpread(indicator: Indicator, f: Figure, context: FigureContext) {
  const { spread: all, peers } = context
  if (f.value === null || !all || !isComparable(indicator)) return { spread: '', key: '' }
  const whole = comparisonOf(f, 'whole')
  const peerValues = peers.flatMap((code) => all.valueOf(code) ?? [])
  const name = words.sentenceCase(words.shortName(whole?.name ?? ''))
  return {
    spread: spread({
      values: all.values,
      own: { value: f.value, limits: f.limits },
      peers: peerValues,
      whole: whole ? { value: whole.value, name } : null,
      words: `${words.figure(indicator, f)} among ${words.number(all.values.length, 0)} others${whole ? `; ${whole.name}: ${words.value(indicator, whole.value)}` : ''}`,
      format: (x) => words.axis(indicator, x),
      size: 'card',
      bounds: boundsOf(indicator),
    }),
    key: [
      `${all.values.length < binnedFrom ? 'Dots' : 'Bars'}: all ${words.number(all.values.length, 0)}.`,
      ...(peerValues.length > 0 ? [`Ticks: ${context.peersName}.`] : []),
      `The plumb line: this one${f.limits ? ', with its interval' : ''}.`,
    ].join(' '),
  }
}

function pictureOfTrend(indicator: Indicator, series: FigureSeries) {
  const figures = series.figures.slice(-periodsShown)
  const whole = figures.map((h) => comparisonOf(h, 'whole'))
  const name = whole.findLast((w) => w)?.name ?? 'The whole'
  const [first, last] = [figures[0] as Figure, figures.at(-1) as Figure]
  const drawn = indicator.labels
    ? ''
    : trend({
        figures,
        compared: whole.map((w) => w?.value ?? null),
        comparedName: words.sentenceCase(words.shortName(name)),
        words: `${indicator.name}, ${words.period(first.period)} to ${words.period(last.period)}. The table below has the figures.`,
        format: (x) => words.axis(indicator, x),
        period: words.period,
        bounds: boundsOf(indicator),
      })
  const history = figures
    .map((h, i) => [
      { text: words.period(h.period) },
      { text: words.noted(indicator, h) },
      { text: whole[i] ? words.comparedValue(indicator, whole[i]) : '' },
    ])
    .reverse()
  return { trend: drawn, history }
}
