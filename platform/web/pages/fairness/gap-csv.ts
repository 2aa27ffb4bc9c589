import type { Estimate } from '@plumbline/statistics'
import { gapNames } from '../../../fairness/measure.ts'
import type { FairnessAt, FairnessOf } from '../../../fairness/store.ts'
import { csvLines } from '../../csv.ts'

const header = ['period', 'measure', 'of', 'value', 'lower95', 'upper95', 'providers']

type Line = (string | number)[]

const line = (
  period: string,
  measure: string,
  of: string,
  x: Estimate | null | undefined,
  providers: number | '',
): Line[] => (x ? [[period, measure, of, x.value, x.lower, x.upper, providers]] : [])

function byDeprivation({ period, found: { fifths, tenths } }: FairnessAt): Line[] {
  const all = fifths?.means.reduce((n, m) => n + m.providers, 0) ?? 0
  const ends = 'fifth 1 less fifth 5'
  return [
    ...(fifths?.means.flatMap((m, i) => line(period, 'mean', `fifth ${i + 1}`, m, m.providers)) ??
      []),
    ...line(period, 'gap', ends, fifths?.gap, all),
    ...line(period, 'ratio', 'fifth 1 over fifth 5', fifths?.ratio, all),
    ...line(period, 'slope', 'most less least deprived', fifths?.slope, all),
    ...tenths.flatMap((t) => [
      ...t.tenths.flatMap((x, i) => line(period, 'figure', `tenth ${i + 1} of ${t.of}`, x, '')),
      ...line(period, 'gap', `tenth 1 less tenth 10 of ${t.of}`, t.gap, ''),
      ...line(period, 'ratio', `tenth 1 over tenth 10 of ${t.of}`, t.ratio, ''),
      ...line(period, 'slope', `most less least deprived of ${t.of}`, t.slope, ''),
    ]),
  ]
}

function betweenGroups({ period, found: { groups } }: FairnessAt): Line[] {
  return groups.flatMap((g) => {
    const second = g.second || 'everyone'
    return [
      ...line(period, 'mean', g.first, g.firstMean, g.firstMean.providers),
      ...line(period, 'mean', second, g.secondMean, g.secondMean.providers),
      ...line(period, 'gap', gapNames.groups(g.first, g.second), g.gap, g.firstMean.providers),
      ...line(period, 'ratio', `${g.first} over ${second}`, g.ratio, g.firstMean.providers),
    ]
  })
}

function lotteries({ period, found: { lottery, placeLottery } }: FairnessAt): Line[] {
  const measure = 'more than chance'
  return [
    ...line(period, measure, 'providers', lottery?.share, lottery?.units ?? ''),
    ...line(period, measure, 'places', placeLottery?.share, placeLottery?.units ?? ''),
  ]
}

/** Everything that the page of one indicator's fairness says, a line for each figure. */
export function csvOf({ periods, trends }: FairnessOf): string {
  const changes = Object.entries(trends).flatMap(([name, { from, to, change }]) =>
    line(to, 'change', `${name}, since ${from}`, change, ''),
  )
  const figures = periods.flatMap((at) => [
    ...byDeprivation(at),
    ...betweenGroups(at),
    ...lotteries(at),
  ])
  return csvLines(header, [...figures, ...changes])
}
