import { type Categories, checkCategories, sumsOf } from '../categories.ts'
import { checkLength, firstRefusal, sum } from '../columns.ts'
import type { SampleDesign } from '../estimates/design.ts'
import { type Replicates, replicateVariance } from '../estimates/replicates.ts'
import { cholesky, crossProducts, dot, solve } from '../linear.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** How evenly a sample answered; see {@link representativeness}. */
export interface Representativeness {
  readonly kind: 'representativeness'
  /** 1 where all groups answer alike, down to 0; corrected for chance. */
  readonly indicator: number
  /** The same before the correction. */
  readonly uncorrected: number
  /** From the replicates; NaN without. */
  readonly standardError: number
  /** The weighted response rate. */
  readonly rate: number
  /** How far each variable's categories lie apart: the standard deviation of their rates, highest first. */
  readonly variables: readonly { readonly variable: string; readonly between: number }[]
}

/** A variable that is known of everybody who was drawn, whether they answered or not. */
export interface FrameVariable {
  readonly variable: string
  readonly categories: Categories
}

/**
 * The R-indicator, 1 - 2 S, where S is the standard deviation of the chances to answer (Schouten, Cobben and Bethlehem
 * 2009), estimated by weighted linear regression on the categories of all variables. The part of S² that chance alone
 * would bring, (columns - 1) x residual variance / rows, is taken out.
 * @param design of everybody who was drawn, with their design weights.
 * @param answered 1 for those who answered, else 0.
 * @param replicates of the same design, for a standard error.
 * @example representativeness(sampleDesign({ weights: new Float64Array(8).fill(1) }), Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0),
 *   [{ variable: 'age', categories: categoriesOf(['a', 'a', 'b', 'b', 'a', 'a', 'b', 'b']) }]).indicator // 1
 */
export function representativeness(
  design: SampleDesign,
  answered: Float64Array,
  variables: readonly FrameVariable[],
  { replicates }: { replicates?: Replicates } = {},
): Representativeness | Refusal {
  const { weights } = design
  const fault = firstRefusal([
    checkLength('answered', answered, weights.length),
    ...variables.map(({ variable, categories }) =>
      checkCategories(variable, categories, weights.length),
    ),
  ])
  if (fault) return fault
  if (variables.length === 0) {
    return refuse('invalid-target', 'Name at least one variable that is known of everybody.')
  }
  if (answered.some((one) => one !== 0 && one !== 1)) {
    return refuse('invalid-number', 'Give 1 for those who answered and 0 for the others.')
  }
  const columns = indicatorColumns(variables)
  const indicatorUnder = (again: Float64Array): number =>
    1 - 2 * spreadOfChances(columns, answered, again).corrected
  const spread = spreadOfChances(columns, answered, weights)
  const indicator = 1 - 2 * spread.corrected
  return {
    kind: 'representativeness',
    indicator,
    uncorrected: 1 - 2 * spread.seen,
    standardError: replicates
      ? Math.sqrt(replicateVariance(replicates, indicator, indicatorUnder).variance)
      : Number.NaN,
    rate: dot(weights, answered) / sum(weights),
    variables: variables
      .map(({ variable, categories }) => ({
        variable,
        between: between(categories, answered, weights),
      }))
      .sort((a, b) => b.between - a.between),
  }
}

const indicatorColumns = (variables: readonly FrameVariable[]): Float64Array[] =>
  variables.flatMap(({ categories: { names, codes } }) =>
    names.map((_, code) => Float64Array.from(codes, (one) => (one === code ? 1 : 0))),
  )

function spreadOfChances(
  columns: readonly Float64Array[],
  answered: Float64Array,
  weights: Float64Array,
): { readonly seen: number; readonly corrected: number } {
  const lower = cholesky(crossProducts(columns, weights), columns.length)
  const weighted = answered.map((one, i) => one * (weights[i] as number))
  const slopes = solve(
    lower,
    Float64Array.from(columns, (column) => dot(column, weighted)),
  )
  const rank = columns.filter((_, j) => (lower[j * columns.length + j] as number) > 0).length
  const rows = weights.filter((weight) => weight > 0).length
  const total = sum(weights)
  const rate = sum(weighted) / total
  let [squares, residual] = [0, 0]
  for (const [i, weight] of weights.entries()) {
    let chance = 0
    for (const [j, column] of columns.entries()) {
      chance += (slopes[j] as number) * (column[i] as number)
    }
    squares += (weight * (chance - rate) ** 2) / total
    residual += (weight * ((answered[i] as number) - chance) ** 2) / total
  }
  const byChance = rows > rank ? ((rank - 1) * residual) / (rows - rank) : 0
  return { seen: Math.sqrt(squares), corrected: Math.sqrt(Math.max(0, squares - byChance)) }
}

function between(categories: Categories, answered: Float64Array, weights: Float64Array): number {
  const sums = sumsOf(categories, weights)
  const counts = sumsOf(
    categories,
    weights.map((weight, i) => weight * (answered[i] as number)),
  )
  const total = sum(weights)
  const rate = sum(counts) / total
  const squares = sums.reduce((square, all, code) => {
    if (all === 0) return square
    return square + (all / total) * ((counts[code] as number) / all - rate) ** 2
  }, 0)
  return Math.sqrt(squares)
}
