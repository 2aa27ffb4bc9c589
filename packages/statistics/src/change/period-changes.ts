import { criticalValue, normalCdf } from '../distributions.ts'
import { checkConfidence, checkLength } from '../errors.ts'
import type { Estimates } from '../interval.ts'

/** Values of many units in one period with their standard errors, a column each. */
export interface PeriodValues {
  readonly values: Float64Array
  readonly standardErrors: Float64Array
}

/** Changes with limits and two-sided p values against no change; NaN where a unit has no answer. */
export interface PeriodChanges extends Estimates {
  readonly pValue: Float64Array
}

/**
 * How much each of many units changed from one period to another, `after - before`, where the periods'
 * figures are independent: normal limits and p values. Of many p values some are small by chance: pass
 * them to adjustPValues. Where the same people were asked twice, take pairedChange.
 *
 * @throws StatisticsError where columns differ in length.
 * @example periodChanges({ values: Float64Array.of(10), standardErrors: Float64Array.of(3) },
 *   { values: Float64Array.of(20), standardErrors: Float64Array.of(4) }).pValue[0] // 0.0455…
 */
export function periodChanges(
  before: PeriodValues,
  after: PeriodValues,
  { confidence = 0.95 }: { confidence?: number } = {},
): PeriodChanges {
  checkConfidence(confidence)
  const n = before.values.length
  checkLength('before.standardErrors', before.standardErrors, n)
  checkLength('after.values', after.values, n)
  checkLength('after.standardErrors', after.standardErrors, n)
  const z = criticalValue(confidence)
  const value = new Float64Array(n)
  const lower = new Float64Array(n)
  const upper = new Float64Array(n)
  const pValue = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const change = (after.values[i] as number) - (before.values[i] as number)
    const first = before.standardErrors[i] as number
    const second = after.standardErrors[i] as number
    const error =
      first >= 0 && second >= 0 ? Math.sqrt(first * first + second * second) : Number.NaN
    value[i] = change
    lower[i] = change - z * error
    upper[i] = change + z * error
    const score = change === 0 ? 0 * error : Math.abs(change) / error
    pValue[i] = Number.isNaN(score) ? Number.NaN : 2 * normalCdf(-score)
  }
  return { value, lower, upper, pValue }
}
