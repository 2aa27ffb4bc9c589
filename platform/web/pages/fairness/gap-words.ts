import type { Estimate } from '@plumbline/statistics'
import type { Indicator } from '../../../evidence/indicator.ts'
import * as words from '../../words.ts'

/** A difference without its sign, in the indicator's own unit: "£9.40", "21 percentage points". */
export function size(indicator: Indicator, x: number): string {
  const text = words.number(Math.abs(x), Math.max(indicator.decimals, 1))
  return indicator.unit === '%' ? `${text} percentage points` : words.withUnit(indicator, text)
}

/** Is 0 outside the interval? */
export const isShown = (gap: Estimate): boolean => gap.lower > 0 || gap.upper < 0

const way = (x: number): string => (x > 0 ? 'more' : 'less')

/** "£9.40 less (95% interval: 3.10 to 15.60 less)"; its ends the nearer to 0 first. */
export function gapText(indicator: Indicator, gap: Estimate): string {
  const bare = (x: number): string => words.number(Math.abs(x), Math.max(indicator.decimals, 1))
  const { value, lower, upper } = gap
  const [near, far] = value > 0 ? [lower, upper] : [upper, lower]
  const ends = isShown(gap)
    ? `${bare(near)} to ${bare(far)} ${way(value)}`
    : `${bare(lower)} less to ${bare(upper)} more`
  return `${size(indicator, value)} ${way(value)} (95% interval: ${ends})`
}

/** A sentence on the gap between two: what was seen, and whether it is more than chance. */
export function gapSentence(
  indicator: Indicator,
  gap: Estimate,
  first: string,
  second: string,
): string {
  const seen = `${words.sentenceCase(first)}: ${gapText(indicator, gap)} than ${second}.`
  return isShown(gap) ? seen : `${seen} That may be chance: no gap is shown.`
}

/** "more than chance" as a share of the spread, in words. */
export function shareText(share: Estimate | null): string {
  if (!share) return 'nobody gives what chance alone would do'
  const percent = (x: number): string => words.number(100 * x, 0)
  const ends = `${percent(share.lower)} to ${percent(share.upper)}`
  return `${percent(share.value)} parts in 100 of the differences are more than chance (95% interval: ${ends})`
}
