import { checkPositive, StatisticsError } from '../errors.ts'

export interface MovingCusumOptions {
  /** How many points set the mean and the spread; 2 or more. Default 12: a year of months. */
  readonly window?: number
  /** How many standard deviations the sum may reach before it signals, above 0. Default 5. */
  readonly sensitivity?: number
}

/** A cumulative sum against a mean that moves on after each signal, an entry for each point. */
export interface MovingCusum {
  /** The sum of what lay more than half a standard deviation above the mean, 0 or more. */
  readonly above: Float64Array
  /** The same below it, 0 or less. */
  readonly below: Float64Array
  /** The mean that each point was held against; NaN before the first value is in reach. */
  readonly mean: Float64Array
  /** What either sum has to pass; NaN before the first value is in reach. */
  readonly threshold: Float64Array
  /** 1 where the upper sum has passed the threshold, -1 where the lower one has, else 0. */
  readonly signal: Int8Array
}

/**
 * The cumulative sum by which OpenPrescribing finds sudden changes in a practice's percentiles
 * (`CUSUM` in its bookmark_utils.py; Montgomery, Introduction to Statistical Quality Control, 2009):
 * mean and spread come from the first `window` points, half a standard deviation is allowed for, and a
 * sum above `sensitivity` standard deviations signals. After a signal the mean is that of the `window`
 * points before; while the sum goes on in its direction, so does the signal, else all starts anew.
 * Sums are rounded to two decimals, as there.
 *
 * @param values in order of time, percentiles from 0 to 100; NaN is a point without a value, at which the
 *   sums start again from 0.
 * @throws StatisticsError naming the argument.
 * @example movingCusum(Float64Array.of(10, 20, 30, 40, 50, 60, 70), { window: 3 }).signal
 * // [0, 0, 0, 0, 1, 1, 1]
 */
export function movingCusum(
  values: Float64Array,
  { window = 12, sensitivity = 5 }: MovingCusumOptions = {},
): MovingCusum {
  if (!Number.isInteger(window) || window < 2) {
    throw new StatisticsError('window', `${window} is not a whole number from 2 up`)
  }
  checkPositive('sensitivity', sensitivity)
  const n = values.length
  const found: MovingCusum = {
    above: new Float64Array(n),
    below: new Float64Array(n),
    mean: new Float64Array(n),
    threshold: new Float64Array(n),
    signal: new Int8Array(n),
  }
  const start = firstInReach(values, window)
  let [mean, threshold, above, below, last] = [Number.NaN, Number.NaN, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    const x = values[i] as number
    let sums = [above, below] as const
    if (i <= start) {
      ;[mean, threshold] = spread(values, i, i + window, sensitivity)
      sums = [0, 0]
    } else if (last !== 0) {
      const [newMean, newThreshold] = spread(values, Math.max(0, i - window), i, sensitivity)
      mean = newMean
      const next = added(x, sums, mean, threshold / sensitivity)
      const goesOn = last > 0 ? next[0] > above : next[1] < below
      if (!goesOn) {
        threshold = newThreshold
        sums = [0, 0]
      }
    }
    ;[above, below] = added(x, sums, mean, threshold / sensitivity)
    last = above > threshold ? 1 : below < -threshold ? -1 : 0
    found.above[i] = above
    found.below[i] = below
    found.mean[i] = mean
    found.threshold[i] = threshold
    found.signal[i] = last
  }
  return found
}

/** The first point from which a window holds a value; the last point where none does. */
function firstInReach(values: Float64Array, window: number): number {
  const first = values.findIndex((x) => !Number.isNaN(x))
  return first < 0 ? values.length - 1 : Math.max(0, first - window + 1)
}

/** The mean of some points, and what a sum may reach: so many of their standard deviations. */
function spread(
  values: Float64Array,
  from: number,
  to: number,
  sensitivity: number,
): [number, number] {
  const some = values.subarray(from, to).filter((x) => !Number.isNaN(x))
  const mean = some.reduce((total, x) => total + x, 0) / some.length
  const squares = some.reduce((total, x) => total + (x - mean) ** 2, 0)
  return [mean, sensitivity * Math.sqrt(squares / some.length)]
}

/** Both sums with one more point; from 0 where there is no value. */
function added(
  x: number,
  [above, below]: readonly [number, number],
  mean: number,
  deviation: number,
): [number, number] {
  const up = above + x - (mean + deviation / 2)
  const down = below + x - (mean - deviation / 2)
  return [up > 0 ? rounded(up) : 0, down < 0 ? rounded(down) : 0]
}

const rounded = (x: number): number => Math.round(x * 100) / 100
