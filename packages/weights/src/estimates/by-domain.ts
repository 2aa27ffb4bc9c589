import { type Categories, checkCategories, sizeOf } from '../categories.ts'
import { checkLength } from '../columns.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { SampleDesign } from './design.ts'
import { type Domain, emptyDomain, oneCluster } from './domain.ts'
import {
  checkShares,
  type EstimateOptions,
  estimateMean,
  estimateProportion,
  meanOf,
  type SurveyEstimate,
} from './estimate.ts'

/** What is estimated for each domain. */
export interface ByDomainOptions extends Omit<EstimateOptions, 'domain'> {
  /** `share` for a column of 1 and 0; default `mean`. */
  readonly of?: 'mean' | 'share'
}

/**
 * The means or shares of many domains, such as every practice of a country, each as `estimateMean` or
 * `estimateProportion` gives it, in one pass over the rows. (After calibration, or with replicates, every domain takes a
 * pass of its own, since all rows tell of its error.)
 * @param domains the domain of each row.
 * @returns an estimate or a refusal for each of `domains.names`, in their order; a refusal alone where columns are wrong.
 * @example estimateByDomain(sampleDesign({ weights: Float64Array.of(1, 1, 1, 1, 1) }), Float64Array.of(1, 3, 5, 7, 9),
 *   categoriesOf(['a', 'a', 'b', 'b', 'c'])).map((one) => one.value ?? one.code) // [2, 6, 'too-few']
 */
export function estimateByDomain(
  design: SampleDesign,
  values: Float64Array,
  domains: Categories,
  { of = 'mean', ...options }: ByDomainOptions = {},
): (SurveyEstimate | Refusal)[] | Refusal {
  const { weights, calibration } = design
  const fault =
    checkLength('the column of values', values, weights.length) ??
    checkCategories('domain', domains, weights.length) ??
    (of === 'share' ? checkShares(values) : undefined) ??
    checkEndless(values)
  if (fault) return fault
  if (calibration || options.replicates) {
    const estimate = of === 'share' ? estimateProportion : estimateMean
    return domains.names.map((_, code) => {
      const domain = Uint8Array.from(domains.codes, (one) => (one === code ? 1 : 0))
      return estimate(design, values, { ...options, domain })
    })
  }
  const members = rowsOf(domains)
  const scratch = new Float64Array(design.stratumOf.length)
  return members.map((rows) => {
    const domain = domainOf(design, values, rows)
    if (domain.rows === 0) return emptyDomain(domain.missing)
    if (domain.clusters < 2) return oneCluster(domain.rows)
    const { value, variance, simple, flat } = measured(design, values, domain.used, scratch)
    return meanOf(design, domain, { value, variance, simple, flat, scale: of }, options)
  })
}

/** The rows of each domain, ascending. */
function rowsOf({ codes, names }: Categories): Int32Array[] {
  const counts = new Int32Array(names.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const members = Array.from({ length: sizeOf({ codes, names }) }, (_, code) => {
    return new Int32Array(counts[code] as number)
  })
  const filled = new Int32Array(names.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    const place = filled[code] as number
    ;(members[code] as Int32Array)[place] = row
    filled[code] = place + 1
  }
  return members
}

/** As `usedRows` counts a domain, but of its rows alone. */
function domainOf(
  { weights, clusters, stratumOf }: SampleDesign,
  values: Float64Array,
  rows: Int32Array,
): Domain & { readonly used: Int32Array } {
  const answered = rows.filter((row) => (weights[row] as number) > 0)
  const used = answered.filter((row) => !Number.isNaN(values[row]))
  let [total, squares] = [0, 0]
  const seen = new Set<number>()
  const strata = new Set<number>()
  for (const row of used) {
    const weight = weights[row] as number
    total += weight
    squares += weight * weight
    const cluster = clusters[row] as number
    seen.add(cluster)
    strata.add(stratumOf[cluster] as number)
  }
  return {
    used,
    rows: used.length,
    missing: answered.length - used.length,
    effectiveSize: (total * total) / squares,
    clusters: seen.size,
    degrees: Math.max(1, seen.size - strata.size),
  }
}

interface Measured {
  readonly value: number
  readonly variance: number
  /** The variance of a simple random sample of as many rows. */
  readonly simple: number
  /** Whether all values are the same. */
  readonly flat: boolean
}

/** @param totals as many as there are clusters, all 0; left so. */
function measured(
  { weights, clusters, stratumOf, sizes, corrections, lonely }: SampleDesign,
  values: Float64Array,
  rows: Int32Array,
  totals: Float64Array,
): Measured {
  let [all, sum] = [0, 0]
  for (const row of rows) {
    all += weights[row] as number
    sum += (weights[row] as number) * (values[row] as number)
  }
  const value = sum / all
  let [squares, furthest] = [0, 0]
  for (const row of rows) {
    const from = (values[row] as number) - value
    const weight = weights[row] as number
    squares += weight * from * from
    furthest = Math.max(furthest, Math.abs(from))
    const cluster = clusters[row] as number
    totals[cluster] = (totals[cluster] as number) + (weight * from) / all
  }
  const byStratum = new Map<number, { sum: number; squares: number }>()
  for (const row of rows) {
    const cluster = clusters[row] as number
    const total = totals[cluster] as number
    // Each cluster is taken once; clusters without rows in the domain have 0.
    if (total === 0) continue
    totals[cluster] = 0
    const stratum = stratumOf[cluster] as number
    const sums = byStratum.get(stratum) ?? { sum: 0, squares: 0 }
    byStratum.set(stratum, { sum: sums.sum + total, squares: sums.squares + total * total })
  }
  let variance = 0
  for (const [stratum, { sum, squares }] of byStratum) {
    const size = sizes[stratum] as number
    const correction = corrections[stratum] as number
    if (size > 1) {
      variance += ((correction * size) / (size - 1)) * Math.max(0, squares - (sum * sum) / size)
    } else if (lonely === 'centre') variance += correction * squares
  }
  const simple = squares / all / (rows.length - 1)
  return { value, variance, simple, flat: furthest <= 1e-12 * Math.abs(value) }
}

function checkEndless(values: Float64Array): Refusal | undefined {
  const row = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY)
  if (row < 0) return undefined
  return refuse('invalid-number', `A value of row ${row} is not finite. Mend it, or make it NaN.`)
}
