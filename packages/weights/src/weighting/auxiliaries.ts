import { checkFinite, checkLength, firstRefusal, shown } from '../columns.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { checkMargins, type Margin } from './margin.ts'

/** What is known of a quantity: its total in the population. A column of 1 has the population's size as its total. */
export interface Quantity {
  readonly variable: string
  readonly values: Float64Array
  readonly total: number
}

/** What a sample can be calibrated to. */
export type Auxiliary = Margin | Quantity

/** One equation: the weighted sum of a column is to be the total. */
export interface Equation {
  readonly variable: string
  readonly category?: string
  readonly column: Float64Array
  readonly total: number
  /** What a gap is measured by: the total, or for quantities that cancel out the size of what is summed. */
  readonly scale: number
}

/** The equations of auxiliaries that were checked: one for each quantity and each category. */
export function equationsOf(
  weights: Float64Array,
  auxiliaries: readonly Auxiliary[],
): Equation[] | Refusal {
  const margins = auxiliaries.filter((auxiliary) => 'categories' in auxiliary)
  const quantities = auxiliaries.filter((auxiliary) => 'values' in auxiliary)
  if (auxiliaries.length === 0) {
    return refuse(
      'invalid-target',
      'There is nothing to calibrate to. Name a variable with totals.',
    )
  }
  const targets = checkMargins(weights, margins)
  if (isRefused(targets)) return targets
  for (const { variable, values, total } of quantities) {
    const fault = firstRefusal([
      checkLength(variable, values, weights.length),
      checkFinite(variable, values),
    ])
    if (fault) return fault
    if (!Number.isFinite(total)) {
      return refuse('invalid-target', `The total of ${variable} is ${shown(total)}.`, { variable })
    }
  }
  return [
    ...margins.flatMap((margin, m) => categoryEquations(margin, targets[m] as Float64Array)),
    ...quantities.map(({ variable, values, total }) => {
      const size = values.reduce(
        (sum, value, i) => sum + Math.abs(value) * (weights[i] as number),
        0,
      )
      return { variable, column: values, total, scale: Math.max(Math.abs(total), size) || 1 }
    }),
  ]
}

function categoryEquations({ variable, categories }: Margin, totals: Float64Array): Equation[] {
  const { names, codes } = categories
  return names.flatMap((category, code) => {
    const total = totals[code] as number
    if (total === 0) return []
    const column = new Float64Array(codes.length)
    for (let i = 0; i < codes.length; i++) column[i] = codes[i] === code ? 1 : 0
    return [{ variable, category, column, total, scale: total }]
  })
}
