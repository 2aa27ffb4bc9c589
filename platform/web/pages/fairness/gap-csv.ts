import type { Estimate } from '@plumbline/statistics'
import type { FairnessOf } from '../../../fairness/store.ts'
import { csvLines } from '../../csv.ts'

const header = ['period', 'measure', 'of', 'value', 'lower95', 'upper95', 'providers']

type Line = (string | number)[]

const line = (
  period: string,
  measure: string,
  of: string,
  x: Estimate,
  providers: number,
): Line => [period, measure, of, x.value, x.lower, x.upper, providers]

/** Everything that the page of one indicator's fairness says, a line for each figure. */
export function csvOf({ periods }: FairnessOf): string {
  const rows = periods.flatMap(({ period, found: { fifths, groups, lottery, placeLottery } }) => {
    const all = fifths?.means.reduce((n, m) => n + m.providers, 0) ?? 0
    return [
      ...(fifths?.means.map((m, i) => line(period, 'mean', `fifth ${i + 1}`, m, m.providers)) ??
        []),
      ...(fifths ? [line(period, 'gap', 'fifth 1 less fifth 5', fifths.gap, all)] : []),
      ...(fifths ? [line(period, 'slope', 'most less least deprived', fifths.slope, all)] : []),
      ...groups.flatMap((g) => [
        line(period, 'mean', g.first, g.firstMean, g.firstMean.providers),
        line(period, 'mean', g.second, g.secondMean, g.secondMean.providers),
        line(period, 'gap', `${g.first} less ${g.second}`, g.gap, g.firstMean.providers),
      ]),
      ...(lottery?.share
        ? [line(period, 'more than chance', 'providers', lottery.share, lottery.units)]
        : []),
      ...(placeLottery?.share
        ? [line(period, 'more than chance', 'places', placeLottery.share, placeLottery.units)]
        : []),
    ]
  })
  return csvLines(header, rows)
}
