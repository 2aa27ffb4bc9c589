import { adjustPValues, controlCharts, movingCusum, rule, tCdf } from '@plumbline/statistics'

/**
 * Series of many providers over the same periods, oldest first; NaN where there is no value. `better`
 * says whether high is good.
 */
export interface Panel {
  readonly periods: readonly string[]
  /** A column for each period, an entry for each provider. */
  readonly values: readonly Float64Array[]
  /** How the whole did in each period; NaN where nobody knows. */
  readonly whole: Float64Array
  readonly better: 'higher' | 'lower'
  /** The periods are months, so that figures may have seasons. */
  readonly monthly: boolean
}

/** A sudden change of one provider that still holds in the last period. */
export interface SuddenChange {
  /** Place among the providers. */
  readonly at: number
  readonly worse: boolean
  /** Places of the first period of the change, and of the last. */
  readonly since: number
  readonly from: number
  readonly to: number
  readonly by: 'cusum' | 'chart'
}

/** Fewer providers than this have no percentiles worth the name. */
export const fewestForPercentiles = 20
/** Months that set the level at first, and how much a sum may reach: OpenPrescribing's. */
export const cusumRule = { window: 12, sensitivity: 5 } as const
/** Fewer points have no control chart; more than the last so many are not looked at. */
export const chartPoints = { fewest: 12, most: 36 } as const
/** A level that has held for longer than so many points is the usual one by now. */
export const longestSudden = 24
/** How many of the last points are held against those before. */
export const latestPoints = 7
/** Of the changes that charts show, at most this share is expected to be chance. */
export const falseShare = 0.05

/**
 * For each provider the share of the others below it in %, ties at the lowest (SQL's `percent_rank`, as
 * OpenPrescribing has it); NaN where it has no value.
 * @example percentRanks(Float64Array.of(5, 1, 3)) // [100, 0, 50]
 */
export function percentRanks(values: Float64Array): Float64Array {
  const sorted = values.filter((x) => !Number.isNaN(x)).sort()
  const last = Math.max(1, sorted.length - 1)
  const below = new Map<number, number>()
  for (let i = sorted.length - 1; i >= 0; i--) below.set(sorted[i] as number, i)
  return values.map((x) => (100 * (below.get(x) ?? Number.NaN)) / last)
}

/** One provider's entry of each column. */
const seriesOf = (columns: readonly Float64Array[], at: number): Float64Array =>
  Float64Array.from(columns, (column) => column[at] as number)

/** The first of the points up to the last that all satisfy `holds`. */
function runStart(length: number, holds: (i: number) => boolean): number {
  let at = length - 1
  while (at > 0 && holds(at - 1)) at--
  return at
}

/**
 * Sudden changes on the series of percentiles, by OpenPrescribing's rule: only those whose signal
 * stands in the last month.
 * @returns the changes, and how many series were watched.
 */
export function cusumChanges(panel: Panel): { changes: SuddenChange[]; watched: number } {
  const n = panel.values[0]?.length ?? 0
  const ranks = panel.values.map(percentRanks)
  const latest = panel.values.at(-1)?.filter((x) => !Number.isNaN(x)).length ?? 0
  if (latest < fewestForPercentiles) return { changes: [], watched: 0 }
  const changes: SuddenChange[] = []
  let watched = 0
  for (let at = 0; at < n; at++) {
    const series = seriesOf(ranks, at)
    if (Number.isNaN(series.at(-1))) continue
    if (series.filter((x) => !Number.isNaN(x)).length <= cusumRule.window) continue
    watched += 1
    const { signal, mean } = movingCusum(series, cusumRule)
    const last = signal.at(-1) ?? 0
    if (last === 0) continue
    const since = runStart(signal.length, (i) => signal[i] === last)
    changes.push({
      at,
      worse: last > 0 === (panel.better === 'lower'),
      since,
      from: mean[Math.max(0, since - 1)] as number,
      to: series.at(-1) as number,
      by: 'cusum',
    })
  }
  return { changes, watched }
}

/**
 * Whether the whole is known in all periods looked at, and is more than a handful: of two hospitals,
 * either seems to rise when the other falls.
 */
const hasWhole = ({ whole, values }: Panel, first: number): boolean =>
  (values.at(-1)?.length ?? 0) >= fewestForPercentiles &&
  whole.slice(first).every((x) => !Number.isNaN(x))

/**
 * Without its seasons: each month less the mean of that month over whole years.
 * @returns the series in its own level.
 */
export function withoutSeasons(series: Float64Array): Float64Array {
  const mean = average(series) ?? 0
  const ofMonth = Array.from({ length: 12 }, (_, m) =>
    average(series.filter((_, i) => i % 12 === m)),
  )
  return series.map((x, i) => x - (ofMonth[i % 12] ?? mean) + mean)
}

/** Where a level changed: after the point at which what lay to the other side of the mean is at its most. */
function changePoint(series: Float64Array, way: number): number {
  const mean = average(series) as number
  let [sum, least, at] = [0, 0, 0]
  for (const [i, x] of series.entries()) {
    if (!Number.isNaN(x)) sum += way * (x - mean)
    if (sum < least) [least, at] = [sum, i + 1]
  }
  return Math.min(at, series.length - 1)
}

