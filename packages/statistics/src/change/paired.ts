import { checkColumn } from '../columns.ts'
import { betaCdf, chiSquaredCdf, criticalValue } from '../distributions.ts'
import { checkConfidence, checkCount, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { type Effect, effectOf } from './difference-in-differences.ts'

/**
 * The mean change of the same units from one time to another, `after - before`, with Student's paired t
 * interval and p value.
 *
 * @param before of each unit. @param after of each, in the same order; at least 2 units.
 * @throws StatisticsError naming the argument.
 * @example pairedChange(Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 3)).value // 1
 */
export function pairedChange(before: Float64Array, after: Float64Array, confidence = 0.95): Effect {
  checkConfidence(confidence)
  checkColumn('before', before, 'finite')
  checkColumn('after', after, 'finite', before.length)
  const n = before.length
  if (n < 2) throw new StatisticsError('before', 'a change with an interval needs 2 units')
  // Measured from the first change, so that changes all alike have exactly that mean.
  const first = (after[0] as number) - (before[0] as number)
  let beyond = 0
  for (let i = 0; i < n; i++) beyond += (after[i] as number) - (before[i] as number) - first
  const mean = first + beyond / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((after[i] as number) - (before[i] as number) - mean) ** 2
  return effectOf(mean, Math.sqrt(squares / (n - 1) / n), n - 1, confidence)
}

/** A change of a proportion among the same people. */
export interface PairedProportionChange extends Estimate {
  readonly pValue: number
}

/**
 * The change of a proportion among the same people, `(gained - lost) / n`, with McNemar's test (1947)
 * and Agresti and Min's interval (2005), which adds half a person to each of the four cells.
 *
 * - `exact`: the binomial test; the default, right however few changed.
 * - `corrected`: chi-squared with the continuity correction, R's mcnemar.test by default.
 * - `uncorrected`: chi-squared as McNemar gave it.
 *
 * @param gained who were without before and with after. @param lost the other way about.
 * @param n all people, changed or not; above 0.
 * @throws StatisticsError naming the argument.
 * @example pairedProportionChange(86, 150, 1600).value // -0.04
 */
export function pairedProportionChange(
  gained: number,
  lost: number,
  n: number,
  {
    test = 'exact',
    confidence = 0.95,
  }: { test?: 'exact' | 'corrected' | 'uncorrected'; confidence?: number } = {},
): PairedProportionChange {
  checkConfidence(confidence)
  checkCount('gained', gained)
  checkCount('lost', lost)
  checkCount('n', n)
  if (n === 0 || gained + lost > n) {
    throw new StatisticsError('n', `${n} is fewer than the ${gained + lost} who changed, or none`)
  }
  const value = (gained - lost) / n
  const whole = n + 2
  const centre = (gained - lost) / whole
  const spread = Math.sqrt(Math.max(0, gained + lost + 1 - (gained - lost) ** 2 / whole)) / whole
  const width = criticalValue(confidence) * spread
  return {
    value,
    lower: Math.max(-1, Math.min(value, centre - width)),
    upper: Math.min(1, Math.max(value, centre + width)),
    pValue: mcnemar(gained, lost, test),
  }
}

function mcnemar(
  gained: number,
  lost: number,
  test: 'exact' | 'corrected' | 'uncorrected',
): number {
  const changed = gained + lost
  if (changed === 0 || gained === lost) return 1
  if (test === 'exact') {
    const fewer = Math.min(gained, lost)
    // P(X <= fewer) of a binomial of a half is a beta distribution's share.
    return Math.min(1, 2 * betaCdf(0.5, changed - fewer, fewer + 1))
  }
  const apart = Math.abs(gained - lost) - (test === 'corrected' ? 1 : 0)
  return 1 - chiSquaredCdf(Math.max(0, apart) ** 2 / changed, 1)
}
