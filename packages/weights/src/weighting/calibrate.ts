import { checkWeights, shown } from '../columns.ts'
import { cholesky, crossProducts, dot, solve } from '../linear.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { type Auxiliary, type Equation, equationsOf } from './auxiliaries.ts'
import { type CalibrationMethod, type Distance, distanceOf } from './distance.ts'
import { factorsOf, type IteratedWeighting } from './weighting.ts'

/** How {@link calibrate} works. */
export interface CalibrateOptions {
  /**
   * `linear` (the generalised regression estimator; weights can fall below 0), `raking` (never below 0, no upper
   * bound) or logit with bounds on the factors, `lower` < 1 < `upper`. Default linear.
   */
  readonly method?: CalibrationMethod
  /** Whether linear calibration may give weights below 0, with which estimates are refused here; default false. */
  readonly negative?: boolean
  /** How many steps at most, default 100. */
  readonly steps?: number
  /** The largest gap between a sum and its total, as a share of the total; default 1e-9. */
  readonly tolerance?: number
}

/**
 * Calibration (Deville and Särndal 1992): weights as close as may be to those given, by the distance of the method,
 * whose sums meet all totals, of categories and of quantities. Solved by Newton's method with halved steps.
 * @param weights as for {@link postStratify}.
 * @example calibrate(Float64Array.of(10, 10, 10), [
 *   { variable: 'people', values: Float64Array.of(1, 1, 1), total: 36 },
 *   { variable: 'visits', values: Float64Array.of(1, 2, 3), total: 76 },
 * ]).weights // [10, 12, 14]
 */
export function calibrate(
  weights: Float64Array,
  auxiliaries: readonly Auxiliary[],
  options: CalibrateOptions = {},
): IteratedWeighting | Refusal {
  const { method = 'linear', negative = false, steps = 100, tolerance = 1e-9 } = options
  const fault = checkWeights(weights) ?? checkBounds(method)
  if (fault) return fault
  const equations = equationsOf(weights, auxiliaries)
  if (isRefused(equations)) return equations
  const reach = checkReach(weights, equations, method)
  if (reach) return reach
  const problem = { weights, equations, distance: distanceOf(method) }
  const { after, gaps, iterations } = newton(problem, steps, tolerance)
  if (!(largest(gaps) <= tolerance)) return notMet(problem, after, gaps, iterations)
  const below = after.filter((weight) => weight < 0).length
  if (below > 0 && !negative) {
    return refuse(
      'negative-weights',
      `${below} of ${weights.length} weights would fall below 0. Calibrate by raking or by logit with bounds, or to fewer categories.`,
    )
  }
  const notes = below > 0 ? [`${below} of ${weights.length} weights are below 0.`] : []
  const factors = factorsOf(after, weights)
  return { kind: 'weights', weights: after, factors, iterations, notes }
}

interface Problem {
  readonly weights: Float64Array
  readonly equations: readonly Equation[]
  readonly distance: Distance
}

interface State {
  readonly after: Float64Array
  /** The gap of each equation, as a share of its total. */
  readonly gaps: Float64Array
  readonly iterations: number
}

function newton(problem: Problem, steps: number, tolerance: number): State {
  const { weights, equations, distance } = problem
  const columns = equations.map(({ column }) => column)
  let lambda: Float64Array = new Float64Array(columns.length)
  let predictor: Float64Array = new Float64Array(weights.length)
  let state = stateAt(problem, predictor, 0)
  let iterations = 0
  while (!(largest(state.gaps) <= tolerance) && iterations < steps) {
    iterations += 1
    const slopes = weights.map((weight, i) => weight * distance.slope(predictor[i] as number))
    const lower = cholesky(crossProducts(columns, slopes), columns.length)
    const missing = Float64Array.from(
      equations,
      ({ column, total }) => total - dot(column, state.after),
    )
    const step = solve(lower, missing)
    let share = 1
    let next = state
    while (share > 1e-6) {
      const tried = lambda.map((value, j) => value + share * (step[j] as number))
      const predicted = predictorOf(columns, tried, weights.length)
      next = stateAt(problem, predicted, iterations)
      if (distanceOfGaps(next.gaps) < distanceOfGaps(state.gaps)) {
        lambda = tried
        predictor = predicted
        break
      }
      share /= 2
    }
    if (share <= 1e-6) return { ...state, iterations }
    state = next
  }
  return state
}

function stateAt(
  { weights, equations, distance }: Problem,
  u: Float64Array,
  iterations: number,
): State {
  const after = weights.map((weight, i) =>
    weight === 0 ? 0 : weight * distance.factor(u[i] as number),
  )
  const gaps = Float64Array.from(equations, ({ column, total, scale }) => {
    return Math.abs(dot(column, after) - total) / scale
  })
  return { after, gaps, iterations }
}

function predictorOf(
  columns: readonly Float64Array[],
  lambda: Float64Array,
  rows: number,
): Float64Array {
  const u = new Float64Array(rows)
  for (const [j, column] of columns.entries()) {
    const slope = lambda[j] as number
    if (slope === 0) continue
    for (let i = 0; i < rows; i++) u[i] = (u[i] as number) + slope * (column[i] as number)
  }
  return u
}

/** NaN, not 0, where a gap is no number. */
const largest = (gaps: Float64Array): number => gaps.reduce((most, gap) => Math.max(most, gap), 0)

const distanceOfGaps = (gaps: Float64Array): number => Math.sqrt(dot(gaps, gaps))

function checkBounds(method: CalibrationMethod): Refusal | undefined {
  if (typeof method === 'string') return undefined
  const { lower, upper } = method
  if (lower >= 0 && lower < 1 && upper > 1 && upper < Number.POSITIVE_INFINITY) return undefined
  return refuse(
    'invalid-target',
    `The bounds ${lower} and ${upper} leave no room. Give a lower one from 0 to below 1, an upper one above 1.`,
  )
}

/** A refusal that names a category whose total no factors within the bounds could meet. */
function checkReach(
  weights: Float64Array,
  equations: readonly Equation[],
  method: CalibrationMethod,
): Refusal | undefined {
  if (typeof method === 'string') return undefined
  const beyond = equations.find(({ category, column, total }) => {
    const need = total / dot(column, weights)
    return category !== undefined && (need <= method.lower || need >= method.upper)
  })
  if (!beyond) return undefined
  const { variable, category, column, total } = beyond
  return refuse(
    'out-of-reach',
    `${category} in ${variable} needs a factor of ${shown(total / dot(column, weights))}, which the bounds ${method.lower} and ${method.upper} do not allow. Widen them, or merge it with a like category.`,
    whereOf(beyond),
  )
}

function notMet(
  { equations }: Problem,
  after: Float64Array,
  gaps: Float64Array,
  iterations: number,
): Refusal {
  const worst = gaps.reduce((at, gap, j) => (gap > (gaps[at] as number) ? j : at), 0)
  const equation = equations[worst] as Equation
  const { variable, category, column, total } = equation
  const name = category === undefined ? variable : `${category} in ${variable}`
  return refuse(
    'no-convergence',
    `After ${iterations} steps the sum for ${name} is ${shown(dot(column, after))} where ${shown(total)} is wanted. The totals contradict each other or the bounds, or some combination has no answers: mend ${name}, merge it, or widen the bounds.`,
    whereOf(equation),
  )
}

const whereOf = ({ variable, category }: Equation): { variable: string; category?: string } =>
  category === undefined ? { variable } : { variable, category }
