import { poissonIntervals, rescaleInterval, wilsonIntervals } from '@plumbline/statistics'
import type { Indicator } from '../evidence/indicator.ts'
import { type IntervalMethod, intervalMethods } from './figures.ts'
import type { PublishedSeries } from './series.ts'

/** Limits of every figure of a series, in the unit shown; NaN where there are none. */
export interface SeriesLimits {
  readonly lower95: Float64Array
  readonly upper95: Float64Array
  readonly lower998: Float64Array
  readonly upper998: Float64Array
  /** Place in `intervalMethods`. */
  readonly method: Uint8Array
}

export const methodNumber = (method: IntervalMethod): number => intervalMethods.indexOf(method)

/**
 * The limits that a page shows: the source's own where it gives any, else Wilson's from counts for
 * proportions, and Byar's (exact below 10) for rates. No counts and no limits: none.
 */
export function seriesLimits(series: PublishedSeries, indicator: Indicator): SeriesLimits | null {
  if (series.lower95 && series.upper95)
    return published(series, series.lower95, series.upper95, indicator)
  const { numerator, denominator, countsRoundedTo } = series
  if (!numerator || !denominator) return null
  if (countsRoundedTo) {
    return fromRoundedCounts(numerator, denominator, countsRoundedTo, indicator)
  }
  if (indicator.kind === 'proportion') {
    return series.roundedTo === null
      ? fromCounts(numerator, numerator, denominator, indicator.scale, 'wilson')
      : fromRounded(series, series.roundedTo, denominator, indicator.scale)
  }
  if (indicator.kind === 'rate')
    return rates(numerator, numerator, denominator, indicator.scale, 'byar')
  return null
}

function published(
  series: PublishedSeries,
  lower95: Float64Array,
  upper95: Float64Array,
  indicator: Indicator,
): SeriesLimits {
  const n = series.value.length
  const [least, most] = rangeOf(indicator)
  const lower998 = series.lower998?.slice() ?? new Float64Array(n).fill(Number.NaN)
  const upper998 = series.upper998?.slice() ?? new Float64Array(n).fill(Number.NaN)
  const method = new Uint8Array(n).fill(methodNumber('published'))
  for (let i = 0; i < n; i++) {
    const [value, lower, upper] = [series.value[i], lower95[i], upper95[i]] as number[]
    if (value === undefined || lower === undefined || upper === undefined) continue
    if (Number.isNaN(value + lower + upper) || !Number.isNaN(lower998[i] as number)) continue
    // Limits rounded apart from their value may miss it by half a digit.
    const held = { value, lower: Math.min(lower, value), upper: Math.max(upper, value) }
    const wide = rescaleInterval(held, 0.95, 0.998)
    lower998[i] = Math.max(wide.lower, Math.min(least, held.lower))
    upper998[i] = Math.min(wide.upper, Math.max(most, held.upper))
    const isWithheld = series.countsRoundedTo && Number.isNaN(series.numerator?.[i] ?? Number.NaN)
    method[i] = methodNumber(isWithheld ? 'published-weighted' : 'published-rescaled')
  }
  return { lower95, upper95, lower998, upper998, method }
}

/** What a figure of this kind can be at all: stretched limits know nothing of it, and would end beyond 100%. */
function rangeOf({ kind, scale }: Indicator): readonly [least: number, most: number] {
  if (kind === 'proportion') return [0, scale]
  if (kind === 'rate' || kind === 'count') return [0, Number.POSITIVE_INFINITY]
  return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
}

function scaled(data: Float64Array, scale: number): Float64Array {
  for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) * scale
  return data
}

function fromCounts(
  low: Float64Array,
  high: Float64Array,
  ns: Float64Array,
  scale: number,
  method: IntervalMethod,
  highNs: Float64Array = ns,
): SeriesLimits {
  const same = low === high
  const a95 = wilsonIntervals(low, ns, { confidence: 0.95 })
  const b95 = same ? a95 : wilsonIntervals(high, highNs, { confidence: 0.95 })
  const a998 = wilsonIntervals(low, ns, { confidence: 0.998 })
  const b998 = same ? a998 : wilsonIntervals(high, highNs, { confidence: 0.998 })
  return {
    lower95: scaled(a95.lower, scale),
    upper95: scaled(b95.upper, scale),
    lower998: scaled(a998.lower, scale),
    upper998: scaled(b998.upper, scale),
    method: new Uint8Array(low.length).fill(methodNumber(method)),
  }
}

/**
 * A percentage rounded to whole points from n people fits several counts: the lower limit is that
 * of the smallest count that fits, the upper that of the largest, so that the interval is never
 * narrower than the true one.
 */
function fromRounded(
  series: PublishedSeries,
  step: number,
  ns: Float64Array,
  scale: number,
): SeriesLimits {
  const low = new Float64Array(ns.length)
  const high = new Float64Array(ns.length)
  for (let i = 0; i < ns.length; i++) {
    const n = ns[i] as number
    const value = series.value[i] as number
    const exact = Math.min(n, Math.max(0, (value * n) / scale))
    const fewest = Math.ceil(((value - step / 2) * n) / scale - 1e-9)
    const most = Math.floor(((value + step / 2) * n) / scale + 1e-9)
    const fits = fewest <= most
    low[i] = fits ? Math.min(exact, Math.max(0, fewest)) : exact
    high[i] = fits ? Math.max(exact, Math.min(n, most)) : exact
  }
  return fromCounts(low, high, ns, scale, 'wilson-rounded')
}

/**
 * A count that was rounded to a multiple may have been almost a whole base smaller or larger: the lower limit is
 * that of the fewest with the most others, the upper that of the most with the fewest others.
 */
function fromRoundedCounts(
  counts: Float64Array,
  ns: Float64Array,
  base: number,
  { kind, scale }: Indicator,
): SeriesLimits | null {
  const fewest = (n: number): number => Math.max(0, n - (base - 1))
  const most = (n: number): number => n + (base - 1)
  const [low, high] = [counts.map(fewest), counts.map(most)]
  if (kind === 'rate') return rates(low, high, ns, scale, 'byar-rounded-counts')
  if (kind !== 'proportion') return null
  const others = ns.map((n, at) => n - (counts[at] as number))
  const lowNs = low.map((n, at) => n + most(others[at] as number))
  const highNs = high.map((n, at) => n + fewest(others[at] as number))
  return fromCounts(low, high, lowNs, scale, 'wilson-rounded-counts', highNs)
}

function rates(
  low: Float64Array,
  high: Float64Array,
  ns: Float64Array,
  scale: number,
  method: IntervalMethod,
): SeriesLimits {
  const per = (limits: Float64Array): Float64Array => {
    for (let i = 0; i < limits.length; i++) {
      const n = ns[i] as number
      limits[i] = n > 0 ? ((limits[i] as number) * scale) / n : Number.NaN
    }
    return limits
  }
  const same = low === high
  const a95 = poissonIntervals(low, { confidence: 0.95 })
  const b95 = same ? a95 : poissonIntervals(high, { confidence: 0.95 })
  const a998 = poissonIntervals(low, { confidence: 0.998 })
  const b998 = same ? a998 : poissonIntervals(high, { confidence: 0.998 })
  return {
    lower95: per(a95.lower),
    upper95: per(b95.upper),
    lower998: per(a998.lower),
    upper998: per(b998.upper),
    method: new Uint8Array(low.length).fill(methodNumber(method)),
  }
}
