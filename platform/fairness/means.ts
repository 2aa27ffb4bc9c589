import { type Estimate, tCdf, tQuantile } from '@plumbline/statistics'

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

const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0)

function meanOf({ values, weights }: Weighted): number {
  let total = 0
  for (let i = 0; i < values.length; i++) {
    total += (values[i] as number) * (weights[i] as number)
  }
  return total / sum(weights)
}

/** How far each provider moves the weighted mean: its weight's share of its distance from it. */
function pulls(of: Weighted, mean: number): Float64Array {
  const whole = sum(of.weights)
  return of.values.map((v, i) => ((of.weights[i] as number) * (v - mean)) / whole)
}

/** The standard error of a sum of such pulls, by linearisation over n providers. */
const errorOf = (squares: number, n: number): number => Math.sqrt((squares * n) / (n - 1))

const squaresOf = (x: Float64Array): number => x.reduce((a, b) => a + b * b, 0)

function around(value: number, error: number, degrees: number): Estimate {
  const half = tQuantile(0.975, degrees) * error
  return { value, lower: value - half, upper: value + half }
}

/**
 * The mean of providers' values weighted by their people, with a 95% interval for how much it would differ
 * had other providers like these been counted: a ratio estimator, linearised (Cochran 1977, chapter 6), with
 * Student's t. It needs no counts, so that money has one too. Null for fewer than two providers.
 */
export function weightedMean(of: Weighted): Mean | null {
  const providers = of.values.length
  if (providers < 2) return null
  const mean = meanOf(of)
  const standardError = errorOf(squaresOf(pulls(of, mean)), providers)
  return { ...around(mean, standardError, providers - 1), providers, standardError }
}

/**
 * The gap between the means of two separate sets of providers, first less second: Welch's interval.
 * Null where either has no mean.
 */
export function gapOfMeans(first: Mean | null, second: Mean | null): Estimate | null {
  if (!first || !second) return null
  const [a, b] = [first.standardError ** 2, second.standardError ** 2]
  const value = first.value - second.value
  if (a + b === 0) return { value, lower: value, upper: value }
  const degrees = (a + b) ** 2 / (a ** 2 / (first.providers - 1) + b ** 2 / (second.providers - 1))
  return around(value, Math.sqrt(a + b), degrees)
}

/** A gap with the chance of one as wide where there is none. */
export interface Gap extends Estimate {
  /** Two-sided, by Student's t; 1 where nothing varies, which proves nothing. */
  readonly p: number
}

/**
 * The gap between two groups of people at the same providers, first less second: each provider counts in
 * both, so what is common to its two groups falls out. Providers are in the same order in both.
 */
export function gapWithin(first: Weighted, second: Weighted): Gap | null {
  const n = first.values.length
  if (n < 2) return null
  const [a, b] = [meanOf(first), meanOf(second)]
  const [own, other] = [pulls(first, a), pulls(second, b)]
  const error = errorOf(squaresOf(own.map((x, i) => x - (other[i] as number))), n)
  const value = a - b
  // What only rounding makes vary does not vary.
  const varies = error > 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
  const p = varies ? 2 * tCdf(-Math.abs(value) / error, n - 1) : 1
  return { ...around(value, error, n - 1), p }
}
