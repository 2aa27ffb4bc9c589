import { checkLength, StatisticsError } from '../errors.ts'

/** Which end of the values the first quantile is. */
export type FirstQuantile = 'highest' | 'lowest'

export interface QuantileOptions {
  /** How many quantiles; 2 to 255. Default 10. */
  readonly quantiles?: number
  /**
   * Which values the first quantile holds: the highest (the default, as of PHEindicatormethods, whose first
   * deprivation decile is the most deprived) or the lowest. One for all groups, or one for each.
   */
  readonly first?: FirstQuantile | readonly FirstQuantile[]
  /** For each unit the number of its group, from 0 up; each group has quantiles of its own. */
  readonly groups?: Uint32Array
}

/**
 * Quantiles by the rules of Public Health England's technical guide (Assigning deprivation categories), as
 * PHEindicatormethods' `phe_quantile`: of n units ranked so that equal values share the lowest rank r, a
 * unit is in quantile floor(q + 1 - ceil((n + 1 - r) / (n / q))), at least 1. Equal values always share a
 * quantile; when q does not divide n, the rule decides which quantiles have one more.
 *
 * @param values a column; NaN has no quantile and does not count.
 * @returns for each unit its quantile from 1, or 0 where it has no value or its group has fewer units with
 *   one than there are quantiles.
 * @throws StatisticsError naming `quantiles`, `first` or `groups`.
 * @example assignQuantiles(Float64Array.of(5, 1, 4, 2), { quantiles: 2 }) // [1, 2, 1, 2]
 */
export function assignQuantiles(
  values: Float64Array,
  { quantiles = 10, first = 'highest', groups }: QuantileOptions = {},
): Uint8Array {
  if (!Number.isInteger(quantiles) || quantiles < 2 || quantiles > 255) {
    throw new StatisticsError('quantiles', `${quantiles} is not a whole number from 2 to 255`)
  }
  if (groups) checkLength('groups', groups, values.length)
  const order = new Uint32Array(values.length)
  let known = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) order[known++] = i
  const sorted = order.subarray(0, known)
  const groupOf = (i: number): number => groups?.[i] ?? 0
  sorted.sort(
    (a, b) => groupOf(a) - groupOf(b) || compare(values[a] as number, values[b] as number),
  )
  const quantile = new Uint8Array(values.length)
  for (let from = 0; from < known; ) {
    const group = groupOf(sorted[from] as number)
    let to = from
    while (to < known && groupOf(sorted[to] as number) === group) to++
    const end = typeof first === 'string' ? first : first[group]
    if (end === undefined) throw new StatisticsError('first', `has no entry for group ${group}`)
    if (to - from >= quantiles) assign(quantile, values, sorted, from, to, quantiles, end)
    from = to
  }
  return quantile
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

function assign(
  quantile: Uint8Array,
  values: Float64Array,
  sorted: Uint32Array,
  from: number,
  to: number,
  quantiles: number,
  first: FirstQuantile,
): void {
  const n = to - from
  const size = n / quantiles
  for (let start = from; start < to; ) {
    const value = values[sorted[start] as number]
    let end = start
    while (end < to && values[sorted[end] as number] === value) end++
    // Ranked from the lowest, ties have the first's rank; from the highest, one more than all above.
    const rank = first === 'lowest' ? start - from + 1 : to - end + 1
    const found = Math.max(1, Math.floor(quantiles + 1 - Math.ceil((n + 1 - rank) / size)))
    for (; start < end; start++) quantile[sorted[start] as number] = found
  }
}
