import { chiSquaredQuantile } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { TrendOptions } from './trend.ts'

/** The last periods of a series, and what was found; overwritten for each series. */
export interface TrendTest {
  readonly periods: number
  readonly critical: number
  readonly leaveOneOut: boolean
  readonly y: Float64Array
  readonly weight: Float64Array
  chiSquared: number
  slope: number
  outlier: boolean
}

/** Room for a test, with its options checked. */
export function prepareTest({
  periods = 5,
  confidence = 0.998,
  leaveOneOut = true,
}: TrendOptions): TrendTest {
  checkConfidence(confidence)
  if (!Number.isInteger(periods) || periods < 3) {
    throw new StatisticsError('periods', `${periods} is not a whole number from 3 up`)
  }
  return {
    periods,
    critical: chiSquaredQuantile(confidence, 1),
    leaveOneOut,
    y: new Float64Array(periods),
    weight: new Float64Array(periods),
    chiSquared: Number.NaN,
    slope: Number.NaN,
    outlier: false,
  }
}

/** 1 for a rise that counts, -1 for a fall, 0 for no change that can be told. */
export const signOf = ({ chiSquared, critical, outlier, leaveOneOut, slope }: TrendTest): number =>
  chiSquared > critical && !(leaveOneOut && outlier) ? Math.sign(slope) : 0

/** Tests the periods that end before `end`; false where one of them is missing. */
export function testProportions(
  test: TrendTest,
  counts: Float64Array,
  ns: Float64Array,
  end: number,
): boolean {
  const from = end - test.periods
  let edge = false
  let [n, x, nt, xt, ntt] = [0, 0, 0, 0, 0]
  for (let i = from, t = 1; i < end; i++, t++) {
    const count = counts[i] as number
    const of = ns[i] as number
    if (!(of > 0 && count >= 0 && count <= of && of < Number.POSITIVE_INFINITY)) return false
    if (count === 0 || count === of) edge = true
    n += of
    x += count
    nt += of * t
    xt += count * t
    ntt += of * t * t
  }
  const spread = x * (n - x) * (n * ntt - nt * nt)
  // None in any period, or all in each: nothing changes.
  test.chiSquared = spread === 0 ? 0 : (n * (n * xt - x * nt) ** 2) / spread
  const half = edge ? 0.5 : 0
  for (let i = from, k = 0; i < end; i++, k++) {
    const count = counts[i] as number
    test.y[k] = Math.log((count + half) / ((ns[i] as number) - count + half))
    test.weight[k] = 1
  }
  regress(test)
  return true
}

/** The same for values with limits; `z` is how many standard errors apart the limits are. */
export function testValues(
  test: TrendTest,
  values: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  end: number,
  z: number,
): boolean {
  const from = end - test.periods
  for (let i = from, k = 0; i < end; i++, k++) {
    const error = ((upper[i] as number) - (lower[i] as number)) / z
    if (!(error > 0 && error < Number.POSITIVE_INFINITY)) return false
    if (!Number.isFinite(values[i])) return false
    test.y[k] = values[i] as number
    test.weight[k] = 1 / (error * error)
  }
  test.chiSquared = regress(test)
  return true
}

/** Fills slope and outlier; returns the slope squared over its variance. */
function regress(test: TrendTest): number {
  const chi = slopeWithout(test, -1)
  const slope = test.slope
  test.outlier = false
  for (let left = 0; left < test.periods; left++) {
    slopeWithout(test, left)
    // As Fingertips counts, a slope of 0 goes with those that rise.
    if (test.slope < 0 !== slope < 0) test.outlier = true
  }
  test.slope = slope
  return chi
}

function slopeWithout(test: TrendTest, left: number): number {
  let [w, wt, wy, wtt, wty] = [0, 0, 0, 0, 0]
  for (let k = 0; k < test.periods; k++) {
    if (k === left) continue
    const t = k + 1
    const each = test.weight[k] as number
    const y = test.y[k] as number
    w += each
    wt += each * t
    wy += each * y
    wtt += each * t * t
    wty += each * t * y
  }
  const spread = w * wtt - wt * wt
  test.slope = (w * wty - wt * wy) / spread
  return (test.slope ** 2 * spread) / w
}
