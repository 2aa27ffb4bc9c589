import { checkColumn, checkNotEmpty, sum } from '../columns.ts'
import { designOf, type Family, irls, type RegressionFit } from './irls.ts'

/** What poissonRegression fits, a row for each person, group or cell. */
export interface PoissonData {
  /** Counts of events, from 0 up. */
  readonly counts: Float64Array
  /** Person-years, or expected events, above 0; default 1. Its logarithm is the offset. */
  readonly exposures?: Float64Array
  /** A column for each predictor. */
  readonly predictors: readonly Float64Array[]
}

/**
 * Poisson regression by iteratively reweighted least squares: what R's glm does with family = poisson and
 * offset(log(exposure)). `fitted` are mean numbers of events.
 *
 *     log(mean / exposure) = intercept + sum of coefficient x predictor
 *
 * @throws StatisticsError naming `counts`, `exposures` or `predictors`.
 * @example poissonRegression({ counts: Float64Array.of(2, 4, 8),
 *   predictors: [Float64Array.of(0, 1, 2)] }).coefficients // [0.6931…, 0.6931…]
 */
export function poissonRegression(
  { counts, exposures, predictors }: PoissonData,
  { intercept = true }: { intercept?: boolean } = {},
): RegressionFit {
  const rows = counts.length
  checkNotEmpty('counts', counts)
  checkColumn('counts', counts, 'from-0')
  if (exposures) checkColumn('exposures', exposures, 'above-0', rows)
  const columns = designOf(predictors, rows, intercept)
  const family = poisson(counts)
  const exposure = exposures ? sum(exposures) : rows
  const rate = sum(counts) / exposure
  const offset = exposures?.map(Math.log)
  const start = new Float64Array(columns.length)
  if (intercept) start[0] = Math.log(Math.max(rate, 0.5 / exposure))
  const alone = (offset ?? new Float64Array(rows)).map((o) => o + (intercept ? Math.log(rate) : 0))
  const scratch = new Float64Array(rows)
  return irls(family, {
    columns,
    outcomes: counts,
    offset,
    start,
    nullDeviance: rate === 0 && intercept ? 0 : family.evaluate(alone, scratch, scratch),
  })
}

function poisson(counts: Float64Array): Family {
  return {
    evaluate(linear, means, weights) {
      let deviance = 0
      for (let i = 0; i < linear.length; i++) {
        const mean = Math.exp(linear[i] as number)
        const y = counts[i] as number
        means[i] = mean
        weights[i] = mean
        deviance += (y > 0 ? y * Math.log(y / mean) : 0) - (y - mean)
      }
      return 2 * deviance
    },
  }
}
