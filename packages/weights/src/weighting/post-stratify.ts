import { sumsOf } from '../categories.ts'
import { checkWeights } from '../columns.ts'
import { isRefused, type Refusal } from '../refusal.ts'
import { checkMargins, type Margin } from './margin.ts'
import { factorsOf, type Weighting } from './weighting.ts'

/**
 * Post-stratification, or cell weighting: weights are multiplied within each category so that they sum to its
 * total (Holt and Smith 1979). For several variables cross them (`crossed`), or use {@link rake}.
 * @param weights what each row stands for before, such as 1 / its chance to be drawn; 0 leaves a row out.
 * @example postStratify(Float64Array.of(1, 1, 1), { variable: 'sex', categories: categoriesOf(['w', 'w', 'm']),
 *   totals: { w: 50, m: 50 } }).weights // [25, 25, 50]
 */
export function postStratify(weights: Float64Array, margin: Margin): Weighting | Refusal {
  const fault = checkWeights(weights)
  if (fault) return fault
  const checked = checkMargins(weights, [margin])
  if (isRefused(checked)) return checked
  const totals = checked[0] as Float64Array
  const sums = sumsOf(margin.categories, weights)
  const after = weights.map((weight, i) => {
    const code = margin.categories.codes[i] as number
    return weight === 0 ? 0 : (weight * (totals[code] as number)) / (sums[code] as number)
  })
  return { kind: 'weights', weights: after, factors: factorsOf(after, weights), notes: [] }
}
