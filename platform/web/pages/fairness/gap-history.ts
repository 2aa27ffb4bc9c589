import type { Indicator } from '../../../evidence/indicator.ts'
import { type FoundGap, gapsAt } from '../../../fairness/gaps.ts'
import type { FairnessOf } from '../../../fairness/store.ts'
import * as words from '../../words.ts'
import { firstName, gapText, ratioText } from './gap-words.ts'

const nameOf = (g: FoundGap): string => `${words.sentenceCase(firstName(g))} against ${g.second}`

/** How the gaps stood in each period, oldest first: in the indicator's unit, and as a ratio. */
export function gapHistory(indicator: Indicator, of: FairnessOf) {
  const periods = of.periods
    .map((at) => ({ period: at.period, gaps: gapsAt(of, at) }))
    .filter(({ gaps }) => gaps.length > 0)
  const columns = [...new Set(periods.flatMap(({ gaps }) => gaps.map(nameOf)))]
  const cell = (gap: FoundGap | undefined): string => {
    if (!gap) return 'not known'
    return gap.ratio
      ? `${gapText(indicator, gap.gap)}; ${ratioText(gap.ratio)}`
      : gapText(indicator, gap.gap)
  }
  return {
    head: ['Period', ...columns],
    rows: periods.map(({ period, gaps }) => [
      { text: words.period(period) },
      ...columns.map((name) => ({ text: cell(gaps.find((g) => nameOf(g) === name)) })),
    ]),
  }
}
