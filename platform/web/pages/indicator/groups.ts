import type { Figure } from '../../../comparison/figures.ts'
import { boundsOf, type Indicator } from '../../../evidence/indicator.ts'
import { intervalBar } from '../../components/interval-bar/interval-bar.ts'
import { commonScale } from '../../components/scale.ts'
import * as words from '../../words.ts'

/** Groups shown of one kind: ten deprivation tenths, a few dozen areas. */
const most = 40

/** "sex", "deprivation": what the groups of a breakdown differ in; '' for more than one thing. */
const kindOf = (breakdown: string): string =>
  breakdown.includes(';') ? '' : (breakdown.split('=')[0] ?? '')

/**
 * The figures of groups of people side by side, a table for each way of grouping, on one scale; the
 * gap between the highest and the lowest in the indicator's own unit.
 */
export function groupTables(indicator: Indicator, figures: readonly Figure[]) {
  const kinds = Map.groupBy(
    figures.filter((f) => f.breakdown !== '' && kindOf(f.breakdown) !== ''),
    (f) => kindOf(f.breakdown),
  )
  return [...kinds].flatMap(([kind, some]) => {
    const shown = some.slice(0, most)
    const valued = shown.filter((f) => f.value !== null)
    if (shown.length < 2) return []
    const domain = commonScale(
      valued.flatMap((f) => [
        f.value as number,
        f.limits?.lower998 ?? (f.value as number),
        f.limits?.upper998 ?? (f.value as number),
      ]),
      boundsOf(indicator),
    )
    return [
      {
        title: `By ${kind.replaceAll('-', ' ')}`,
        gap: gapSentence(indicator, valued),
        rows: shown.map((f) => ({
          name: words.sentenceCase(groupName(f.breakdown)),
          text: words.figure(indicator, f),
          bar:
            f.value === null || indicator.labels
              ? ''
              : intervalBar(f.value, f.limits, null, domain, words.figure(indicator, f)),
        })),
      },
    ]
  })
}

/** "disadvantage=disadvantaged" is "disadvantaged". */
export const groupName = (breakdown: string): string => breakdown.split('=')[1] ?? breakdown

/** From the lowest group to the highest, and how much lies between. */
function gapSentence(indicator: Indicator, valued: readonly Figure[]): string {
  if (valued.length < 2 || indicator.labels) return ''
  const sorted = [...valued].sort((a, b) => (a.value as number) - (b.value as number))
  const [low, high] = [sorted[0] as Figure, sorted.at(-1) as Figure]
  const gap = (high.value as number) - (low.value as number)
  const unit =
    indicator.unit === '%'
      ? `${words.number(gap, indicator.decimals)} percentage points`
      : words.value(indicator, gap)
  return `From ${words.value(indicator, low.value as number)} (${groupName(low.breakdown)}) to ${words.value(indicator, high.value as number)} (${groupName(high.breakdown)}): ${unit} apart.`
}
