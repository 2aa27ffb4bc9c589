import { checkColumn, sum } from '../columns.ts'
import { criticalValue } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { ridits } from './ridits.ts'

/** Which index: see concentrationIndex. */
export type ConcentrationVariant = 'standard' | 'generalised' | 'erreygers' | 'wagstaff'

/** Options of concentrationIndex. */
export interface ConcentrationOptions {
  readonly variant?: ConcentrationVariant
  /** The least and the greatest value that could be; for `erreygers` and `wagstaff`; default 0 to 1. */
  readonly bounds?: readonly [number, number]
  readonly confidence?: number
}

/** People, or groups of people, in order from the worst off to the best off. */
export interface RankedHealth {
  /** The value of each. `standard` needs a mean above 0, the bounded variants values within bounds. */
  readonly values: Float64Array
  /** How many people each stands for; default 1 each. */
  readonly weights?: Float64Array
  /** The standard error of each group's value; without it, each value is taken as known. */
  readonly standardErrors?: Float64Array
}

/**
 * The concentration index of a value over a ranking of people, and its interval: below 0 where the poor
 * have more of it, 0 at equality, from -1 to 1.
 *
 *     C = 2 / mean x covariance(value, ridit), weighted
 *
 * which for groups is the same as the sum of p[t] L[t+1] - p[t+1] L[t] (O'Donnell and others 2008,
 * equation 8.3). The standard error is that of Kakwani, Wagstaff and van Doorslaer (1997), for the variants
 * by the same delta method, with the within part where `standardErrors` are given.
 *
 * - `standard` (the default, the World Bank's): values without an upper bound.
 * - `generalised`: mean x C, unchanged when everyone gets the same more.
 * - `erreygers` (2009): 4 x mean x C / (upper - lower); for bounded values, as a proportion: it is the
 *   same for health and for ill health, with the sign changed. A mean near a bound isn't blown up.
 * - `wagstaff` (2005): C x mean x (upper - lower) / ((upper - mean) (mean - lower)).
 *
 * @throws StatisticsError naming the argument.
 * @example concentrationIndex({ values: Float64Array.of(3, 2, 1) }).value // -0.2222…
 */
export function concentrationIndex(
  { values, weights = new Float64Array(values.length).fill(1), standardErrors }: RankedHealth,
  { variant = 'standard', bounds = [0, 1], confidence = 0.95 }: ConcentrationOptions = {},
): Estimate & { readonly standardError: number } {
  checkConfidence(confidence)
  checkColumn('values', values, 'finite')
  checkColumn('weights', weights, 'from-0', values.length)
  const places = ridits(weights)
  const total = sum(weights)
  let mean = 0
  for (let i = 0; i < values.length; i++)
    mean += ((weights[i] as number) / total) * (values[i] as number)
  checkBounds(variant, values, mean, bounds)
  let moment = 0
  for (let i = 0; i < values.length; i++) {
    moment +=
      ((weights[i] as number) / total) * (values[i] as number) * (2 * (places[i] as number) - 1)
  }
  const { scale, slope } = scaleOf(variant, mean, bounds)
  const parts = { values, weights, total, places, mean, moment, standardErrors }
  const standardError = standardErrorOf(parts, scale, slope)
  const value = moment * scale
  const width = criticalValue(confidence) * standardError
  return { value, lower: value - width, upper: value + width, standardError }
}

/** What mean x C is multiplied by, and how that changes with the mean. */
function scaleOf(
  variant: ConcentrationVariant,
  mean: number,
  [low, high]: readonly [number, number],
): { scale: number; slope: number } {
  if (variant === 'generalised') return { scale: 1, slope: 0 }
  if (variant === 'erreygers') return { scale: 4 / (high - low), slope: 0 }
  if (variant === 'wagstaff') {
    const room = (high - mean) * (mean - low)
    return {
      scale: (high - low) / room,
      slope: ((high - low) * (2 * mean - high - low)) / room ** 2,
    }
  }
  return { scale: 1 / mean, slope: -1 / mean ** 2 }
}

function checkBounds(
  variant: ConcentrationVariant,
  values: Float64Array,
  mean: number,
  [low, high]: readonly [number, number],
): void {
  if (variant === 'standard' && !(mean > 0)) {
    throw new StatisticsError('values', `their mean, ${mean}, is not above 0`)
  }
  if (variant !== 'erreygers' && variant !== 'wagstaff') return
  if (!(low < high && Number.isFinite(high - low))) {
    throw new StatisticsError('bounds', `${low} to ${high} is no range`)
  }
  const out = values.findIndex((value) => value < low || value > high)
  if (out >= 0) {
    throw new StatisticsError(
      'values',
      `number ${out}, ${values[out]}, lies outside ${low} to ${high}`,
    )
  }
  if (variant === 'wagstaff' && (mean === low || mean === high)) {
    throw new StatisticsError('values', `all lie at a bound, ${mean}`)
  }
}

interface Parts {
  readonly values: Float64Array
  readonly weights: Float64Array
  readonly total: number
  readonly places: Float64Array
  readonly mean: number
  readonly moment: number
  readonly standardErrors: Float64Array | undefined
}

/**
 * Of s(mean) x M, M = mean x C, by the delta method. Each value moves it by
 * a = s (value (2 R - 1) + 2 mean - q[t-1] - q[t]) + s' M value, where q is the concentration curve times
 * the mean; the variance is that of a over n, plus the within part, the sum of
 * f (s (2 R - 1) + s' M)² sigma² / n. With s = 1 / mean it is Kakwani and others' (1997).
 */
function standardErrorOf(
  { values, weights, total, places, mean, moment, standardErrors }: Parts,
  scale: number,
  slope: number,
): number {
  const n = standardErrors ? total : values.length
  let curve = 0
  let average = 0
  let squares = 0
  let within = 0
  for (let i = 0; i < values.length; i++) {
    const share = (weights[i] as number) / total
    const value = values[i] as number
    const before = curve
    curve += share * value
    const rank = 2 * (places[i] as number) - 1
    const a = scale * (value * rank + 2 * mean - before - curve) + slope * moment * value
    average += share * a
    squares += share * a * a
    if (standardErrors) {
      // A group's sigma² is its standard error² times its people, of which it has n x share.
      const lean = scale * rank + slope * moment
      within += (share * lean * (standardErrors[i] as number)) ** 2
    }
  }
  if (standardErrors) checkColumn('standardErrors', standardErrors, 'from-0', values.length)
  const between = Math.max(0, (squares - average ** 2) / n)
  return Math.sqrt(between + within)
}
