import { checkConfidence } from '../columns.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import type { SampleDesign } from './design.ts'
import { type Domain, oneCluster, usedRows } from './domain.ts'
import { type Limits, shareLimits, tLimits } from './interval.ts'
import { linearisedVariance } from './linearised.ts'
import { type Replicates, replicateVariance } from './replicates.ts'

/** What is estimated, of whom and how surely. */
export interface EstimateOptions {
  /** 1 for the rows of the domain, such as the answers of one practice; default all. */
  readonly domain?: Uint8Array
  /** Default 0.95. */
  readonly confidence?: number
  /** Take errors from these rather than from linearisation. */
  readonly replicates?: Replicates
}

/** An estimate with its error. */
export interface SurveyEstimate extends Limits {
  readonly kind: 'estimate'
  readonly value: number
  readonly standardError: number
  readonly confidence: number
  /** Of Student's t: clusters less strata, of those that have rows in the domain. */
  readonly degrees: number
  /** Rows that were used: in the domain, of weight above 0, with a value. */
  readonly rows: number
  /** Rows of the domain that have no value (NaN) and were left out. */
  readonly missing: number
  /** Kish's effective size of the rows that were used. */
  readonly effectiveSize: number
  /**
   * The variance over that of a simple random sample of as many rows, drawn with replacement; NaN for totals and
   * where all values are the same.
   */
  readonly designEffect: number
  readonly method: 'linearised' | 'jackknife' | 'bootstrap'
  /** What a reader should know, as sentences. */
  readonly notes: readonly string[]
}

/**
 * The weighted mean of a column (Hájek's), of all or of a domain.
 * @param values a value for each row; NaN where there is none: such rows are left out, counted and noted.
 * @example estimateMean(sampleDesign({ weights: Float64Array.of(1, 1, 1, 1) }), Float64Array.of(1, 2, 3, 4)).standardError
 * // 0.645497224…
 */
export function estimateMean(
  design: SampleDesign,
  values: Float64Array,
  options: EstimateOptions = {},
): SurveyEstimate | Refusal {
  return ratio(design, values, undefined, 'mean', options)
}

/**
 * The weighted share of rows that have 1, with limits that stay within 0 to 1.
 * @param having 1 or 0 for each row (`indicatorOf` makes it), NaN where it is not known.
 * @example estimateProportion(sampleDesign({ weights: Float64Array.of(2, 1, 1, 2) }), Float64Array.of(1, 1, 0, 0)).value
 * // 0.5
 */
export function estimateProportion(
  design: SampleDesign,
  having: Float64Array,
  options: EstimateOptions = {},
): SurveyEstimate | Refusal {
  return checkShares(having) ?? ratio(design, having, undefined, 'share', options)
}

/** A refusal unless all values are 1, 0 or missing. */
export function checkShares(having: Float64Array): Refusal | undefined {
  const other = having.find((value) => !(value === 0 || value === 1 || Number.isNaN(value)))
  if (other === undefined) return undefined
  return refuse('invalid-number', `${other} is neither 0 nor 1. A share is of those who have 1.`)
}

/**
 * The ratio of two weighted sums, such as visits for each patient.
 * @example estimateRatio(sampleDesign({ weights: Float64Array.of(1, 1, 1) }), Float64Array.of(1, 2, 3),
 *   Float64Array.of(2, 4, 6)).value // 0.5
 */
export function estimateRatio(
  design: SampleDesign,
  numerators: Float64Array,
  denominators: Float64Array,
  options: EstimateOptions = {},
): SurveyEstimate | Refusal {
  return ratio(design, numerators, denominators, 'mean', options)
}

/**
 * The weighted sum of a column (Horvitz and Thompson's estimator): what weights must sum to the population for. A
 * column of 1 estimates how many there are.
 * @example estimateTotal(sampleDesign({ weights: Float64Array.of(10, 10, 10) }), Float64Array.of(1, 2, 3)).value // 60
 */
export function estimateTotal(
  design: SampleDesign,
  values: Float64Array,
  options: EstimateOptions = {},
): SurveyEstimate | Refusal {
  const domain = usedRows(design, [values], options.domain)
  if (isRefused(domain)) return domain
  const { used } = domain
  const influence = values.map((value, i) => (used[i] === 1 ? value : 0))
  const totalOf = (weights: Float64Array): number => weightedSum(weights, values, used)
  const value = totalOf(design.weights)
  const variance = varianceOf(design, influence, value, totalOf, options)
  if (isRefused(variance)) return variance
  const missing = domain.missing > 0 ? ['A total without their values is too small.'] : []
  return assemble(design, domain, value, variance, Number.NaN, 'mean', options, missing)
}

type Scale = 'mean' | 'share'

