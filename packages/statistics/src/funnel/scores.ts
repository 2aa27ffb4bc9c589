import { checkFinite, checkLength, checkPositive, StatisticsError } from '../errors.ts'

/**
 * The units of a funnel, a column each: proportions (counts of ns), ratios of observed to expected, rates
 * (counts over denominators), or estimates with standard errors (standardised rates, means).
 * `target` is what all are compared with; by default the whole group's own value (1 for ratios, the mean
 * weighted by 1/error² for estimates).
 */
export type FunnelUnits =
  | {
      readonly kind: 'proportion'
      readonly counts: Float64Array
      readonly ns: Float64Array
      readonly target?: number
    }
  | {
      readonly kind: 'ratio'
      readonly observed: Float64Array
      readonly expected: Float64Array
      readonly target?: number
    }
  | {
      readonly kind: 'rate'
      readonly counts: Float64Array
      readonly denominators: Float64Array
      readonly target?: number
    }
  | {
      readonly kind: 'estimate'
      readonly values: Float64Array
      readonly errors: Float64Array
      readonly target?: number
    }

/**
 * The scale that z-scores are taken on: `none`; `log` for ratios and rates (NHS England's SHMI);
 * `square-root` for ratios and rates (the Care Quality Commission); `arcsine` for proportions (the
 * same; FunnelPlotR).
 */
export type FunnelScale = 'none' | 'log' | 'square-root' | 'arcsine'

/** Units on one scale: their values, what is expected of all, standard errors and z-scores. */
export interface FunnelScores {
  readonly scale: FunnelScale
  /** The target on its own scale, in the unit of the values. */
  readonly target: number
  /** Values in their own unit; NaN where a unit has none. */
  readonly value: Float64Array
  /** Standard errors on the scale, if the target were true. */
  readonly error: Float64Array
  /** (transformed value - transformed target) / error; NaN where a unit has no value. */
  readonly z: Float64Array
}

/**
 * The z-scores of units against a target (Spiegelhalter 2005).
 *
 * @param units columns of one length.
 * @param scale default `none`.
 * @throws StatisticsError naming the argument: columns that differ in length, a scale that does not go with
 *   the kind, a target that cannot be.
 * @example funnelScores({
 *   kind: 'ratio', observed: Float64Array.of(120), expected: Float64Array.of(100),
 * }).z[0] // 2
 */
export function funnelScores(units: FunnelUnits, scale: FunnelScale = 'none'): FunnelScores {
  const { value, weight, target } = valuesOf(units)
  if (scale === 'arcsine' ? units.kind !== 'proportion' : !allowed(units.kind, scale)) {
    throw new StatisticsError('scale', `${scale} does not go with units of kind ${units.kind}`)
  }
  const middle = transform(scale, target)
  const error = new Float64Array(value.length)
  const z = new Float64Array(value.length)
  for (let i = 0; i < value.length; i++) {
    const w = weight[i] as number
    const e = errorOf(units.kind, scale, target, w)
    error[i] = e
    let v = value[i] as number
    // Nothing observed has no logarithm: half an event stands in for none.
    if (scale === 'log' && v === 0) v = 0.5 / w
    z[i] = (transform(scale, v) - middle) / e
  }
  return { scale, target, value, error, z }
}

const allowed = (kind: FunnelUnits['kind'], scale: FunnelScale): boolean =>
  scale === 'none' || kind === 'ratio' || kind === 'rate'

function transform(scale: FunnelScale, x: number): number {
  if (scale === 'log') return Math.log(x)
  if (scale === 'square-root') return Math.sqrt(x)
  return scale === 'arcsine' ? Math.asin(Math.sqrt(x)) : x
}

/** From the scale back to the values' own unit; outside of what can be, the nearest that can. */
export function untransform(scale: FunnelScale, x: number): number {
  if (scale === 'log') return Math.exp(x)
  if (scale === 'square-root') return Math.max(0, x) ** 2
  return scale === 'arcsine' ? Math.sin(Math.min(Math.PI / 2, Math.max(0, x))) ** 2 : x
}

export const transformed = transform

// `weight` is n, expected events, exposure, or the standard error itself.
function errorOf(
  kind: FunnelUnits['kind'],
  scale: FunnelScale,
  target: number,
  weight: number,
): number {
  if (kind === 'estimate') return weight
  if (scale === 'arcsine' || scale === 'square-root') return 1 / (2 * Math.sqrt(weight))
  if (scale === 'log') return 1 / Math.sqrt(target * weight)
  const variance = kind === 'proportion' ? target * (1 - target) : target
  return Math.sqrt(variance / weight)
}

function valuesOf(units: FunnelUnits): {
  value: Float64Array
  weight: Float64Array
  target: number
} {
  if (units.kind === 'estimate') {
    checkLength('errors', units.errors, units.values.length)
    const value = units.values.map((v, i) => ((units.errors[i] as number) > 0 ? v : Number.NaN))
    const target = units.target ?? weightedMean(value, units.errors)
    checkFinite('target', target)
    return { value, weight: units.errors, target }
  }
  const [counts, weight, name] =
    units.kind === 'proportion'
      ? ([units.counts, units.ns, 'ns'] as const)
      : units.kind === 'rate'
        ? ([units.counts, units.denominators, 'denominators'] as const)
        : ([units.observed, units.expected, 'expected'] as const)
  checkLength(name, weight, counts.length)
  const most = units.kind === 'proportion' ? 1 : Number.POSITIVE_INFINITY
  const value = counts.map((count, i) => {
    const share = count / (weight[i] as number)
    return count >= 0 && (weight[i] as number) > 0 && share <= most ? share : Number.NaN
  })
  const target = units.target ?? (units.kind === 'ratio' ? 1 : pooled(value, weight))
  checkPositive('target', target)
  if (units.kind === 'proportion' && target >= 1) {
    throw new StatisticsError('target', `${target} does not lie between 0 and 1`)
  }
  return { value, weight, target }
}

function pooled(value: Float64Array, weight: Float64Array): number {
  let count = 0
  let total = 0
  for (let i = 0; i < value.length; i++) {
    if (Number.isNaN(value[i])) continue
    count += (value[i] as number) * (weight[i] as number)
    total += weight[i] as number
  }
  return count / total
}

function weightedMean(value: Float64Array, errors: Float64Array): number {
  return pooled(
    value,
    errors.map((error) => 1 / (error * error)),
  )
}
