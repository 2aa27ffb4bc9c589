import { checkColumn, checkNotEmpty, sum } from '../columns.ts'
import { StatisticsError } from '../errors.ts'

/** Options of theilIndex. */
export interface TheilOptions {
  /**
   * `T` (the default; generalised entropy with alpha 1) weighs by the share of the value, `L` (the mean
   * log deviation, alpha 0) by the share of the people. WHO's HEAT publishes both, as TI and MLD.
   */
  readonly index?: 'T' | 'L'
  /**
   * What a value of 0 does. `limit` (the default): in T it adds 0, the limit of x ln x, and the unit
   * counts in the mean (Cowell 2011); L has no limit, so 0 is an error. `drop` leaves such units out, as
   * R's ineq and Stata's ineqdeco do. `error` refuses.
   */
  readonly zeros?: 'limit' | 'drop' | 'error'
}

/** An index and the parts that lie between and within groups; they add up to the whole. */
export interface Theil {
  readonly total: number
  readonly between: number
  readonly within: number
}

/**
 * Theil's index of inequality, 0 at equality, and how much of it lies between groups and how much
 * within them (Theil 1967; Shorrocks 1980).
 *
 *     T = sum of p y/m ln(y/m)    L = sum of p ln(m/y)    p: share of people, m: mean
 *
 * Doubling every value, or every weight, changes nothing.
 *
 * @param values of each unit, from 0 up, mean above 0.
 * @param weights how many people each stands for; default 1.
 * @param groups the group of each, whole numbers from 0 up; default one group (all within).
 * @throws StatisticsError naming the argument.
 * @example theilIndex({ values: Float64Array.of(1, 3) }).total // 0.1308…
 */
export function theilIndex(
  {
    values,
    weights = new Float64Array(values.length).fill(1),
    groups = new Uint32Array(values.length),
  }: { values: Float64Array; weights?: Float64Array; groups?: Uint32Array },
  { index = 'T', zeros = 'limit' }: TheilOptions = {},
): Theil {
  checkNotEmpty('values', values)
  checkColumn('values', values, 'from-0')
  checkColumn('weights', weights, 'from-0', values.length)
  if (groups.length !== values.length)
    throw new StatisticsError('groups', 'it is of another length')
  checkZeros(values, index, zeros)
  const counted = zeros === 'drop' ? weights.map((w, i) => (values[i] === 0 ? 0 : w)) : weights
  const people = sum(counted)
  if (people === 0) throw new StatisticsError('weights', 'no unit is left: all are 0')
  const amount = sum(values.map((value, i) => value * (counted[i] as number)))
  if (amount === 0) throw new StatisticsError('values', 'all are 0')
  const mean = amount / people

  let last = 0
  for (const group of groups) last = Math.max(last, group)
  const peopleOf = new Float64Array(last + 1)
  const amountOf = new Float64Array(last + 1)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const weight = counted[i] as number
    const group = groups[i] as number
    total += (weight / people) * deviation(index, (values[i] as number) / mean)
    peopleOf[group] = (peopleOf[group] as number) + weight
    amountOf[group] = (amountOf[group] as number) + weight * (values[i] as number)
  }
  let between = 0
  for (let g = 0; g <= last; g++) {
    const weight = peopleOf[g] as number
    if (weight > 0)
      between += (weight / people) * deviation(index, (amountOf[g] as number) / weight / mean)
  }
  // Rounding can leave either a hair below 0, where the index cannot be.
  between = Math.max(0, between)
  total = Math.max(between, total)
  return { total, between, within: total - between }
}

function deviation(index: 'T' | 'L', ratio: number): number {
  if (index === 'L') return -Math.log(ratio)
  return ratio === 0 ? 0 : ratio * Math.log(ratio)
}

function checkZeros(values: Float64Array, index: 'T' | 'L', zeros: string): void {
  if (zeros === 'drop' || (zeros === 'limit' && index === 'T')) return
  const at = values.indexOf(0)
  if (at >= 0)
    throw new StatisticsError('values', `number ${at} is 0, of which there is no logarithm`)
}
