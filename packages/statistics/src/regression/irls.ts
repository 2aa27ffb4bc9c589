import { StatisticsError } from '../errors.ts'
import { cholesky, inverse, solve } from './cholesky.ts'
import { normalEquations } from './normal-equations.ts'

/** A fitted model. */
export interface RegressionFit {
  /** The intercept first, where there is one, then a coefficient for each predictor. */
  readonly coefficients: Float64Array
  readonly standardErrors: Float64Array
  /** Of the coefficients, by rows. */
  readonly covariance: Float64Array
  /** For each row: the probability, or the mean number of events. */
  readonly fitted: Float64Array
  readonly deviance: number
  /** Of the model with the intercept alone. */
  readonly nullDeviance: number
  readonly residualDegrees: number
  readonly iterations: number
  /** Whether deviance and coefficients have come to rest. Where false, don't use the coefficients. */
  readonly converged: boolean
  /**
   * Whether some predictor, or several together, tell outcomes apart without error, so that a
   * coefficient grows without end: the fit no longer improves while coefficients still move.
   */
  readonly separated: boolean
}

/** A family with its canonical link. */
export interface Family {
  /** Fills means and weights from linear predictors and returns the deviance. */
  evaluate(predictors: Float64Array, means: Float64Array, weights: Float64Array): number
}

/** What a fit needs beside its family. */
export interface IrlsInput {
  readonly columns: readonly Float64Array[]
  /** Counts or outcomes, whose means the family fills in. */
  readonly outcomes: Float64Array
  readonly offset: Float64Array | undefined
  readonly start: Float64Array
  readonly nullDeviance: number
}

const maximum = 50
const tolerance = 1e-9

/**
 * Iteratively reweighted least squares with the canonical link, where it is Newton's method (McCullagh
 * and Nelder 1989, section 2.5); a step that makes the deviance worse is halved.
 */
export function irls(family: Family, input: IrlsInput): RegressionFit {
  const { columns, outcomes, offset, start, nullDeviance } = input
  const rows = outcomes.length
  const p = columns.length
  if (rows < p) throw new StatisticsError('predictors', `${p} coefficients need as many rows`)
  const design = normalEquations(columns, rows)
  const linear = new Float64Array(rows)
  const means = new Float64Array(rows)
  const weights = new Float64Array(rows)
  const residuals = new Float64Array(rows)
  const evaluate = (coefficients: Float64Array): number => {
    design.predict(coefficients, linear)
    if (offset)
      for (let i = 0; i < rows; i++) linear[i] = (linear[i] as number) + (offset[i] as number)
    return family.evaluate(linear, means, weights)
  }

  let coefficients = start
  let deviance = evaluate(coefficients)
  let factor = factorOf(design.information(weights), p, 0)
  let moved = Number.POSITIVE_INFINITY
  let improved = Number.POSITIVE_INFINITY
  let iterations = 0
  const previous = new Float64Array(rows)
  while (
    iterations < maximum &&
    factor &&
    (improved > tolerance || (moved > 1e-6 && moved < 0.05))
  ) {
    iterations++
    for (let i = 0; i < rows; i++) residuals[i] = (outcomes[i] as number) - (means[i] as number)
    const step = solve(factor, design.score(residuals))
    previous.set(linear)
    let next = coefficients.map((b, j) => b + (step[j] as number))
    let found = evaluate(next)
    for (let half = 0; half < 30 && !(found <= deviance + tolerance * (deviance + 0.1)); half++) {
      next = next.map((b, j) => (b + (coefficients[j] as number)) / 2)
      found = evaluate(next)
    }
    moved = 0
    for (let i = 0; i < rows; i++) {
      moved = Math.max(moved, Math.abs((linear[i] as number) - (previous[i] as number)))
    }
    improved = Math.abs(deviance - found) / (Math.abs(found) + 0.1)
    coefficients = next
    deviance = found
    factor = factorOf(design.information(weights), p, iterations)
  }
  const rest = improved <= tolerance
  const separated = !factor || (rest && moved >= 0.05)
  const covariance = factor
    ? inverse(factor, p)
    : new Float64Array(p * p).fill(Number.POSITIVE_INFINITY)
  return {
    coefficients,
    standardErrors: coefficients.map((_, j) => Math.sqrt(covariance[j * p + j] as number)),
    covariance,
    fitted: means,
    deviance,
    nullDeviance,
    residualDegrees: rows - p,
    iterations,
    converged: rest && !separated,
    separated,
  }
}

/** At the start a dependent column is the caller's error; later it is separation's vanishing weights. */
function factorOf(matrix: Float64Array, p: number, iteration: number): Float64Array | undefined {
  const found = cholesky(matrix, p)
  if ('lower' in found) return found.lower
  if (iteration > 0) return undefined
  throw new StatisticsError(
    'predictors',
    `column ${found.dependent} of the design is a sum of others`,
  )
}

/** The columns of a design, with one of ones first where there is an intercept. */
export function designOf(
  predictors: readonly Float64Array[],
  rows: number,
  intercept: boolean,
): Float64Array[] {
  for (const [at, column] of predictors.entries()) {
    if (column.length !== rows) {
      throw new StatisticsError('predictors', `column ${at} has ${column.length} rows, not ${rows}`)
    }
    const wrong = column.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0) {
      throw new StatisticsError('predictors', `column ${at}, row ${wrong} is ${column[wrong]}`)
    }
  }
  const columns = intercept ? [new Float64Array(rows).fill(1), ...predictors] : [...predictors]
  if (columns.length === 0) throw new StatisticsError('predictors', 'there is nothing to fit')
  return columns
}