/**
 * Sudden changes on control charts of each provider's difference from the whole, or of its values where
 * there is no whole or it is but a few providers: the last point is marked by a rule, and the chance that the latest points lie
 * so far off is small enough for so many providers (Benjamini and Hochberg, each way by itself).
 */
export function chartChanges(panel: Panel): {
  changes: SuddenChange[]
  watched: number
  /** Levels are differences from the whole. */
  ofWhole: boolean
} {
  const first = Math.max(0, panel.periods.length - chartPoints.most)
  const knowsWhole = hasWhole(panel, first)
  const columns = panel.values
    .slice(first)
    .map((column, i) =>
      knowsWhole ? column.map((x) => x - (panel.whole[first + i] as number)) : column,
    )
  const points = columns.length
  // The whole has the same seasons; without it they are taken out, which three years allow.
  const seasons = !knowsWhole && panel.monthly && points === chartPoints.most
  const wider = seasons ? Math.sqrt(points / (points - 12)) : 1
  const n = columns[0]?.length ?? 0
  const long = Array.from({ length: n }, (_, at) => ({
    at,
    series: seasons ? withoutSeasons(seriesOf(columns, at)) : seriesOf(columns, at),
  })).filter(
    ({ series }) =>
      !Number.isNaN(series.at(-1)) &&
      series.filter((x) => !Number.isNaN(x)).length >= chartPoints.fewest,
  )
  if (long.length === 0) return { changes: [], watched: 0, ofWhole: knowsWhole }
  const all = new Float64Array(long.length * points)
  for (const [i, { series }] of long.entries()) all.set(series, i * points)
  const { flags, side, centre } = controlCharts(all, undefined, points, {
    factor: 2.66 * wider,
  })
  const changes = [1, -1].flatMap((way) => {
    const chance = adjustPValues(
      Float64Array.from(long, ({ series }) => chanceOf(series, way, wider)),
    )
    return long.flatMap(({ at, series }, i): SuddenChange[] => {
      const end = (i + 1) * points - 1
      const marked = flags[end] as number
      if (marked === 0 || side[end] !== way || !((chance[i] as number) <= falseShare)) return []
      const run = (marked & ~rule.outside) !== 0
      const since = run
        ? changePoint(series, way)
        : runStart(points, (k) => {
            const place = i * points + k
            return side[place] === way && ((flags[place] as number) & rule.outside) !== 0
          })
      if (points - since > longestSudden) return []
      const from = average(series.subarray(0, since)) ?? (centre[end] as number)
      const to = average(series.subarray(since)) ?? (series.at(-1) as number)
      const own = knowsWhole ? ownMove(panel, at, first + since) : to - from
      // Where mostly the whole moved, this one hardly changed.
      if (!(way * own >= (way * (to - from)) / 2)) return []
      const worse = way > 0 === (panel.better === 'lower')
      return [{ at, worse, since: first + since, from, to, by: 'chart' }]
    })
  })
  return { changes, watched: long.length, ofWhole: knowsWhole }
}

/** By how much its own level moved, whatever the whole did; NaN where it has no values before. */
function ownMove(panel: Panel, at: number, since: number): number {
  const own = seriesOf(panel.values, at)
  const start = Math.max(0, own.length - chartPoints.most)
  const before = average(own.subarray(start, since)) ?? Number.NaN
  return (average(own.subarray(since)) ?? Number.NaN) - before
}

function average(values: Float64Array): number | null {
  const known = values.filter((x) => !Number.isNaN(x))
  return known.length === 0 ? null : known.reduce((sum, x) => sum + x, 0) / known.length
}

/**
 * How likely it is that, without any change, the latest points or the last one lie so far to one side of
 * those before: the smaller of two one-sided t tests, times two. Their spread is that of the moving
 * ranges before, which a slow drift does not widen.
 * @param way 1 for upward, -1 for downward.
 * @param wider what the spread is multiplied by, for what taking out seasons took from it.
 */
export function chanceOf(series: Float64Array, way: number, wider = 1): number {
  const known = series.filter((x) => !Number.isNaN(x))
  const before = known.subarray(0, known.length - latestPoints)
  const recent = known.subarray(known.length - latestPoints)
  const m = before.length
  if (m < 3) return 1
  const usual = average(before) as number
  let ranges = 0
  for (let i = 1; i < m; i++) ranges += Math.abs((before[i] as number) - (before[i - 1] as number))
  const deviation = (wider * ranges) / (m - 1) / 1.128
  // Points that are all alike show no spread to judge a change by.
  if (!(deviation > 0)) return 1
  const tail = (difference: number, of: number): number =>
    tCdf((-way * difference) / (deviation * Math.sqrt(1 / of + 1 / m)), m - 1)
  const level = tail((average(recent) as number) - usual, recent.length)
  const last = tail((known.at(-1) as number) - usual, 1)
  return Math.min(1, 2 * Math.min(level, last))
}
