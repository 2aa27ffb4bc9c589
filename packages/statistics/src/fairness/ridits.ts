import { checkColumn, checkNotEmpty, sum } from '../columns.ts'
import { StatisticsError } from '../errors.ts'

/**
 * Where each group lies on the social scale: the middle of its range in the cumulative share of the
 * population, 0 to 1 (ridits weighted by population; Bross 1958, Low and Low 2004).
 *
 * @param populations of each group, in order from the least to the most advantaged; from 0 up, not all 0.
 * @throws StatisticsError naming `populations`.
 * @example ridits(Float64Array.of(12, 10, 78)) // [0.06, 0.17, 0.61]
 */
export function ridits(populations: Float64Array): Float64Array {
  checkNotEmpty('populations', populations)
  checkColumn('populations', populations, 'from-0')
  const total = sum(populations)
  if (total === 0) throw new StatisticsError('populations', 'all are 0')
  const result = new Float64Array(populations.length)
  let before = 0
  for (let i = 0; i < populations.length; i++) {
    const share = (populations[i] as number) / total
    result[i] = before + share / 2
    before += share
  }
  return result
}
