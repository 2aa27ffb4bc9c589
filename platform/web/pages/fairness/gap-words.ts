import type { Estimate } from '@plumbline/statistics'
import type { Indicator } from '../../../evidence/indicator.ts'
import { type GapTrend, isShown } from '../../../fairness/gap-trend.ts'
import type { FoundGap } from '../../../fairness/gaps.ts'
import type { LeftBehind } from '../../../fairness/left-behind.ts'
import * as words from '../../words.ts'

/** A difference has one decimal more than figures without any; pounds have none or pence. */
const decimalsOf = ({ unit, decimals }: Indicator): number =>
  unit === '£' ? decimals : Math.max(decimals, 1)

/** A number of an indicator's gap without its sign and unit. */
const bare = (indicator: Indicator, x: number, decimals = decimalsOf(indicator)): string =>
  words.number(Math.abs(x), decimals)

/** As many decimals as show that a limit is not 0. */
function decimalsFor(indicator: Indicator, limit: number): number {
  const usual = decimalsOf(indicator)
  for (let decimals = usual; decimals < usual + 3; decimals++) {
    if (Number(bare(indicator, limit, decimals)) !== 0) return decimals
  }
  return usual
}

/** A difference without its sign, in the indicator's own unit: "£9.40", "21 percentage points". */
function size(indicator: Indicator, x: number): string {
  const text = bare(indicator, x)
  if (indicator.unit === '%') return `${text} percentage points`
  return indicator.unit === 'points' ? `${text} points` : words.withUnit(indicator, text)
}

const way = (x: number): string => (x > 0 ? 'more' : 'less')

/** "£9.40 less (95% interval: 3.10 to 15.60 less)"; its ends the nearer to 0 first. */
export function gapText(indicator: Indicator, gap: Estimate): string {
  const { value, lower, upper } = gap
  const [near, far] = value > 0 ? [lower, upper] : [upper, lower]
  const ends =
    near * far > 0
      ? `${bare(indicator, near, decimalsFor(indicator, near))} to ${bare(indicator, far)} ${way(value)}`
      : `${bare(indicator, lower)} less to ${bare(indicator, upper)} more`
  return `${size(indicator, value)} ${way(value)} (95% interval: ${ends})`
}

/** "£9.40 more (9.10 to 9.70)", for a table beside which it stands what the brackets are. */
export function gapCell(indicator: Indicator, { value, lower, upper }: Estimate): string {
  const [near, far] = value > 0 ? [lower, upper] : [upper, lower]
  const ends =
    near * far > 0
      ? `${bare(indicator, near, decimalsFor(indicator, near))} to ${bare(indicator, far)}`
      : `${bare(indicator, lower)} less to ${bare(indicator, upper)} more`
  return `${size(indicator, value)} ${way(value)} (${ends})`
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

/** "the most deprived tenth of people in England, by how deprived their district is". */
export const firstName = ({ first, of }: Pick<FoundGap, 'first' | 'of'>): string =>
  of === null ? first : `${first} of ${of}`

/** "Boys against girls". */
export const betweenText = (found: FoundGap): string =>
  `${words.sentenceCase(firstName(found))}${found.of === null ? '' : ','} against ${found.second}`

export const foundSentence = (indicator: Indicator, found: FoundGap): string =>
  gapSentence(indicator, found.gap, firstName(found), found.second)

/** A ratio and its ends as text; more decimals where two would round it to 1. */
function ratioParts({ value, lower, upper }: Estimate) {
  const decimals = Math.abs(value - 1) < 0.005 ? 3 : 2
  const show = (x: number): string => words.number(x, decimals)
  return { times: show(value), ends: `${show(lower)} to ${show(upper)}` }
}

/** "0.68 times (0.66 to 0.71)", for such a table. */
export function ratioCell(ratio: Estimate): string {
  const { times, ends } = ratioParts(ratio)
  return `${times} times (${ends})`
}

/** "That is 0.68 times the figure of other pupils (95% interval: 0.66 to 0.71)." */
export function ratioSentence(ratio: Estimate, second: string): string {
  const { times, ends } = ratioParts(ratio)
  return `That is ${times} times the figure of ${second} (95% interval: ${ends}).`
}

/** Whether a gap is narrower or wider than it was, in a few words with its interval. */
export function trendText(indicator: Indicator, trend: GapTrend): string {
  const { first, last, change } = trend
  if (trend.way === 'turned') {
    const from = `${size(indicator, first.value)} ${way(first.value)}`
    const to = `${size(indicator, last.value)} ${way(last.value)}`
    return `has turned round, from ${from} to ${to}: a change of ${changeText(indicator, change)}`
  }
  if (trend.way === 'uncertain') return `no certain change${eitherWay(indicator, trend)}`
  return `has ${trend.way} by ${changeText(indicator, change)}`
}

/** "3.6 percentage points (95% interval: 0.5 to 6.8)", of a change that is certain. */
function changeText(indicator: Indicator, { value, lower, upper }: Estimate): string {
  const [near, far] = [Math.abs(lower), Math.abs(upper)].sort((a, b) => a - b) as [number, number]
  const ends = `${bare(indicator, near, decimalsFor(indicator, near))} to ${bare(indicator, far)}`
  return `${size(indicator, value)} (95% interval: ${ends})`
}

/** " (95% interval: 2.1 narrower to 3.4 wider)". */
function eitherWay(indicator: Indicator, { first, change }: GapTrend): string {
  const [narrower, wider] =
    first.value > 0 ? [change.lower, change.upper] : [0 - change.upper, 0 - change.lower]
  if (narrower > 0 || wider < 0) return ''
  return ` (95% interval: ${bare(indicator, narrower)} narrower to ${bare(indicator, wider)} wider)`
}

/** "narrowed by 3.6 (0.5 to 6.8) since 2016-17", for such a table. */
export const trendCell = (indicator: Indicator, trend: GapTrend): string =>
  `${trendText(indicator, trend).replace('95% interval: ', '').replace(/^has /, '')} since ${words.period(trend.from)}`

/** "Since 2016-17 the gap has narrowed by ..."; of no certain change too. */
export function trendSentence(indicator: Indicator, trend: GapTrend): string {
  const text = trendText(indicator, trend)
  const since = `Since ${words.period(trend.from)}`
  return trend.way === 'uncertain' ? `${since}: ${text}.` : `${since} the gap ${text}.`
}

/** How much of a spread is more than chance, in words. */
export function shareText(share: Estimate | null): string {
  if (!share) return 'nobody knows what chance alone would do'
  const percent = (x: number): string => words.number(100 * x, 0)
  const ends = `${percent(share.lower)} to ${percent(share.upper)}`
  return `${percent(share.value)} parts in 100 of the differences are more than chance (95% interval: ${ends})`
}

/** "12 of 320 schools": where it is certain that the first group is behind; null where none were looked at. */
export const behindText = (found: LeftBehind | null, units: string): string | null =>
  found === null || found.compared === 0
    ? null
    : `${words.number(found.behind, 0)} of ${words.number(found.compared, 0)} ${units}`
