import { StatisticsError } from '../errors.ts'

/** How an indicator is put on a scale that others share: see normalise. */
export type Normalisation = 'z' | 'min-max' | 'percentile' | 'rank'

/** Options of normalise. */
export interface NormaliseOptions {
  readonly method: Normalisation
  /** Which values are better; `low` turns the scale about. Default `high`. */
  readonly better?: 'high' | 'low'
}

/**
 * An indicator on a scale that others share, where higher is always better (OECD and JRC, Handbook on
 * Constructing Composite Indicators, 2008, step 5; R's COINr).
 *
 * - `z`: (value - mean) / standard deviation (n - 1); 0 where all are equal.
 * - `min-max`: 0 for the worst, 1 for the best; 0.5 where all are equal.
 * - `percentile`: (rank - 1) / (n - 1), 0 to 1, ties sharing the mean of their ranks; 0.5 for one unit.
 * - `rank`: from 1, the worst, to n, the best, ties sharing the mean of their ranks.
 *
 * @param values of each unit; NaN where it has none, and then the result is NaN.
 * @throws StatisticsError naming `values`: an infinite one, or none at all.
 * @example normalise(Float64Array.of(10, 20, 40), { method: 'min-max' }) // [0, 0.3333…, 1]
 */
export function normalise(
  values: Float64Array,
  { method, better = 'high' }: NormaliseOptions,
): Float64Array {
  const known = knownOf(values)
  const turned = better === 'high' ? 1 : -1
  if (method === 'z') {
    const { mean, sd } = momentsOf(known)
    return values.map((x) => (sd === 0 ? x * 0 : (turned * (x - mean)) / sd))
  }
  if (method === 'min-max') {
    const low = known.reduce((a, x) => Math.min(a, x))
    const range = known.reduce((a, x) => Math.max(a, x)) - low
    return values.map((x) => {
      const share = range === 0 ? 0.5 + x * 0 : (x - low) / range
      return better === 'high' ? share : 1 - share
    })
  }
  const sorted = known.slice().sort()
  const n = sorted.length
  return values.map((x) => {
    const rank = meanRank(sorted, x)
    const upward = better === 'high' ? rank : n + 1 - rank
    if (method === 'rank') return upward
    return n === 1 ? 0.5 + x * 0 : (upward - 1) / (n - 1)
  })
}

/** The values that are there. */
export function knownOf(values: Float64Array): Float64Array {
  const known = values.filter((x) => !Number.isNaN(x))
  if (known.length === 0) throw new StatisticsError('values', 'there are none')
  const wrong = values.findIndex(
    (x) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY,
  )
  if (wrong >= 0) throw new StatisticsError('values', `number ${wrong} is ${values[wrong]}`)
  return known
}

/** Mean and standard deviation (n - 1), 0 where there is one value or all are equal. */
export function momentsOf(values: ArrayLike<number>): {
  readonly mean: number
  readonly sd: number
} {
  const n = values.length
  // Measured from the first, so that values all alike have exactly that mean.
  const first = values[0] as number
  let beyond = 0
  for (let i = 0; i < n; i++) beyond += (values[i] as number) - first
  const mean = first + beyond / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((values[i] as number) - mean) ** 2
  return { mean, sd: n === 1 ? 0 : Math.sqrt(squares / (n - 1)) }
}

/** From 1; of equal values the mean of their ranks. */
function meanRank(sorted: Float64Array, x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  return (firstAbove(sorted, x, true) + firstAbove(sorted, x, false) + 1) / 2
}

/** How many lie below x (or, `orAt`, up to it). */
function firstAbove(sorted: Float64Array, x: number, orAt: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const value = sorted[middle] as number
    if (value < x || (orAt && value === x)) low = middle + 1
    else high = middle
  }
  return low
}
