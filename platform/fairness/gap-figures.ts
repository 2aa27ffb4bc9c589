import type { Estimate } from '@plumbline/statistics'
import type { GapWay } from './gap-trend.ts'
import { gapNames } from './measure.ts'
import type { FairnessAt, FairnessOf } from './store.ts'

/** What one figure of fairness is. */
export const gapMeasures = [
  'mean', // of a fifth, or of a group
  'figure', // of a tenth, as its source gives it
  'gap', // the difference of two
  'ratio', // how many times one is the other
  'slope', // the most deprived end of a line through all less its least deprived end
  'more than chance', // the share of a spread that is, 0 to 1
  'change', // of a gap since another period
] as const
export type GapMeasure = (typeof gapMeasures)[number]

/** One figure of fairness, with its 95% limits. */
export interface GapFigure extends Estimate {
  readonly period: string
  readonly measure: GapMeasure
  /** "fifth 1 less fifth 5", "sex=boys less sex=girls". */
  readonly of: string
  /** How many providers (or places) it rests on; null where it rests on people that a source counted. */
  readonly providers: number | null
  /** Of a change: since when, and which way where the data can tell. */
  readonly since: string | null
  readonly way: GapWay | null
}

const figure = (
  period: string,
  measure: GapMeasure,
  of: string,
  x: Estimate | null | undefined,
  providers: number | null,
): GapFigure[] => {
  if (!x) return []
  const { value, lower, upper } = x
  return [{ period, measure, of, value, lower, upper, providers, since: null, way: null }]
}

function byDeprivation({ period, found: { fifths, tenths } }: FairnessAt): GapFigure[] {
  const all = fifths?.means.reduce((n, m) => n + m.providers, 0) ?? 0
  const means = fifths?.means ?? []
  return [
    ...means.flatMap((m, i) => figure(period, 'mean', `fifth ${i + 1}`, m, m.providers)),
    ...figure(period, 'gap', 'fifth 1 less fifth 5', fifths?.gap, all),
    ...figure(period, 'ratio', 'fifth 1 over fifth 5', fifths?.ratio, all),
    ...figure(period, 'slope', 'most less least deprived', fifths?.slope, all),
    ...tenths.flatMap((t) => [
      ...t.tenths.flatMap((x, i) => figure(period, 'figure', `tenth ${i + 1} of ${t.of}`, x, null)),
      ...figure(period, 'gap', `tenth 1 less tenth 10 of ${t.of}`, t.gap, null),
      ...figure(period, 'ratio', `tenth 1 over tenth 10 of ${t.of}`, t.ratio, null),
      ...figure(period, 'slope', `most less least deprived of ${t.of}`, t.slope, null),
    ]),
  ]
}

function betweenGroups({ period, found: { groups } }: FairnessAt): GapFigure[] {
  return groups.flatMap((g) => {
    const second = g.second || 'everyone'
    const { providers } = g.firstMean
    return [
      ...figure(period, 'mean', g.first, g.firstMean, providers),
      ...figure(period, 'mean', second, g.secondMean, g.secondMean.providers),
      ...figure(period, 'gap', gapNames.groups(g.first, g.second), g.gap, providers),
      ...figure(period, 'ratio', `${g.first} over ${second}`, g.ratio, providers),
    ]
  })
}

function lotteries({ period, found: { lottery, placeLottery } }: FairnessAt): GapFigure[] {
  const measure = 'more than chance'
  return [
    ...figure(period, measure, 'providers', lottery?.share, lottery?.units ?? null),
    ...figure(period, measure, 'places', placeLottery?.share, placeLottery?.units ?? null),
  ]
}

/** Everything that was measured of one indicator's fairness: period by period, then how gaps changed. */
export function gapFigures({ periods, trends }: FairnessOf): GapFigure[] {
  const figures = periods.flatMap((at) => [
    ...byDeprivation(at),
    ...betweenGroups(at),
    ...lotteries(at),
  ])
  const changes = Object.entries(trends).flatMap(([name, { from, to, change, way }]) =>
    figure(to, 'change', name, change, null).map((f) => ({ ...f, since: from, way })),
  )
  return [...figures, ...changes]
}
