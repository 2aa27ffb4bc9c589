import type { ChartKind } from './chart.ts'

/**
 * Columns that limits and rules are worked out on, on the scale where limits are symmetric (for `t` the
 * values to the power 1/3.6): the point, the line that splits the sides, the middle of the limits, and
 * one standard deviation.
 */
export interface Scale {
  readonly point: Float64Array
  readonly centre: Float64Array
  readonly middle: Float64Array
  readonly deviation: Float64Array
}

export interface LimitRules {
  readonly kind: ChartKind
  /** One standard deviation for each unit of mean moving range. */
  readonly perRange: number
  readonly screen: boolean
}

/** The power that makes times between events near normal (Nelson 1994). */
export const timePower = 3.6

// Nelson 1982: the upper limit of a moving range of two.
const rangeLimit = 3.267

/**
 * Fills centre, middle and deviation of the points `from` to `to` from those up to `baseline`. `point` is
 * filled already; `counts` and `ns` are those of proportions and rates.
 */
export function stepLimits(
  scale: Scale,
  counts: Float64Array,
  ns: Float64Array | undefined,
  from: number,
  to: number,
  baseline: number,
  rules: LimitRules,
): void {
  const { point, centre, middle, deviation } = scale
  const { kind } = rules
  const mean = ns ? pooled(counts, ns, point, from, baseline) : average(point, from, baseline)
  const line = kind === 'g' ? median(point, from, baseline) : mean
  const single = singleDeviation(scale, mean, from, baseline, rules)
  for (let i = from; i < to; i++) {
    centre[i] = line
    middle[i] = mean
    const n = ns ? (ns[i] as number) : 1
    if (kind === 'p' || kind === 'p-prime') {
      deviation[i] = Math.sqrt((mean * Math.max(0, 1 - mean)) / n)
    } else if (kind === 'u' || kind === 'u-prime' || kind === 'c')
      deviation[i] = Math.sqrt(mean / n)
    else deviation[i] = single
  }
  if (kind !== 'p-prime' && kind !== 'u-prime') return
  // Laney 2002: the spread of z-scores, from their moving ranges, widens the limits.
  const spread = rules.perRange * meanRange(point, from, baseline, rules.screen, mean, deviation)
  for (let i = from; i < to; i++) deviation[i] = (deviation[i] as number) * spread
}

function singleDeviation(
  { point }: Scale,
  mean: number,
  from: number,
  baseline: number,
  { kind, perRange, screen }: LimitRules,
): number {
  if (kind === 'g') return Math.sqrt(mean * (mean + 1))
  if (kind !== 'xmr' && kind !== 't') return 0
  return perRange * meanRange(point, from, baseline, screen)
}

/** Measured from the first value, so that values all alike have exactly that mean and no side of it. */
function average(point: Float64Array, from: number, to: number): number {
  let first = Number.NaN
  let sum = 0
  let n = 0
  for (let i = from; i < to; i++) {
    const x = point[i] as number
    if (Number.isNaN(x)) continue
    if (n === 0) first = x
    sum += x - first
    n += 1
  }
  return first + sum / n
}

function pooled(
  counts: Float64Array,
  ns: Float64Array,
  point: Float64Array,
  from: number,
  to: number,
): number {
  let sum = 0
  let n = 0
  for (let i = from; i < to; i++) {
    if (Number.isNaN(point[i])) continue
    sum += counts[i] as number
    n += ns[i] as number
  }
  return sum / n
}

function median(point: Float64Array, from: number, to: number): number {
  const sorted = point
    .slice(from, to)
    .filter((x) => !Number.isNaN(x))
    .sort()
  const half = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  const above = sorted[half] as number
  return sorted.length % 2 === 1 ? above : ((sorted[half - 1] as number) + above) / 2
}

/** The mean of moving ranges between neighbours that both have a value, of z-scores where asked. */
function meanRange(
  point: Float64Array,
  from: number,
  to: number,
  screen: boolean,
  mean = 0,
  deviation?: Float64Array,
): number {
  const first = rangesBelow(Number.POSITIVE_INFINITY, point, from, to, mean, deviation)
  // Points that are all equal have ranges of 0, none of them below 0.
  if (!screen || first === 0) return first
  return rangesBelow(rangeLimit * first, point, from, to, mean, deviation)
}

function rangesBelow(
  limit: number,
  point: Float64Array,
  from: number,
  to: number,
  mean: number,
  deviation: Float64Array | undefined,
): number {
  let sum = 0
  let n = 0
  let last = Number.NaN
  for (let i = from; i < to; i++) {
    const x = point[i] as number
    const at = deviation ? (x - mean) / (deviation[i] as number) : x
    const range = Math.abs(at - last)
    last = at
    if (!(range < limit)) continue
    sum += range
    n += 1
  }
  return sum / n
}
