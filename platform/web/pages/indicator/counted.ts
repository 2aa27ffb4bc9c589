import type { IndicatorRow } from '../../../comparison/figures.ts'
import type { IndicatorPage } from '../../../comparison/reader.ts'
import type { Indicator } from '../../../evidence/indicator.ts'

/** A figure with a base: true or rounded counts, or what the answers of a weighted share are worth. */
export type Counted = IndicatorRow & { readonly value: number; readonly denominator: number }

/** Counts that were worked back from rounded percentages are nobody's. */
export const isCounted = (r: IndicatorRow): r is Counted =>
  r.value !== null &&
  r.denominator !== null &&
  r.denominator > 0 &&
  r.apart === null &&
  r.limits?.method !== 'wilson-rounded'

/** Whether it is a weighted share: its base is what the answers are worth, not how many there are. */
export const isWeighted = ({ limits }: Pick<IndicatorRow, 'limits'>): boolean =>
  limits?.method === 'published-weighted'

/** Fewer figures are no funnel. */
const fewest = 2

/** Whether a funnel plot can be drawn of some rows: shares or rates with counts, and a whole that is neither nobody nor everybody. */
export function hasFunnel(
  { kind, labels, scale }: Indicator,
  { summary, rows }: Pick<IndicatorPage, 'summary' | 'rows'>,
): boolean {
  const whole = summary.whole?.value ?? 0
  const between = kind === 'proportion' ? whole > 0 && whole < scale : kind === 'rate' && whole > 0
  return between && !labels && rows.filter(isCounted).length >= fewest
}
