import { StatisticsError } from './errors.ts'

/** What every number of a column must be. */
export type ColumnRule = 'finite' | 'from-0' | 'above-0'

const broken: Record<ColumnRule, (value: number) => boolean> = {
  finite: (value) => !Number.isFinite(value),
  'from-0': (value) => !(value >= 0 && value < Number.POSITIVE_INFINITY),
  'above-0': (value) => !(value > 0 && value < Number.POSITIVE_INFINITY),
}
const wanted: Record<ColumnRule, string> = {
  finite: 'a finite number',
  'from-0': 'a finite number from 0 up',
  'above-0': 'a finite number above 0',
}

/**
 * Throws StatisticsError, naming the argument and the place in it, unless every number of the column
 * keeps the rule and the column has as many numbers as the others (`length`).
 */
export function checkColumn(
  argument: string,
  column: Float64Array,
  rule: ColumnRule,
  length = column.length,
): void {
  if (column.length !== length) {
    throw new StatisticsError(
      argument,
      `it has ${column.length} numbers where ${length} are needed`,
    )
  }
  const breaks = broken[rule]
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    if (breaks(value)) {
      throw new StatisticsError(argument, `number ${i}, ${value}, is not ${wanted[rule]}`)
    }
  }
}

/** Throws StatisticsError unless the column has at least one number. */
export function checkNotEmpty(argument: string, column: Float64Array): void {
  if (column.length === 0) throw new StatisticsError(argument, 'it has no numbers')
}

/** The sum of a column with Neumaier's correction, so that the order of units hardly matters. */
export function sum(column: Float64Array): number {
  let total = 0
  let lost = 0
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

/**
 * A quantile of numbers already sorted upward, by linear interpolation (R's type 7, Excel's PERCENTILE.INC).
 * @param share 0 to 1.
 * @example quantileOfSorted(Float64Array.of(1, 2, 3, 4), 0.5) // 2.5
 */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  checkNotEmpty('sorted', sorted)
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (place - below) * (high - low)
}
