import { checkPositive, StatisticsError } from '../errors.ts'
import type { ChartColumns, ChartOptions, ControlChart, Improvement } from './chart.ts'
import { checkDenominators, checkValues, stepEnds } from './chart-checks.ts'
import { markStep, type Rules } from './rules.ts'
import { type LimitRules, type Scale, stepLimits, timePower } from './step-limits.ts'
import { assuranceAt, assurances, lastPoint, variationAt, variations } from './verdicts.ts'

/**
 * A control chart: centre and limits of each step, the points that show special cause by NHS England's
 * Making Data Count rules, and the verdicts of the last point. Limits are those of NHSRplotthedots (`xmr`)
 * and qicharts2 (the others; Montgomery; Laney 2002 for the primes).
 *
 * @param values measurements; counts for `p`, `u`, `c` and the primes; cases or times between events for
 *   `g` and `t`. NaN is a point without a value.
 * @param denominators for `p`, `u` and the primes, a column as long, else left out.
 * @returns columns as long; limits stay within what can be (0 to 1 for proportions, 0 up for counts).
 * @throws StatisticsError naming the argument: denominators that are missing or too many, a count above its
 *   denominator or below 0, a time of 0, steps that do not rise.
 * @example controlChart(Float64Array.of(1, 2, 1, 2, 1, 2, 9)).flags // [0, 0, 0, 0, 0, 0, 1]
 */
export function controlChart(
  values: Float64Array,
  denominators?: Float64Array,
  options: ChartOptions = {},
): ControlChart {
  checkValues(values, denominators, options.kind ?? 'xmr')
  const charts = controlCharts(values, denominators, values.length, options)
  return {
    ...charts,
    variation: variations[charts.variation[0] ?? 0] ?? 'common-cause',
    assurance: assurances[charts.assurance[0] ?? 0] ?? 'none',
  }
}

/** Charts of many series, their columns one after the other, and two verdicts for each series. */
export interface ControlCharts extends ChartColumns {
  /** For each series an index into {@link variations}. */
  readonly variation: Uint8Array
  /** For each series an index into {@link assurances}. */
  readonly assurance: Uint8Array
}

/**
 * controlChart of many series at once, with the same options for all; nothing is allocated for each series
 * (but a copy of a step for the median of `g`). What the single form refuses is a point without a value.
 *
 * @param values the series one after the other.
 * @param denominators as long, for the kinds that need them, else undefined.
 * @param points how many points each series has.
 * @throws StatisticsError naming the argument.
 * @example controlCharts(Float64Array.of(1, 2, 1, 2, 2, 1), undefined, 3).centre
 * // [1.3333…, 1.3333…, 1.3333…, 1.6666…, 1.6666…, 1.6666…]
 */
export function controlCharts(
  values: Float64Array,
  denominators: Float64Array | undefined,
  points: number,
  options: ChartOptions = {},
): ControlCharts {
  const kind = options.kind ?? 'xmr'
  const ns = checkDenominators(values, denominators, kind)
  const series = points === 0 ? 0 : values.length / points
  if (!Number.isInteger(series)) {
    throw new StatisticsError('values', `has no whole number of series of ${points} points`)
  }
  const ends = stepEnds(options.steps ?? [], points)
  const sigmas = options.sigmas ?? 3
  checkPositive('sigmas', sigmas)
  const rules: Rules = { outside: true, shift: 7, trend: 7, twoOfThree: true, ...options.rules }
  const limitRules: LimitRules = {
    kind,
    perRange: (options.factor ?? (kind === 'xmr' ? 2.66 : 3 / 1.128)) / 3,
    screen: options.screen ?? kind === 'xmr',
  }
  checkPositive('factor', limitRules.perRange)
  const baseline = options.baseline ?? points
  if (!(baseline >= 1) && points > 0) {
    throw new StatisticsError('baseline', `${baseline} is not 1 or more`)
  }
  const column = (): Float64Array => new Float64Array(values.length)
  const scale: Scale = { point: column(), centre: column(), middle: column(), deviation: column() }
  const flags = new Uint8Array(values.length)
  const side = new Int8Array(values.length)
  plot(scale.point, values, ns, kind)
  for (let start = 0; start < values.length; start += points) {
    let from = start
    for (const end of ends) {
      const to = start + end
      stepLimits(scale, values, ns, from, to, Math.min(to, from + baseline), limitRules)
      markStep(flags, side, scale, from, to, sigmas, rules)
      from = to
    }
  }
  const columns = { ...outward(scale, kind, sigmas), flags, side }
  return { ...columns, ...judge(columns, points, series, options) }
}

/** What is plotted, on the scale of the limits; NaN where a point has no value. */
function plot(
  point: Float64Array,
  values: Float64Array,
  ns: Float64Array | undefined,
  kind: string,
): void {
  const most = kind === 'p' || kind === 'p-prime' ? 1 : Number.POSITIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number
    let y = ns ? x / (ns[i] as number) : x
    if (ns ? !((ns[i] as number) > 0 && x >= 0 && y <= most) : kind !== 'xmr' && !(x >= 0)) {
      y = Number.NaN
    }
    if (kind === 't') y = x > 0 ? x ** (1 / timePower) : Number.NaN
    point[i] = Number.isFinite(y) ? y : Number.NaN
  }
}

/** From the scale of the limits to the unit of the points. */
function outward(
  { point, centre, middle, deviation }: Scale,
  kind: string,
  sigmas: number,
): Pick<ChartColumns, 'value' | 'centre' | 'lower' | 'upper'> {
  const lower = new Float64Array(point.length)
  const upper = new Float64Array(point.length)
  const least = kind === 'xmr' ? Number.NEGATIVE_INFINITY : 0
  const most = kind === 'p' || kind === 'p-prime' ? 1 : Number.POSITIVE_INFINITY
  for (let i = 0; i < point.length; i++) {
    const half = sigmas * (deviation[i] as number)
    lower[i] = Math.max(least, (middle[i] as number) - half)
    upper[i] = Math.min(most, (middle[i] as number) + half)
    if (kind !== 't') continue
    lower[i] = (lower[i] as number) ** timePower
    upper[i] = (upper[i] as number) ** timePower
    point[i] = (point[i] as number) ** timePower
    centre[i] = (centre[i] as number) ** timePower
  }
  return { value: point, centre, lower, upper }
}

function judge(
  columns: ChartColumns,
  points: number,
  series: number,
  { improvement = 'neutral', target }: ChartOptions,
): { variation: Uint8Array; assurance: Uint8Array } {
  const variation = new Uint8Array(series)
  const assurance = new Uint8Array(series)
  for (let s = 0; s < series; s++) {
    const at = lastPoint(columns, s * points, (s + 1) * points)
    if (at < 0) continue
    variation[s] = variationCode(
      columns.flags[at] as number,
      columns.side[at] as number,
      improvement,
    )
    const lower = columns.lower[at] as number
    const upper = columns.upper[at] as number
    assurance[s] = assurances.indexOf(assuranceAt({ lower, upper }, target, improvement))
  }
  return { variation, assurance }
}

const variationCode = (flags: number, side: number, improvement: Improvement): number =>
  variations.indexOf(variationAt({ flags, side }, improvement))
