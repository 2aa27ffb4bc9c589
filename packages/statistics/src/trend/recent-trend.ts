import { criticalValue } from '../distributions.ts'
import {
  checkConfidence,
  checkCount,
  checkFinite,
  checkLength,
  StatisticsError,
} from '../errors.ts'
import { noTrend, type RecentTrend, type RecentTrends, type TrendOptions } from './trend.ts'
import { prepareTest, signOf, type TrendTest, testProportions, testValues } from './trend-test.ts'

/**
 * The recent trend of a proportion by chi-squared for trend (Armitage 1955), as Fingertips marks it:
 * N(NΣxt - XΣnt)² / (X(N - X)(NΣnt² - (Σnt)²)) over the last five periods, a trend above 9.5495 (99.8%)
 * unless leaving one period out would turn the slope of the log odds. Where a count is none or all, half a
 * case is added to both sides for the log odds.
 *
 * @param counts one for each period, in order of time, equally far apart.
 * @param ns of how many.
 * @throws StatisticsError naming the argument.
 * @example recentProportionTrend(
 *   Float64Array.of(100, 110, 125, 140, 150), Float64Array.of(1000, 1000, 1000, 1000, 1000),
 * ) // { kind: 'trend', direction: 'increasing', chiSquared: 15.45…, slope: 0.1200…, outlier: false }
 */
export function recentProportionTrend(
  counts: Float64Array,
  ns: Float64Array,
  options: TrendOptions = {},
): RecentTrend {
  checkLength('ns', ns, counts.length)
  counts.forEach((count, i) => {
    if (!Number.isNaN(count)) checkCount('counts', count)
    if (count > (ns[i] as number)) throw new StatisticsError('counts', `${count} is more than n`)
  })
  const work = prepareTest(options)
  if (counts.length < work.periods) return { kind: 'none', reason: 'too-few-periods' }
  return said(work, testProportions(work, counts, ns, counts.length))
}

/**
 * The recent trend of any value with an interval (a rate, a mean, life expectancy), as Fingertips marks it:
 * the slope β of a regression weighted by 1/se², se from the width of the interval, and
 * β²/var(β) over the last five periods, a trend above 9.5495 (99.8%) unless leaving one period out would
 * turn the slope.
 *
 * @param values one for each period, in order of time, equally far apart.
 * @param lower the lower limits.
 * @param upper the upper limits.
 * @param options also the confidence of the limits, `limits`, default 0.95.
 * @throws StatisticsError naming the argument.
 * @example recentTrend(
 *   Float64Array.of(30.6, 30.2, 28, 24.6, 24.67),
 *   Float64Array.of(28.98, 28.63, 26.44, 23.15, 23.16),
 *   Float64Array.of(32.25, 31.9, 29.64, 26.19, 26.25),
 * ) // { kind: 'trend', direction: 'decreasing', chiSquared: 46.76…, slope: -1.7515…, outlier: false }
 */
export function recentTrend(
  values: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  options: TrendOptions & { readonly limits?: number } = {},
): RecentTrend {
  checkLength('lower', lower, values.length)
  checkLength('upper', upper, values.length)
  for (const [name, column] of Object.entries({ values, lower, upper })) {
    for (const x of column) if (!Number.isNaN(x)) checkFinite(name, x)
  }
  const work = prepareTest(options)
  const z = widthToError(options.limits ?? 0.95)
  if (values.length < work.periods) return { kind: 'none', reason: 'too-few-periods' }
  return said(work, testValues(work, values, lower, upper, values.length, z))
}

/**
 * recentProportionTrend of many series at once.
 * @param counts the series one after the other.
 * @param ns as long.
 * @param length how many periods each series has.
 * @throws StatisticsError naming the argument.
 * @example recentProportionTrends(
 *   Float64Array.of(100, 110, 125, 140, 150), new Float64Array(5).fill(1000), 5,
 * ).direction // [1]
 */
export function recentProportionTrends(
  counts: Float64Array,
  ns: Float64Array,
  length: number,
  options: TrendOptions = {},
): RecentTrends {
  checkLength('ns', ns, counts.length)
  const work = prepareTest(options)
  return each(work, counts, length, (end) => testProportions(work, counts, ns, end))
}

/**
 * recentTrend of many series at once.
 * @param values the series one after the other.
 * @param lower as long.
 * @param upper as long.
 * @param length how many periods each series has.
 * @throws StatisticsError naming the argument.
 * @example recentTrends(
 *   Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(0, 1, 2, 3, 4), Float64Array.of(2, 3, 4, 5, 6), 5,
 * ).direction // [1]
 */
export function recentTrends(
  values: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  length: number,
  options: TrendOptions & { readonly limits?: number } = {},
): RecentTrends {
  checkLength('lower', lower, values.length)
  checkLength('upper', upper, values.length)
  const work = prepareTest(options)
  const z = widthToError(options.limits ?? 0.95)
  return each(work, values, length, (end) => testValues(work, values, lower, upper, end, z))
}

function widthToError(limits: number): number {
  checkConfidence(limits)
  return 2 * criticalValue(limits)
}

function each(
  work: TrendTest,
  values: Float64Array,
  length: number,
  test: (end: number) => boolean,
): RecentTrends {
  const series = values.length / length
  if (!Number.isInteger(series)) {
    throw new StatisticsError('length', `${length} does not divide ${values.length} entries`)
  }
  const direction = new Int8Array(series).fill(noTrend)
  const chiSquared = new Float64Array(series).fill(Number.NaN)
  const slope = new Float64Array(series).fill(Number.NaN)
  for (let s = 0; s < series; s++) {
    if (length < work.periods || !test((s + 1) * length)) continue
    direction[s] = signOf(work)
    chiSquared[s] = work.chiSquared
    slope[s] = work.slope
  }
  return { direction, chiSquared, slope }
}

function said(work: TrendTest, known: boolean): RecentTrend {
  if (!known) return { kind: 'none', reason: 'missing' }
  const sign = signOf(work)
  const { chiSquared, slope, outlier } = work
  const direction = sign > 0 ? 'increasing' : sign < 0 ? 'decreasing' : 'no-change'
  return { kind: 'trend', direction, chiSquared, slope, outlier }
}
