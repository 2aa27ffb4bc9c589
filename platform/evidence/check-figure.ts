import type { NumberCell } from './cells.ts'
import type { Severity } from './checks.ts'
import type { OtherCell } from './columns.ts'
import type { Indicator } from './indicator.ts'
import type { FigurePlan } from './plan.ts'

interface Wrong {
  readonly severity: Severity
  readonly rule: string
  readonly sentence: string
}

const none: readonly Wrong[] = []

/** Does a figure agree with itself: range, limits, counts? Mutates nothing. */
export function checkFigure(
  plan: FigurePlan,
  indicator: Indicator | undefined,
  cell: NumberCell,
  others: readonly OtherCell[],
): readonly Wrong[] {
  if (cell.status !== 'value') return none
  const wrong: Wrong[] = []
  if (indicator?.kind === 'proportion' && (cell.value < 0 || cell.value > indicator.scale)) {
    const sentence = `A ${indicator.unit === '%' ? 'percentage' : 'share'} lies between 0 and ${indicator.scale}.`
    wrong.push({ severity: 'refuse', rule: 'percentage', sentence })
  }
  if (others.length === 0) return wrong.length > 0 ? wrong : none
  const of = (column: OtherCell['column']): number =>
    others.find((o) => o.column === column)?.cell.value ?? Number.NaN
  // Limits and value are rounded apart: half a step of the last place is no contradiction.
  const step = 0.51 * 10 ** -(indicator?.decimals ?? 1) + (plan.clause.roundedTo ?? 0) / 2
  for (const [low, high] of [
    [of('lower95'), of('upper95')],
    [of('lower998'), of('upper998')],
  ] as const) {
    if (low > cell.value + step || high < cell.value - step || low > high) {
      const sentence = 'The limits of this figure do not hold its value.'
      wrong.push({ severity: 'refuse', rule: 'limits', sentence })
    }
  }
  const n = of('denominator')
  const k = of('numerator')
  if (n < 0 || k < 0) {
    wrong.push({ severity: 'refuse', rule: 'counts', sentence: 'A count cannot be below 0.' })
  }
  if (indicator?.kind === 'proportion' && k > n * (1 + 1e-9)) {
    const sentence = 'The part is larger than the whole.'
    wrong.push({ severity: 'refuse', rule: 'counts', sentence })
  }
  // A share that was taken for the whole, most likely.
  if (indicator?.kind === 'proportion' && Number.isFinite(n) && !Number.isInteger(n)) {
    const sentence =
      'The whole that this is a part of is no whole number: look whether its column is the right one.'
    wrong.push({ severity: 'warn', rule: 'whole', sentence })
  }
  return wrong
}
