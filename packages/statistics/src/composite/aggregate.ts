import { checkColumn, quantileOfSorted, sum } from '../columns.ts'
import { StatisticsError } from '../errors.ts'
import { knownOf, momentsOf } from './normalise.ts'

/** What becomes of a unit that lacks an indicator: see compositeScores. */
export type MissingPolicy = 'available' | 'none' | 'mean' | 'median' | 'worst'

/** Options of compositeScores. */
export interface CompositeOptions {
  /**
   * `arithmetic` (the default): a poor result can be made up for by a good one. `geometric`: less so
   * (the Human Development Index since 2010); every value must be above 0.
   */
  readonly mean?: 'arithmetic' | 'geometric'
  readonly missing?: MissingPolicy
  /** The least share of the weight that a unit must have of its own, 0 to 1; default 0 (more than none). */
  readonly atLeast?: number
}

/**
 * Composite scores: the weighted mean of indicators that share a scale on which higher is better.
 *
 * Missing values (NaN):
 * - `available` (the default, as R's COINr): the mean of those that the unit has, weights scaled up.
 * - `none`: no score, NaN.
 * - `mean`, `median`, `worst`: filled with that of the other units.
 *
 * A unit with none of its own, or less than `atLeast`, has no score: NaN.
 *
 * @param indicators a column each, of the same length. @param weights of each indicator, from 0 up.
 * @throws StatisticsError naming the argument.
 * @example compositeScores([Float64Array.of(0.2, 1), Float64Array.of(0.6, Number.NaN)],
 *   Float64Array.of(3, 1)) // [0.3, 1]
 */
export function compositeScores(
  indicators: readonly Float64Array[],
  weights: Float64Array,
  { mean = 'arithmetic', missing = 'available', atLeast = 0 }: CompositeOptions = {},
): Float64Array {
  checkIndicators(indicators, weights, mean)
  if (!(atLeast >= 0 && atLeast <= 1)) {
    throw new StatisticsError('atLeast', `${atLeast} is not within 0 to 1`)
  }
  const n = (indicators[0] as Float64Array).length
  const whole = sum(weights)
  const scores = new Float64Array(n)
  const own = new Float64Array(n)
  const used = new Float64Array(n)
  indicators.forEach((column, j) => {
    const weight = weights[j] as number
    if (weight === 0) return
    const fill = fillOf(column, missing)
    for (let i = 0; i < n; i++) {
      const value = column[i] as number
      const absent = Number.isNaN(value)
      if (!absent) own[i] = (own[i] as number) + weight
      const taken = absent ? fill : value
      if (Number.isNaN(taken)) continue
      used[i] = (used[i] as number) + weight
      scores[i] = (scores[i] as number) + weight * (mean === 'geometric' ? Math.log(taken) : taken)
    }
  })
  for (let i = 0; i < n; i++) {
    const share = (own[i] as number) / whole
    const complete = missing !== 'none' || own[i] === whole || share > 1 - 1e-12
    const enough = (own[i] as number) > 0 && share >= atLeast - 1e-12 && complete
    const average = (scores[i] as number) / (used[i] as number)
    scores[i] = enough ? (mean === 'geometric' ? Math.exp(average) : average) : Number.NaN
  }
  return scores
}

/** Throws StatisticsError unless indicators and weights can be put together. */
export function checkIndicators(
  indicators: readonly Float64Array[],
  weights: Float64Array,
  mean: 'arithmetic' | 'geometric' = 'arithmetic',
): void {
  if (indicators.length === 0) throw new StatisticsError('indicators', 'there are none')
  checkColumn('weights', weights, 'from-0', indicators.length)
  if (sum(weights) === 0) throw new StatisticsError('weights', 'all are 0')
  const n = (indicators[0] as Float64Array).length
  for (const [j, column] of indicators.entries()) {
    if (column.length !== n) throw new StatisticsError('indicators', `${j} is of another length`)
    const wrong = column.findIndex(
      (x) =>
        x === Number.POSITIVE_INFINITY ||
        x === Number.NEGATIVE_INFINITY ||
        (mean === 'geometric' && x <= 0),
    )
    if (wrong < 0) continue
    throw new StatisticsError(
      'indicators',
      `${j}, unit ${wrong}, is ${column[wrong]}, of which there is no ${mean} mean`,
    )
  }
}

/** What stands for a missing value; NaN for nothing. */
function fillOf(column: Float64Array, missing: MissingPolicy): number {
  if (missing === 'available' || missing === 'none' || column.every(Number.isNaN)) return Number.NaN
  const known = knownOf(column)
  if (missing === 'mean') return momentsOf(known).mean
  known.sort()
  return missing === 'worst' ? (known[0] as number) : quantileOfSorted(known, 0.5)
}

/**
 * The standard error of each arithmetic composite score whose indicators have independent errors:
 * the root of the sum of (weight x error)² over the sum of weights. An error of NaN (no value) is left
 * out with its weight, as `available` does.
 *
 * @throws StatisticsError naming the argument.
 * @example compositeErrors([Float64Array.of(3), Float64Array.of(4)], Float64Array.of(1, 1)) // [2.5]
 */
export function compositeErrors(
  standardErrors: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  checkIndicators(standardErrors, weights)
  const n = (standardErrors[0] as Float64Array).length
  const squares = new Float64Array(n)
  const used = new Float64Array(n)
  standardErrors.forEach((column, j) => {
    const weight = weights[j] as number
    for (let i = 0; i < n; i++) {
      const error = column[i] as number
      if (error < 0) throw new StatisticsError('standardErrors', `${j}, unit ${i}, is ${error}`)
      if (Number.isNaN(error)) continue
      squares[i] = (squares[i] as number) + (weight * error) ** 2
      used[i] = (used[i] as number) + weight
    }
  })
  return squares.map((square, i) =>
    used[i] === 0 ? Number.NaN : Math.sqrt(square) / (used[i] as number),
  )
}
