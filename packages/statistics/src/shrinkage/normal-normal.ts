import { checkColumn, checkNotEmpty } from '../columns.ts'
import { chiSquaredQuantile } from '../distributions.ts'
import { checkConfidence } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { crossing } from './profile.ts'

/** How the variance between units is estimated: see fitNormalNormal. */
export type BetweenMethod = 'dersimonian-laird' | 'paule-mandel' | 'reml'

/** A normal distribution of units' true values. */
export interface NormalOfUnits {
  readonly mean: number
  readonly sd: number
}

/** The normal distribution that fits best, and those at the limits of its spread. */
export interface NormalNormalFit extends NormalOfUnits {
  /** The standard deviation of true values between units. */
  readonly betweenSd: Estimate
  readonly narrow: NormalOfUnits
  readonly wide: NormalOfUnits
  /** Cochran's Q about the mean weighted by precision, on units - 1 degrees of freedom. */
  readonly q: number
}

/**
 * How units' true values spread, beyond chance, when each has a known standard error: the normal-normal
 * model. The interval of the spread is Viechtbauer's Q-profile (2007), the same for every method, stretched to hold the value.
 *
 * - `dersimonian-laird` (1986; the default): moments, in one pass. Spiegelhalter's funnel plots and most
 *   meta-analyses use it.
 * - `paule-mandel` (1982): the variance at which Q equals its degrees of freedom. NICE prefers it.
 * - `reml`: restricted maximum likelihood, by Fisher's scoring; the default of R's metafor.
 *
 * @param values of each unit. @param standardErrors of each, above 0.
 * @throws StatisticsError naming the argument.
 * @example fitNormalNormal(Float64Array.of(-2, 0, 2), Float64Array.of(1, 1, 1)).sd // 1.7320…
 */
export function fitNormalNormal(
  values: Float64Array,
  standardErrors: Float64Array,
  {
    method = 'dersimonian-laird',
    confidence = 0.95,
  }: { method?: BetweenMethod; confidence?: number } = {},
): NormalNormalFit {
  checkConfidence(confidence)
  checkNotEmpty('values', values)
  checkColumn('values', values, 'finite')
  checkColumn('standardErrors', standardErrors, 'above-0', values.length)
  const at = (variance: number): Sums => sums(values, standardErrors, variance)
  const fixed = at(0)
  const freedom = values.length - 1
  const normal = (variance: number): NormalOfUnits => ({
    mean: at(variance).mean,
    sd: Math.sqrt(variance),
  })
  if (freedom === 0) {
    const only = { mean: fixed.mean, sd: 0 }
    const betweenSd = { value: 0, lower: 0, upper: Number.POSITIVE_INFINITY }
    return { ...only, betweenSd, narrow: only, wide: only, q: 0 }
  }
  const variance =
    method === 'reml'
      ? reml(at, dersimonianLaird(fixed, freedom))
      : method === 'paule-mandel'
        ? varianceWhere(at, freedom)
        : dersimonianLaird(fixed, freedom)
  const tail = (1 - confidence) / 2
  const narrow = normal(varianceWhere(at, chiSquaredQuantile(1 - tail, freedom)))
  const wide = normal(varianceWhere(at, chiSquaredQuantile(tail, freedom)))
  const best = normal(variance)
  // Moments and Q-profile are different estimators: a limit may fall on the wrong side of the value.
  const lower = Math.min(narrow.sd, best.sd)
  const upper = Math.max(wide.sd, best.sd)
  return { ...best, betweenSd: { value: best.sd, lower, upper }, narrow, wide, q: fixed.q }
}

interface Sums {
  readonly mean: number
  readonly q: number
  /** Sums of the weights, of their squares and of their cubes. */
  readonly w1: number
  readonly w2: number
  readonly w3: number
  /** The sum of squared weights times squared distances. */
  readonly q2: number
}

function sums(values: Float64Array, standardErrors: Float64Array, variance: number): Sums {
  let w1 = 0
  let w2 = 0
  let w3 = 0
  let weighted = 0
  for (let i = 0; i < values.length; i++) {
    const w = 1 / ((standardErrors[i] as number) ** 2 + variance)
    w1 += w
    w2 += w * w
    w3 += w * w * w
    weighted += w * (values[i] as number)
  }
  const mean = weighted / w1
  let q = 0
  let q2 = 0
  for (let i = 0; i < values.length; i++) {
    const w = 1 / ((standardErrors[i] as number) ** 2 + variance)
    const away = ((values[i] as number) - mean) ** 2
    q += w * away
    q2 += w * w * away
  }
  return { mean, q, w1, w2, w3, q2 }
}

function dersimonianLaird({ q, w1, w2 }: Sums, freedom: number): number {
  return Math.max(0, (q - freedom) / (w1 - w2 / w1))
}

/** The variance at which the generalised Q falls to a value; 0 where it is below it from the start. */
function varianceWhere(at: (variance: number) => Sums, wanted: number): number {
  if (at(0).q <= wanted) return 0
  let high = 1 / at(0).w1
  while (at(high).q > wanted) high *= 2
  // On the logarithm, so that a variance of any size has the same number of digits.
  const scale = Math.log(high)
  let low = scale
  while (at(Math.exp(low)).q < wanted && low > scale - 60) low -= 1
  return Math.exp(crossing((x) => at(Math.exp(x)).q - wanted, scale, low))
}

/** Fisher's scoring of the restricted likelihood (Viechtbauer 2005, equation 14). */
function reml(at: (variance: number) => Sums, start: number): number {
  let variance = start
  for (let step = 0; step < 200; step++) {
    const { w1, w2, w3, q2 } = at(variance)
    const information = w2 - (2 * w3) / w1 + (w2 / w1) ** 2
    const next = Math.max(0, variance + (q2 - (w1 - w2 / w1)) / information)
    if (Math.abs(next - variance) <= 1e-12 * (variance + 1e-300)) return next
    variance = next
  }
  return variance
}
