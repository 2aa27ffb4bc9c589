import { checkFinite, checkPositive, StatisticsError } from '../errors.ts'

export interface EwmaOptions {
  /** What the process should be at, in the unit of the values. */
  readonly target: number
  /** The standard deviation of a single value, above 0. */
  readonly deviation: number
  /** The weight of the newest value, above 0 up to 1. Default 0.2. */
  readonly weight?: number
  /** How many standard deviations of the average from the target the limits are. Default 3. */
  readonly sigmas?: number
}

/** An exponentially weighted moving average, an entry for each value. */
export interface Ewma {
  readonly average: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** 1 above the limits, -1 below them, 0 within. */
  readonly signal: Int8Array
}

/**
 * The exponentially weighted moving average chart (Roberts 1959; Montgomery, section 9.2): z = λx + (1 - λ)z,
 * from the target, with limits target ± Lσ√(λ/(2 - λ) (1 - (1 - λ)^2i)). It sees small shifts sooner than
 * single points do.
 *
 * @param values in order of time; after NaN the average stays as it was.
 * @throws StatisticsError naming the argument.
 * @example ewma(Float64Array.of(9.45, 7.99), { target: 10, deviation: 1, weight: 0.1, sigmas: 2.7 }).average
 * // [9.945, 9.7495]
 */
export function ewma(
  values: Float64Array,
  { target, deviation, weight = 0.2, sigmas = 3 }: EwmaOptions,
): Ewma {
  checkFinite('target', target)
  checkPositive('deviation', deviation)
  checkPositive('sigmas', sigmas)
  if (!(weight > 0 && weight <= 1)) {
    throw new StatisticsError('weight', `${weight} does not lie above 0 up to 1`)
  }
  const average = new Float64Array(values.length)
  const lower = new Float64Array(values.length)
  const upper = new Float64Array(values.length)
  const signal = new Int8Array(values.length)
  let last = target
  let fade = 1
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number
    if (!Number.isNaN(x)) last = weight * x + (1 - weight) * last
    fade *= (1 - weight) ** 2
    const half = sigmas * deviation * Math.sqrt((weight / (2 - weight)) * (1 - fade))
    average[i] = last
    lower[i] = target - half
    upper[i] = target + half
    signal[i] = last > target + half ? 1 : last < target - half ? -1 : 0
  }
  return { average, lower, upper, signal }
}
