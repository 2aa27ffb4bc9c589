import { criticalValue } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Intervals } from '../interval.ts'
import {
  type OverDispersion,
  type OverDispersionOptions,
  overDispersion,
} from './over-dispersion.ts'
import {
  type FunnelScale,
  type FunnelUnits,
  funnelScores,
  transformed,
  untransform,
} from './scores.ts'

export interface FunnelOptions extends OverDispersionOptions {
  /** Rising, each between 0 and 1; default 0.95 and 0.998. */
  readonly confidences?: readonly number[]
  /** Default `none`. */
  readonly scale?: FunnelScale
  /**
   * `none`; `multiplicative` widens the limits by √φ where φ is above 1; `additive` adds τ² to each
   * unit's variance (what Spiegelhalter 2005 advises and SHMI and CQC do). Default `none`.
   */
  readonly dispersion?: 'none' | 'multiplicative' | 'additive'
}

/** A funnel: limits for each unit at each confidence, and what each unit is by them. */
export interface Funnel {
  readonly target: number
  /** Values in their own unit; NaN where a unit has none. */
  readonly value: Float64Array
  /** z-scores with the over-dispersion that was asked for. */
  readonly z: Float64Array
  /** For each confidence, in order, the limits of each unit, in the unit of the values. */
  readonly limits: readonly Intervals[]
  /**
   * How many confidences a unit lies outside of: below 0 under the limits, above 0 over them, 0 within;
   * {@link noVerdict} where a unit has no value.
   */
  readonly verdict: Int8Array
  readonly dispersion: OverDispersion
}

/** The verdict of a unit without a value. */
export const noVerdict = -128

/**
 * A funnel plot's mathematics: the target, each unit's limits around it, with over-dispersion if asked
 * for, and each unit's verdict (Spiegelhalter 2005; Spiegelhalter and others 2012).
 *
 * @param units columns of one length; up to millions, nothing is allocated for each.
 * @throws StatisticsError naming the argument.
 * @example funnel({
 *   kind: 'ratio', observed: Float64Array.of(100, 131, 60), expected: Float64Array.of(100, 100, 100),
 * }).verdict // [0, 2, -2]
 */
export function funnel(
  units: FunnelUnits,
  { confidences = [0.95, 0.998], scale = 'none', dispersion = 'none', ...trim }: FunnelOptions = {},
): Funnel {
  confidences.forEach((confidence, i) => {
    checkConfidence(confidence)
    if (confidence <= (confidences[i - 1] ?? 0)) {
      throw new StatisticsError('confidences', 'must rise')
    }
  })
  const scores = funnelScores(units, scale)
  const found = overDispersion(scores.z, scores.error, trim)
  const middle = transformed(scale, scores.target)
  const wider = dispersion === 'multiplicative' ? Math.sqrt(Math.max(1, found.phi)) : 1
  const between = dispersion === 'additive' ? found.tauSquared : 0
  const error = scores.error.map((e) => (between === 0 ? e * wider : Math.sqrt(e * e + between)))
  const limits = confidences.map((confidence): Intervals => {
    const critical = criticalValue(confidence)
    return {
      lower: error.map((e) => within(units, untransform(scale, middle - critical * e))),
      upper: error.map((e) => within(units, untransform(scale, middle + critical * e))),
    }
  })
  const z = scores.z.map((score, i) => (score * (scores.error[i] as number)) / (error[i] as number))
  return {
    target: scores.target,
    value: scores.value,
    z,
    limits,
    verdict: verdicts(scores.value, limits),
    dispersion: found,
  }
}

function within(units: FunnelUnits, limit: number): number {
  if (units.kind === 'estimate') return limit
  return units.kind === 'proportion' ? Math.min(1, Math.max(0, limit)) : Math.max(0, limit)
}

/**
 * How many of the given limits, from the innermost out, each value lies outside of: below 0 under them,
 * above 0 over them, 0 within, {@link noVerdict} where a value is NaN.
 * @example verdicts(Float64Array.of(1, 5), [{ lower: Float64Array.of(0, 0), upper: Float64Array.of(2, 2) }])
 * // [0, 1]
 */
export function verdicts(value: Float64Array, limits: readonly Intervals[]): Int8Array {
  const verdict = new Int8Array(value.length)
  for (const { lower, upper } of limits) {
    for (let i = 0; i < value.length; i++) {
      const v = value[i] as number
      if (v < (lower[i] as number)) verdict[i] = (verdict[i] as number) - 1
      else if (v > (upper[i] as number)) verdict[i] = (verdict[i] as number) + 1
    }
  }
  for (let i = 0; i < value.length; i++) if (Number.isNaN(value[i])) verdict[i] = noVerdict
  return verdict
}
