import type { Indicator } from '../../../evidence/indicator.ts'
import { type FoundGap, gapsAt } from '../../../fairness/gaps.ts'
import type { FairnessOf } from '../../../fairness/store.ts'
import * as words from '../../words.ts'
import { gapCell, betweenText as nameOf, ratioCell } from './gap-words.ts'

/** How the gaps stood in each period, oldest first: in the indicator's unit, and as a ratio. */
export function gapHistory(indicator: Indicator, of: FairnessOf) {
  const periods = of.periods
    .map((at) => ({ period: at.period, gaps: gapsAt(of, at) }))
    .filter(({ gaps }) => gaps.length > 0)
  const columns = [...new Set(periods.flatMap(({ gaps }) => gaps.map(nameOf)))]
  const find = (gaps: readonly FoundGap[] | undefined, name: string): FoundGap | undefined =>
    gaps?.find((g) => nameOf(g) === name)
  const cell = (at: number, name: string): string => {
    const gap = find(periods[at]?.gaps, name)
    const before = find(periods[at - 1]?.gaps, name)
    if (!gap) return 'not known'
    return [
      gapCell(indicator, gap.gap),
      ...(gap.ratio ? [ratioCell(gap.ratio)] : []),
      ...(before && before.breakdown !== gap.breakdown ? ['other boundaries than before'] : []),
    ].join('; ')
  }
  return {
    head: ['Period', ...columns],
    rows: periods.map(({ period }, at) => [
      { text: words.period(period) },
      ...columns.map((name) => ({ text: cell(at, name) })),
    ]),
  }
}
