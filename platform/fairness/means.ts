import { type Estimate, normalQuantile, tCdf, tQuantile } from '@plumbline/statistics'

/** Values of providers and how many people each stands for, a column each. */
export interface Weighted {
  readonly values: Float64Array
  /** Above 0. */
  readonly weights: Float64Array
}

/** A weighted mean with its interval, and how many providers it rests on. */
export interface Mean extends Estimate {
  readonly providers: number
  /** In the unit of the values. */
  readonly standardError: number
}

/** A gap with the chance of one as wide where there is none. */
export interface Gap extends Estimate {
  /** Two-sided, by Student's t; 1 where nothing varies, which proves nothing. */
  readonly p: number
}

const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0)

function meanOf({ values, weights }: Weighted): number {
  let total = 0
  for (let i = 0; i < values.length; i++) {
    total += (values[i] as number) * (weights[i] as number)
  }
  return total / sum(weights)
}

/**
 * How far each provider moves the weighted mean: its weight's share of its distance from it, so scaled
 * that the squares add up to the square of the mean's standard error (linearised over n providers).
 * At least two providers.
 */
export function pullsOf(of: Weighted): Float64Array {
  const [mean, whole, n] = [meanOf(of), sum(of.weights), of.values.length]
  const scale = Math.sqrt(n / (n - 1)) / whole
  return of.values.map((v, i) => scale * (of.weights[i] as number) * (v - mean))
}

/** The standard error that such pulls add up to. */
export const errorOf = (pulls: Iterable<number>): number => {
  let squares = 0
  for (const pull of pulls) squares += pull * pull
  return Math.sqrt(squares)
}

/** A 95% interval by Student's t. */
export function around(value: number, error: number, degrees: number): Estimate {
  const half = tQuantile(0.975, degrees) * error
  return { value, lower: value - half, upper: value + half }
}

/** What only rounding makes vary does not vary. */
export const varies = (error: number, ...sizes: number[]): boolean =>
  error > 1e-9 * Math.max(1, ...sizes.map(Math.abs))

/**
 * The mean of providers' values weighted by their people, with a 95% interval for how much it would differ
 * had other providers like these been counted: a ratio estimator, linearised (Cochran 1977, chapter 6), with
 * Student's t. It needs no counts, so that money has one too. Null for fewer than two providers.
 */
export function weightedMean(of: Weighted): Mean | null {
  const providers = of.values.length
  if (providers < 2) return null
  const mean = meanOf(of)
  const standardError = errorOf(pullsOf(of))
  return { ...around(mean, standardError, providers - 1), providers, standardError }
}

/** Welch's degrees of freedom for two separate sets, from the variance and the number of each. */
export function welchDegrees(a: number, n: number, b: number, m: number): number {
  return (a + b) ** 2 / (a ** 2 / (n - 1) + b ** 2 / (m - 1))
}

/** The gap between the means of two separate sets of providers, first less second: Welch's interval. */
export function gapOfMeans(first: Mean, second: Mean): Gap {
  const value = first.value - second.value
  const [a, b] = [first.standardError ** 2, second.standardError ** 2]
  const error = Math.sqrt(a + b)
  if (!varies(error, first.value, second.value)) return { value, lower: value, upper: value, p: 1 }
  const degrees = welchDegrees(a, first.providers, b, second.providers)
  return { ...around(value, error, degrees), p: 2 * tCdf(-Math.abs(value) / error, degrees) }
}

/**
 * The gap between two groups of people at the same providers, first less second: each provider counts in
 * both, so what is common to its two groups falls out. Providers are in the same order in both.
 */
export function gapWithin(first: Weighted, second: Weighted): Gap | null {
  const n = first.values.length
  if (n < 2) return null
  const [a, b] = [meanOf(first), meanOf(second)]
  const error = errorOf(pullsWithin(first, second))
  const value = a - b
  const p = varies(error, a, b) ? 2 * tCdf(-Math.abs(value) / error, n - 1) : 1
  return { ...around(value, error, n - 1), p }
}

/** How far each provider moves the gap between two groups at the same providers. */
export function pullsWithin(first: Weighted, second: Weighted): Float64Array {
  const [own, other] = [pullsOf(first), pullsOf(second)]
  return own.map((x, i) => x - (other[i] as number))
}

/** Does the whole interval of both lie above 0? Else "times as much" says nothing. */
const bothAboveNought = (first: Mean, second: Mean): boolean => first.lower > 0 && second.lower > 0

/**
 * How many times the second mean the first is, of two separate sets: by the delta method on the log scale,
 * with Welch's degrees of freedom there. Null where the interval of either reaches 0.
 */
export function ratioOfMeans(first: Mean, second: Mean): Estimate | null {
  if (!bothAboveNought(first, second)) return null
  const a = (first.standardError / first.value) ** 2
  const b = (second.standardError / second.value) ** 2
  const degrees = a + b === 0 ? 1 : welchDegrees(a, first.providers, b, second.providers)
  return timesAround(first.value / second.value, Math.sqrt(a + b), degrees)
}

/** The same of two groups at the same providers: what is common to a provider's two groups falls out. */
export function ratioWithin(first: Weighted, second: Weighted): Estimate | null {
  const [one, other] = [weightedMean(first), weightedMean(second)]
  if (!one || !other || !bothAboveNought(one, other)) return null
  const [own, others] = [pullsOf(first), pullsOf(second)]
  const error = errorOf(own.map((x, i) => x / one.value - (others[i] as number) / other.value))
  return timesAround(one.value / other.value, error, one.providers - 1)
}

function timesAround(value: number, error: number, degrees: number): Estimate {
  const wide = Math.exp(tQuantile(0.975, degrees) * error)
  return { value, lower: value / wide, upper: value * wide }
}

/** The standard error for which an interval of normal width would be this one. */
export const errorFrom = ({ lower, upper }: Pick<Estimate, 'lower' | 'upper'>): number =>
  (upper - lower) / (2 * normalQuantile(0.975))
