import { quantileOfSorted } from '../columns.ts'
import { checkProbability, StatisticsError } from '../errors.ts'

/**
 * The value below which a share of sorted values lies, between neighbours in proportion (Hyndman and
 * Fan's type 7, the default of R's `quantile` and of spreadsheets).
 *
 * @param sorted values in ascending order, at least one, without NaN.
 * @param p the share, 0 < p < 1.
 * @throws StatisticsError naming `sorted` or `p`.
 * @example percentile(Float64Array.of(10, 20, 30, 50), 0.5) // 25
 */
export function percentile(sorted: Float64Array, p: number): number {
  checkProbability(p)
  if (sorted.length === 0) throw new StatisticsError('sorted', 'no values have no percentile')
  return quantileOfSorted(sorted, p)
}
