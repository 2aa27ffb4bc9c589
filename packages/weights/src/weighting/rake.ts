import { sumsOf } from '../categories.ts'
import { checkWeights, shown } from '../columns.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { checkMargins, type Margin } from './margin.ts'
import { factorsOf, type IteratedWeighting } from './weighting.ts'

/** When {@link rake} stops. */
export interface RakeOptions {
  /** How many rounds at most, default 1,000. */
  readonly rounds?: number
  /** The largest gap between a sum of weights and its total, as a share of the total; default 1e-9. */
  readonly tolerance?: number
}

/**
 * Raking, or iterative proportional fitting (Deming and Stephan 1940): weights are multiplied within the categories
 * of one variable after another, round after round, until they sum to the totals of all. It ends with all totals
 * met, or is refused with the category that is furthest off.
 * @param weights as for {@link postStratify}.
 * @example rake(Float64Array.of(1, 1, 1, 1), [
 *   { variable: 'sex', categories: categoriesOf(['w', 'w', 'm', 'm']), totals: { w: 60, m: 40 } },
 *   { variable: 'age', categories: categoriesOf(['old', 'young', 'old', 'young']), totals: { old: 30, young: 70 } },
 * ]).weights // [18, 42, 12, 28]
 */
export function rake(
  weights: Float64Array,
  margins: readonly Margin[],
  { rounds = 1000, tolerance = 1e-9 }: RakeOptions = {},
): IteratedWeighting | Refusal {
  const fault = checkWeights(weights)
  if (fault) return fault
  const targets = checkMargins(weights, margins)
  if (isRefused(targets)) return targets
  const after = weights.slice()
  let gap = largestGap(after, margins, targets)
  let iterations = 0
  while (gap.size > tolerance && iterations < rounds) {
    for (const [m, margin] of margins.entries()) fit(after, margin, targets[m] as Float64Array)
    gap = largestGap(after, margins, targets)
    iterations += 1
  }
  if (!(gap.size <= tolerance)) return notMet(gap, margins, iterations)
  return {
    kind: 'weights',
    weights: after,
    factors: factorsOf(after, weights),
    iterations,
    notes: [],
  }
}

/** Multiplies the weights within each category to its total; changes them. */
function fit(weights: Float64Array, { categories }: Margin, totals: Float64Array): void {
  const sums = sumsOf(categories, weights)
  const factors = totals.map((total, code) => (total === 0 ? 1 : total / (sums[code] as number)))
  for (let i = 0; i < weights.length; i++) {
    const factor = factors[categories.codes[i] as number] as number
    weights[i] = (weights[i] as number) * factor
  }
}

interface Gap {
  readonly size: number
  readonly margin: number
  readonly code: number
  readonly sum: number
  readonly total: number
}

function largestGap(
  weights: Float64Array,
  margins: readonly Margin[],
  targets: readonly Float64Array[],
): Gap {
  let worst: Gap = { size: 0, margin: 0, code: 0, sum: 0, total: 0 }
  for (const [m, { categories }] of margins.entries()) {
    const sums = sumsOf(categories, weights)
    for (const [code, total] of (targets[m] as Float64Array).entries()) {
      if (total === 0) continue
      const sum = sums[code] as number
      const size = Math.abs(sum - total) / total
      // Not `size > worst.size`: a gap that is no number must not pass as none.
      if (!(size <= worst.size)) worst = { size, margin: m, code, sum, total }
    }
  }
  return worst
}

function notMet(gap: Gap, margins: readonly Margin[], rounds: number): Refusal {
  const { variable, categories } = margins[gap.margin] as Margin
  const category = categories.names[gap.code] as string
  return refuse(
    'no-convergence',
    `After ${rounds} rounds the weights of ${category} in ${variable} sum to ${shown(gap.sum)} where ${shown(gap.total)} are wanted. Some combination of categories has no answers: merge ${category} with a like category, or rake to fewer variables.`,
    { variable, category },
  )
}
