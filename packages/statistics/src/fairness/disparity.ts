import { checkColumn, checkNotEmpty } from '../columns.ts'
import { StatisticsError } from '../errors.ts'

/** Options of disparityIndex. */
export interface DisparityOptions {
  /**
   * What the groups are held against. `average` (the default): the rate of all people together, as
   * Pearcy and Keppel (2002) and WHO's HEAT do. `best-low` or `best-high`: the best group's rate, as the
   * United States' Healthy People do; the best group then isn't counted. A number: that rate.
   */
  readonly reference?: 'average' | 'best-low' | 'best-high' | number
}

/**
 * The index of disparity: how far, on average, groups' rates lie from a reference, in per cent of it
 * (Pearcy and Keppel 2002). Each group counts the same, whatever its size. 0 at equality.
 *
 *     100 x mean of |rate - reference| / reference
 *
 * @param rates of each group, from 0 up.
 * @param populations of each group; needed for `average`; default the same for each.
 * @throws StatisticsError naming the argument: a reference of 0 gives no index.
 * @example disparityIndex(Float64Array.of(8, 10, 12)) // 13.33…
 */
export function disparityIndex(
  rates: Float64Array,
  populations: Float64Array = new Float64Array(rates.length).fill(1),
  { reference = 'average' }: DisparityOptions = {},
): number {
  checkNotEmpty('rates', rates)
  checkColumn('rates', rates, 'from-0')
  checkColumn('populations', populations, 'from-0', rates.length)
  const level = levelOf(rates, populations, reference)
  if (!(level > 0 && Number.isFinite(level))) {
    throw new StatisticsError('reference', `${level} is not a finite number above 0`)
  }
  let away = 0
  for (let i = 0; i < rates.length; i++) away += Math.abs((rates[i] as number) - level)
  const counted =
    reference === 'best-low' || reference === 'best-high' ? rates.length - 1 : rates.length
  return counted === 0 ? 0 : ((away / counted) * 100) / level
}

function levelOf(
  rates: Float64Array,
  populations: Float64Array,
  reference: 'average' | 'best-low' | 'best-high' | number,
): number {
  if (typeof reference === 'number') return reference
  let level = rates[0] as number
  let people = 0
  let amount = 0
  for (let i = 0; i < rates.length; i++) {
    const rate = rates[i] as number
    if (reference === 'best-low') level = Math.min(level, rate)
    if (reference === 'best-high') level = Math.max(level, rate)
    people += populations[i] as number
    amount += rate * (populations[i] as number)
  }
  if (reference !== 'average') return level
  if (people === 0) throw new StatisticsError('populations', 'all are 0')
  return amount / people
}
