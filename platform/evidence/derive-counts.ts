import type { NumberCell } from './cells.ts'
import type { OtherCell } from './columns.ts'
import type { Indicator } from './indicator.ts'
import type { FigurePlan } from './plan.ts'

/** A worked-out count this close to a whole number is that number (the source kept its digits). */
const near = 0.01

/**
 * Fills in what the source leaves out, as its descriptor says. Changes `cell` and adds to `others`.
 * A count worked back from a rounded percentage stays a fraction: the interval then takes the
 * widest limits that fit (see comparison/limits.ts).
 */
export function deriveCounts(
  plan: FigurePlan,
  indicator: Indicator | undefined,
  cell: NumberCell,
  others: OtherCell[],
): void {
  if (!plan.clause.derive || cell.status !== 'value') return
  const scale = indicator?.scale ?? 1
  const n = others.find((o) => o.column === 'denominator')?.cell.value ?? Number.NaN
  if (plan.clause.derive === 'ratio') {
    const numerator = cell.value
    others.push({ column: 'numerator', cell: { value: numerator } })
    if (n > 0) cell.value = (scale * numerator) / n
    else {
      cell.value = Number.NaN
      cell.status = 'not-applicable'
    }
    return
  }
  const count = (cell.value * n) / scale
  if (Number.isNaN(count)) return
  const whole = Math.round(count)
  const value = Math.abs(count - whole) < near ? whole : count
  others.push({ column: 'numerator', cell: { value } })
}