/** A mean is the ratio of the values to a column of 1. */
function ratio(
  design: SampleDesign,
  numerators: Float64Array,
  denominators: Float64Array | undefined,
  scale: Scale,
  options: EstimateOptions,
): SurveyEstimate | Refusal {
  const columns = denominators ? [numerators, denominators] : [numerators]
  const domain = usedRows(design, columns, options.domain)
  if (isRefused(domain)) return domain
  const { used } = domain
  if (domain.clusters < 2) {
    return oneCluster(domain.rows)
  }
  const below = (weights: Float64Array): number =>
    denominators ? weightedSum(weights, denominators, used) : weightedCount(weights, used)
  const valueOf = (weights: Float64Array): number =>
    weightedSum(weights, numerators, used) / below(weights)
  const denominator = below(design.weights)
  if (denominator === 0) {
    return refuse('zero-denominator', 'The denominators sum to 0, so that there is no ratio.')
  }
  const value = valueOf(design.weights)
  const influence = numerators.map((numerator, i) =>
    used[i] === 1 ? (numerator - value * (denominators?.[i] ?? 1)) / denominator : 0,
  )
  const variance = varianceOf(design, influence, value, valueOf, options)
  if (isRefused(variance)) return variance
  // Differences of equal values are not quite 0.
  const flat = influence.every((one) => Math.abs(one * denominator) <= 1e-12 * Math.abs(value))
  const simple = simpleVariance(design.weights, influence, domain.rows, used)
  return meanOf(design, domain, { value, variance, simple, flat, scale }, options)
}

/** What was found of a mean, a share or a ratio. */
export interface Found {
  readonly value: number
  readonly variance: number
  /** The variance of a simple random sample of as many rows. */
  readonly simple: number
  /** Whether all values are the same. */
  readonly flat: boolean
  readonly scale: Scale
}

/** The estimate that is made of what was found. */
export function meanOf(
  design: SampleDesign,
  domain: Domain,
  { value, variance, simple, flat, scale }: Found,
  options: EstimateOptions,
): SurveyEstimate | Refusal {
  const same = 'All values are the same, so that the error cannot be measured; it is not 0.'
  const notes = flat && scale === 'mean' ? [same] : []
  const effect = flat ? Number.NaN : variance / simple
  return assemble(design, domain, value, variance, effect, scale, options, notes)
}

function weightedSum(weights: Float64Array, values: Float64Array, used: Uint8Array): number {
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    if (used[i] === 1) total += (weights[i] as number) * (values[i] as number)
  }
  return total
}

function weightedCount(weights: Float64Array, used: Uint8Array): number {
  let total = 0
  for (let i = 0; i < weights.length; i++) if (used[i] === 1) total += weights[i] as number
  return total
}

function varianceOf(
  design: SampleDesign,
  influence: Float64Array,
  value: number,
  statistic: (weights: Float64Array) => number,
  { replicates }: EstimateOptions,
): number | Refusal {
  if (!replicates) return linearisedVariance(design, influence)
  const { variance } = replicateVariance(replicates, value, statistic)
  if (Number.isFinite(variance)) return variance
  return refuse(
    'replicate-failed',
    'In some replicates nobody of the domain is left. Use linearised errors, or widen the domain.',
  )
}

/** The variance that the mean of as many rows would have if drawn simply, with replacement. */
function simpleVariance(
  weights: Float64Array,
  influence: Float64Array,
  rows: number,
  used: Uint8Array,
): number {
  const total = weightedCount(weights, used)
  let squares = 0
  for (let i = 0; i < weights.length; i++) {
    squares += (weights[i] as number) * (influence[i] as number) ** 2
  }
  return (squares * total) / (rows - 1)
}

function assemble(
  design: SampleDesign,
  { rows, missing, effectiveSize, degrees }: Domain,
  value: number,
  variance: number,
  designEffect: number,
  scale: Scale,
  { replicates, confidence = 0.95 }: EstimateOptions,
  more: readonly string[],
): SurveyEstimate | Refusal {
  const fault = checkConfidence(confidence)
  if (fault) return fault
  const standardError = Math.sqrt(variance)
  const limits =
    scale === 'share'
      ? shareLimits(value, standardError, degrees, confidence, effectiveSize)
      : tLimits(value, standardError, degrees, confidence)
  const notes = [
    ...(replicates ? replicates.notes : design.notes),
    ...(missing > 0
      ? [`${missing} of ${rows + missing} answers have no value and are left out.`]
      : []),
    ...more,
  ]
  return {
    kind: 'estimate',
    value,
    standardError,
    ...limits,
    confidence,
    degrees,
    rows,
    missing,
    effectiveSize,
    designEffect,
    method: replicates?.method ?? 'linearised',
    notes,
  }
}
