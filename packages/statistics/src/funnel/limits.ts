import { criticalValue, gammaQuantile } from '../distributions.ts'
import { checkConfidence, checkFinite, checkPositive, StatisticsError } from '../errors.ts'
import type { Intervals } from '../interval.ts'
import { interpolatedBinomial, interpolatedPoisson, touchingCount } from './discrete.ts'

export interface ProportionFunnelOptions {
  /** Default 0.95; funnels mostly show 0.95 and 0.998. */
  readonly confidence?: number
  /**
   * `score` is θ ± z√(θ(1 - θ)/n), which is also where Wilson's interval would just touch θ (UKHSA's
   * Fingertips); `exact` interpolates between the binomial's steps (Spiegelhalter 2005, appendix).
   * Default `score`.
   */
  readonly method?: 'score' | 'exact'
}

/**
 * The limits between which a unit's proportion lies by chance alone when its true one is the target.
 *
 * @param ns a column of denominators, above 0.
 * @param target the proportion that all are compared with, 0 < target < 1.
 * @returns limits within 0 to 1; NaN where a denominator is none.
 * @throws StatisticsError naming `target` or `confidence`.
 * @example proportionFunnel(Float64Array.of(100), 0.2).upper[0] // 0.2783…
 */
export function proportionFunnel(
  ns: Float64Array,
  target: number,
  { confidence = 0.95, method = 'score' }: ProportionFunnelOptions = {},
): Intervals {
  checkConfidence(confidence)
  if (!(target > 0 && target < 1)) {
    throw new StatisticsError('target', `${target} does not lie between 0 and 1`)
  }
  const z = criticalValue(confidence)
  const tail = (1 - confidence) / 2
  const lower = new Float64Array(ns.length)
  const upper = new Float64Array(ns.length)
  for (let i = 0; i < ns.length; i++) {
    const n = ns[i] as number
    if (!(n > 0 && n < Number.POSITIVE_INFINITY)) {
      lower[i] = Number.NaN
      upper[i] = Number.NaN
    } else if (method === 'exact') {
      lower[i] = interpolatedBinomial(tail, n, target) / n
      upper[i] = interpolatedBinomial(1 - tail, n, target) / n
    } else {
      const half = z * Math.sqrt((target * (1 - target)) / n)
      lower[i] = Math.max(0, target - half)
      upper[i] = Math.min(1, target + half)
    }
  }
  return { lower, upper }
}

export interface RatioFunnelOptions {
  /** Default 0.95. */
  readonly confidence?: number
  /** The ratio that all are compared with, above 0; default 1. */
  readonly target?: number
  /**
   * `inverse` is where the exact interval of the observed events would just touch the target (UKHSA's
   * Fingertips); `gamma` takes the exact interval of as many events as are expected (FunnelPlotR);
   * `exact` interpolates between the Poisson's steps (Spiegelhalter 2005); `normal` is
   * θ ± z√(θ/E); `log` is θ exp(± z/√(θE)); `square-root` is (√θ ± z/2√E)². Default `inverse`.
   */
  readonly method?: 'inverse' | 'gamma' | 'exact' | 'normal' | 'log' | 'square-root'
}

/**
 * The limits between which observed over expected lies by chance alone when the true ratio is the target.
 *
 * @param expected a column of expected events, above 0.
 * @returns limits from 0 up; NaN where nothing is expected.
 * @throws StatisticsError naming `target` or `confidence`.
 * @example ratioFunnel(Float64Array.of(100)).upper[0] // 1.2055…
 */
export function ratioFunnel(
  expected: Float64Array,
  { confidence = 0.95, target = 1, method = 'inverse' }: RatioFunnelOptions = {},
): Intervals {
  checkConfidence(confidence)
  checkPositive('target', target)
  const z = criticalValue(confidence)
  const tail = (1 - confidence) / 2
  const lower = new Float64Array(expected.length)
  const upper = new Float64Array(expected.length)
  for (let i = 0; i < expected.length; i++) {
    const e = expected[i] as number
    const known = e > 0 && e < Number.POSITIVE_INFINITY
    lower[i] = known ? ratioLimit(e, target, tail, -z, method) : Number.NaN
    upper[i] = known ? ratioLimit(e, target, 1 - tail, z, method) : Number.NaN
  }
  return { lower, upper }
}

function ratioLimit(
  expected: number,
  target: number,
  p: number,
  z: number,
  method: NonNullable<RatioFunnelOptions['method']>,
): number {
  const events = expected * target
  switch (method) {
    case 'inverse':
      return touchingCount(p, events) / expected
    case 'gamma':
      return gammaQuantile(p, z < 0 ? events : events + 1) / expected
    case 'exact':
      return interpolatedPoisson(p, events) / expected
    case 'normal':
      return Math.max(0, target + z * Math.sqrt(target / expected))
    case 'log':
      return target * Math.exp(z / Math.sqrt(events))
    case 'square-root':
      return Math.max(0, Math.sqrt(target) + z / (2 * Math.sqrt(expected))) ** 2
  }
}

export interface RateFunnelOptions extends Omit<RatioFunnelOptions, 'target'> {
  /** What the rates and the target are per; default 100,000. */
  readonly multiplier?: number
}

/**
 * The limits between which a crude rate lies by chance alone when the true one is the target: those of the
 * ratio to the events that the target would give.
 *
 * @param denominators a column of exposures, above 0.
 * @param target the rate that all are compared with, above 0, per `multiplier`.
 * @returns limits per `multiplier`; NaN where a denominator is none.
 * @throws StatisticsError naming `target`, `multiplier` or `confidence`.
 * @example rateFunnel(Float64Array.of(10000), 1000, { multiplier: 100000 }).upper[0] // 1205.5…
 */
export function rateFunnel(
  denominators: Float64Array,
  target: number,
  { multiplier = 100_000, ...options }: RateFunnelOptions = {},
): Intervals {
  checkPositive('target', target)
  checkPositive('multiplier', multiplier)
  const expected = denominators.map((n) => (n * target) / multiplier)
  const limits = ratioFunnel(expected, options)
  for (const column of [limits.lower, limits.upper]) {
    for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) * target
  }
  return limits
}

/**
 * The limits of a standardised rate, or of any estimate with a standard error, when the true value is the
 * target: target ± z·error, or on the log scale target·exp(± z·error/target).
 *
 * @param errors a column of standard errors, 0 or more, in the unit of the target.
 * @param target the value that all are compared with; above 0 on the log scale.
 * @throws StatisticsError naming `target` or `confidence`.
 * @example estimateFunnel(Float64Array.of(10), 500).lower[0] // 480.4…
 */
export function estimateFunnel(
  errors: Float64Array,
  target: number,
  { confidence = 0.95, scale = 'linear' }: { confidence?: number; scale?: 'linear' | 'log' } = {},
): Intervals {
  checkConfidence(confidence)
  if (scale === 'log') checkPositive('target', target)
  else checkFinite('target', target)
  const z = criticalValue(confidence)
  const half = (error: number): number => (error >= 0 ? z * error : Number.NaN)
  return scale === 'log'
    ? {
        lower: errors.map((error) => target * Math.exp(-half(error) / target)),
        upper: errors.map((error) => target * Math.exp(half(error) / target)),
      }
    : {
        lower: errors.map((error) => target - half(error)),
        upper: errors.map((error) => target + half(error)),
      }
}
