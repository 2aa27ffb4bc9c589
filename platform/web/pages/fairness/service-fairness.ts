import type { Indicator } from '../../../evidence/indicator.ts'
import type { FoundGap } from '../../../fairness/gaps.ts'
import { levelLabel } from '../../../places/levels.ts'
import { intervalBar } from '../../components/interval-bar/interval-bar.ts'
import { commonScale } from '../../components/scale.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'
import { widestLead } from './fairness.ts'
import {
  behindText,
  betweenText,
  firstName,
  gapCell,
  gapText,
  ratioCell,
  trendCell,
} from './gap-words.ts'
import { limitsOf } from './mean-rows.ts'
import { type Measured, measuredData, measuredIn, newestLottery } from './measured.ts'

const fairnessHref = ({ indicator }: Measured): string => `/indicators/${indicator.code}/fairness`

/**
 * Each indicator's widest gap with a bar each, on one scale: the distance between a low and a high
 * provider, so that pounds and percentages can stand under one another.
 */
function pictureRows(all: readonly Measured[]) {
  const widest = all.flatMap(({ gaps }) => gaps[0]?.width ?? [])
  const domain = commonScale([0, ...widest.flatMap((w) => [w.lower, w.upper])])
  return all.flatMap((m) => {
    const [gap] = m.gaps
    if (!gap) return []
    const text = `${gapText(m.indicator, gap.gap)}${gap.certain ? '' : ': may be chance'}`
    return [
      {
        href: fairnessHref(m),
        name: m.indicator.name,
        about: betweenText(gap),
        text,
        bar: gap.width ? intervalBar(gap.width.value, limitsOf(gap.width), 0, domain, text) : '',
      },
    ]
  })
}

interface Units {
  readonly providers: string
  readonly places: string
}

/** "12 of 320 schools; 3 of 11 places (district)". */
const behindCell = ({ providers, places }: FoundGap, units: Units): string =>
  [behindText(providers, units.providers), behindText(places, units.places)]
    .filter((x) => x !== null)
    .join('; ') || 'not known'

function gapRow(m: Measured, gap: FoundGap, units: Units) {
  const { indicator }: { indicator: Indicator } = m
  return [
    { text: indicator.name, href: fairnessHref(m) },
    { text: `${betweenText(gap)}, ${words.period(gap.period)}` },
    {
      text: `${gapCell(indicator, gap.gap)}${gap.certain ? '' : ': may be chance'}`,
    },
    { text: gap.ratio ? ratioCell(gap.ratio) : 'none: its scale has no true 0' },
    { text: gap.slope ? gapCell(indicator, gap.slope) : 'two groups have none' },
    { text: gap.trend ? trendCell(indicator, gap.trend) : 'one period alone' },
    { text: behindCell(gap, units) },
  ]
}

/** "6,267: 83 parts in 100 (81 to 84)". */
function shareCell(m: Measured, which: 'lottery' | 'placeLottery'): string {
  const newest = newestLottery(m, which)
  if (!newest) return 'too few'
  const { units, share } = newest.lottery
  if (!share) return `${words.number(units, 0)}: nobody knows what chance alone would do`
  const percent = (x: number): string => words.number(100 * x, 0)
  return `${words.number(units, 0)}: ${percent(share.value)} parts in 100 (${percent(share.lower)} to ${percent(share.upper)})`
}

function csvOf(all: readonly Measured[]): string {
  const header = [
    ...['indicator', 'name', 'period', 'first', 'second', 'certain'],
    ...['gap', 'lower95', 'upper95', 'ratio', 'ratioLower95', 'ratioUpper95'],
    ...['slope', 'slopeLower95', 'slopeUpper95'],
    ...['since', 'change', 'changeLower95', 'changeUpper95', 'trend'],
  ]
  const estimate = (x: { value: number; lower: number; upper: number } | null | undefined) =>
    x ? [x.value, x.lower, x.upper] : ['', '', '']
  const rows = all.flatMap(({ indicator, gaps }) =>
    gaps.map((g) => [
      ...[indicator.code, indicator.name, g.period, firstName(g), g.second, String(g.certain)],
      ...[...estimate(g.gap), ...estimate(g.ratio), ...estimate(g.slope)],
      ...[g.trend?.from ?? '', ...estimate(g.trend?.change), g.trend?.way ?? ''],
    ]),
  )
  return csvLines(header, rows)
}

/** Everything that was measured of fairness in a service, the widest certain gap first. */
export async function serviceFairnessPage(
  code: string,
  context: PageContext,
): Promise<Page | null> {
  const { reader, state } = context
  const service = reader.services(state).find((s) => s.code === code)
  const all = await measuredIn(context, code)
  if (!service || all.length === 0) return null
  const areas = all[0]?.of.declared.areas ?? null
  const units = { providers: service.providers, places: `places (${levelLabel(areas)})` }
  return {
    view: 'pages/fairness/service-fairness',
    data: { service: code, name: service.name, indicators: all.map(measuredData) },
    forms: { csv: () => csvOf(all) },
    values: {
      title: `Fairness: ${service.name}`,
      lead: widestLead(all),
      providers: service.providers,
      picture: pictureRows(all),
      gapHead: [
        'Measure',
        'Between whom',
        'Gap',
        'Times the figure of the second',
        'Slope index',
        'Narrower or wider?',
        'Where the first are behind for certain',
      ],
      gaps: all.flatMap((m) => m.gaps.map((g) => gapRow(m, g, units))),
      shareHead: ['Measure', 'Period', `Between ${units.providers}`, `Between ${units.places}`],
      shares: all.flatMap((m) => {
        const period = (newestLottery(m, 'lottery') ?? newestLottery(m, 'placeLottery'))?.period
        return period === undefined
          ? []
          : [
              [
                { text: m.indicator.name, href: `${fairnessHref(m)}#lottery` },
                { text: words.period(period) },
                { text: shareCell(m, 'lottery') },
                { text: shareCell(m, 'placeLottery') },
              ],
            ]
      }),
      csv: `${context.path}.csv`,
      json: `${context.path}.json`,
      crumbs: [
        { text: 'Fairness', href: '/fairness' },
        { text: service.name, href: `/services/${code}` },
      ],
    },
  }
}
