import { type BetaBinomialFit, type BetaOfUnits, fitBetaBinomial } from './beta-binomial.ts'
import { fitGammaPoisson, type GammaOfUnits, type GammaPoissonFit } from './gamma-poisson.ts'
import { type BetweenMethod, fitNormalNormal, type NormalNormalFit } from './normal-normal.ts'

/** What is known of each unit after its own figures and the others': a distribution, as two columns. */
export type Posterior =
  | { readonly family: 'beta'; readonly a: Float64Array; readonly b: Float64Array }
  | { readonly family: 'gamma'; readonly shape: Float64Array; readonly rate: Float64Array }
  | { readonly family: 'normal'; readonly mean: Float64Array; readonly sd: Float64Array }

/** Shrunken estimates, a column each. */
export interface Shrunken<Fit> {
  /** The posterior mean of each unit: between its own value and the mean of all. */
  readonly estimates: Float64Array
  /** How much of each unit's estimate is its own value: 0 (all from the others) to 1. */
  readonly reliability: Float64Array
  readonly posterior: Posterior
  readonly fit: Fit
}

// A size or shape of Infinity has no draws: this leaves a spread of a millionth of the mean.
const greatest = 1e12

/**
 * Proportions shrunken towards the mean of all, the more the fewer a unit counts (beta-binomial
 * empirical Bayes): (count + mean x size) / (n + size). Where the units differ no more than by chance,
 * every estimate is the mean.
 *
 * @param counts of each unit, 0 to n. @param ns of each, from 0 up; a unit with none gets the mean.
 * @throws StatisticsError naming the argument.
 * @example shrinkProportions(Float64Array.of(0, 50, 99), Float64Array.of(3, 100, 100)).estimates[0] // 0.1…
 */
export function shrinkProportions(
  counts: Float64Array,
  ns: Float64Array,
  options: { confidence?: number } = {},
): Shrunken<BetaBinomialFit> {
  const fit = fitBetaBinomial(counts, ns, options)
  return { ...proportionsTowards(counts, ns, fit), fit }
}

/**
 * shrinkProportions towards a distribution of units that is already known.
 * @example proportionsTowards(Float64Array.of(0), Float64Array.of(10), { mean: 0.5, size: 10 }).estimates // [0.25]
 */
export function proportionsTowards(
  counts: Float64Array,
  ns: Float64Array,
  { mean, size }: BetaOfUnits,
): Omit<Shrunken<BetaOfUnits>, 'fit'> {
  const estimates = new Float64Array(counts.length)
  const reliability = new Float64Array(counts.length)
  const a = new Float64Array(counts.length)
  const b = new Float64Array(counts.length)
  const whole = Math.min(size, greatest)
  for (let i = 0; i < counts.length; i++) {
    const n = ns[i] as number
    const own = size === Number.POSITIVE_INFINITY ? 0 : n / (n + size)
    reliability[i] = own
    estimates[i] = own === 0 ? mean : mean + own * ((counts[i] as number) / n - mean)
    a[i] = (counts[i] as number) + mean * whole
    b[i] = n - (counts[i] as number) + (1 - mean) * whole
  }
  return { estimates, reliability, posterior: { family: 'beta', a, b } }
}

/**
 * Rates, or ratios of observed to expected, shrunken towards the mean of all (gamma-Poisson empirical
 * Bayes, Clayton and Kaldor 1987): (count + shape) / (exposure + shape / mean).
 *
 * @param counts of events, from 0 up. @param exposures person-years or expected events, above 0.
 * @throws StatisticsError naming the argument.
 * @example shrinkRates(Float64Array.of(0, 10, 30), Float64Array.of(1, 10, 10)).estimates[0] // 1.0049…
 */
export function shrinkRates(
  counts: Float64Array,
  exposures: Float64Array,
  options: { confidence?: number } = {},
): Shrunken<GammaPoissonFit> {
  const fit = fitGammaPoisson(counts, exposures, options)
  return { ...ratesTowards(counts, exposures, fit), fit }
}

/**
 * shrinkRates towards a distribution of units that is already known.
 * @example ratesTowards(Float64Array.of(0), Float64Array.of(5), { mean: 1, shape: 5 }).estimates // [0.5]
 */
export function ratesTowards(
  counts: Float64Array,
  exposures: Float64Array,
  { mean, shape }: GammaOfUnits,
): Omit<Shrunken<GammaOfUnits>, 'fit'> {
  const estimates = new Float64Array(counts.length)
  const reliability = new Float64Array(counts.length)
  const shapes = new Float64Array(counts.length)
  const rates = new Float64Array(counts.length)
  const whole = Math.min(shape, greatest)
  for (let i = 0; i < counts.length; i++) {
    const exposure = exposures[i] as number
    const own =
      shape === Number.POSITIVE_INFINITY ? 0 : (exposure * mean) / (exposure * mean + shape)
    reliability[i] = own
    estimates[i] = own === 0 ? mean : mean + own * ((counts[i] as number) / exposure - mean)
    shapes[i] = (counts[i] as number) + whole
    rates[i] = exposure + whole / mean
  }
  return { estimates, reliability, posterior: { family: 'gamma', shape: shapes, rate: rates } }
}

/**
 * Values shrunken towards the mean of all, the more the larger their standard errors (normal-normal
 * empirical Bayes): mean + reliability x (value - mean), reliability = sd² / (sd² + standard error²).
 *
 * @param values of each unit. @param standardErrors of each, above 0.
 * @throws StatisticsError naming the argument.
 * @example shrinkValues(Float64Array.of(-2, 0, 2), Float64Array.of(1, 1, 1)).estimates[0] // -1.5
 */
export function shrinkValues(
  values: Float64Array,
  standardErrors: Float64Array,
  options: { method?: BetweenMethod; confidence?: number } = {},
): Shrunken<NormalNormalFit> {
  const fit = fitNormalNormal(values, standardErrors, options)
  const estimates = new Float64Array(values.length)
  const reliability = new Float64Array(values.length)
  const sd = new Float64Array(values.length)
  const variance = fit.sd * fit.sd
  for (let i = 0; i < values.length; i++) {
    const error = standardErrors[i] as number
    const own = variance / (variance + error * error)
    reliability[i] = own
    estimates[i] = fit.mean + own * ((values[i] as number) - fit.mean)
    sd[i] = error * Math.sqrt(own)
  }
  return { estimates, reliability, posterior: { family: 'normal', mean: estimates, sd }, fit }
}
