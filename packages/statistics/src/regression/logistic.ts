import { checkColumn, checkNotEmpty, sum } from '../columns.ts'
import { StatisticsError } from '../errors.ts'
import { designOf, type Family, irls, type RegressionFit } from './irls.ts'

/** What logisticRegression fits, a row for each person or group of people. */
export interface LogisticData {
  /** 0 or 1; or, with `trials`, how many of them; may be a fraction. */
  readonly outcomes: Float64Array
  /** How many each row stands for, above 0; default 1. */
  readonly trials?: Float64Array
  /** A column for each predictor; a category of k kinds takes k - 1 columns of 0 and 1. */
  readonly predictors: readonly Float64Array[]
  /** Added to each row's log odds as it is. */
  readonly offset?: Float64Array
}

/**
 * Logistic regression by iteratively reweighted least squares: what R's glm does with family = binomial.
 * The result tells whether the fit came to rest and whether outcomes are separated.
 *
 *     log(p / (1 - p)) = intercept + sum of coefficient x predictor
 *
 * @throws StatisticsError naming `outcomes`, `trials`, `offset`, or `predictors` (a column that is not
 *   finite, or that is a sum of others).
 * @example logisticRegression({ outcomes: Float64Array.of(0, 0, 1, 1, 0, 1),
 *   predictors: [Float64Array.of(1, 2, 3, 4, 5, 6)] }).coefficients // [-2.3577…, 0.6736…]
 */
export function logisticRegression(
  { outcomes, trials, predictors, offset }: LogisticData,
  { intercept = true }: { intercept?: boolean } = {},
): RegressionFit {
  const rows = outcomes.length
  checkNotEmpty('outcomes', outcomes)
  checkColumn('outcomes', outcomes, 'from-0')
  if (trials) checkColumn('trials', trials, 'above-0', rows)
  if (offset) checkColumn('offset', offset, 'finite', rows)
  const over = outcomes.findIndex((y, i) => y > (trials?.[i] ?? 1))
  if (over >= 0) {
    throw new StatisticsError(
      'outcomes',
      `number ${over}, ${outcomes[over]}, is more than its trials`,
    )
  }
  const columns = designOf(predictors, rows, intercept)
  const family = binomial(outcomes, trials)
  const total = trials ? sum(trials) : rows
  const mean = Math.min(1 - 0.5 / total, Math.max(0.5 / total, sum(outcomes) / total))
  const start = new Float64Array(columns.length)
  if (intercept && !offset) start[0] = Math.log(mean / (1 - mean))
  return irls(family, {
    columns,
    outcomes,
    offset,
    start,
    nullDeviance: nullDevianceOf(family, outcomes, { trials, offset, intercept }),
  })
}

function binomial(outcomes: Float64Array, trials: Float64Array | undefined): Family {
  return {
    evaluate(linear, means, weights) {
      let deviance = 0
      for (let i = 0; i < linear.length; i++) {
        const m = trials ? (trials[i] as number) : 1
        const y = outcomes[i] as number
        const p = 1 / (1 + Math.exp(-(linear[i] as number)))
        means[i] = m * p
        // Where p is 1 to the last digit, 1 - p still has its own.
        const q = 1 / (1 + Math.exp(linear[i] as number))
        weights[i] = m * p * q
        if (y > 0) deviance += y * Math.log(y / (m * p))
        if (y < m) deviance += (m - y) * Math.log((m - y) / (m * q))
      }
      return 2 * deviance
    },
  }
}

function nullDevianceOf(
  family: Family,
  outcomes: Float64Array,
  {
    trials,
    offset,
    intercept,
  }: { trials: Float64Array | undefined; offset: Float64Array | undefined; intercept: boolean },
): number {
  const rows = outcomes.length
  if (intercept && offset) {
    const columns = [new Float64Array(rows).fill(1)]
    return irls(family, { columns, outcomes, offset, start: new Float64Array(1), nullDeviance: 0 })
      .deviance
  }
  const mean = sum(outcomes) / (trials ? sum(trials) : rows)
  if (intercept && (mean === 0 || mean === 1)) return 0
  const linear = offset ?? new Float64Array(rows).fill(intercept ? Math.log(mean / (1 - mean)) : 0)
  return family.evaluate(linear, new Float64Array(rows), new Float64Array(rows))
}
