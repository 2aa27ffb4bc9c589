import { type Categories, categoriesOf, checkCategories, sizeOf } from '../categories.ts'
import { checkLength, checkWeights } from '../columns.ts'
import { cholesky, crossProducts } from '../linear.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { type Auxiliary, equationsOf } from '../weighting/auxiliaries.ts'

/** How a sample was drawn and weighted. */
export interface DesignInput {
  /** The final weight of each row; rows of weight 0 did not answer, but were drawn. */
  readonly weights: Float64Array
  /** The stratum of each row; default one for all. */
  readonly strata?: Categories
  /** The cluster (first-stage unit) of each row, such as its household or practice; default each its own. */
  readonly clusters?: Categories
  /**
   * How many clusters (without clusters, people) each stratum has in the population, for the finite population
   * correction; with one stratum a number. Without it, errors are as if drawn with replacement: a little larger.
   */
  readonly population?: number | Readonly<Record<string, number>>
  /** What the weights were calibrated, raked or post-stratified to, and from which weights: errors become smaller. */
  readonly calibration?: { readonly base: Float64Array; readonly auxiliaries: readonly Auxiliary[] }
  /**
   * What to do with a stratum that has one cluster, whose variance cannot be known: refuse (default), measure it
   * from the mean of all clusters (`centre`, which is too large rather than too small), or count it as certain
   * (`certain`, right only if it was drawn with certainty).
   */
  readonly lonely?: 'refuse' | 'centre' | 'certain'
}

/** A design that was checked; see {@link sampleDesign}. */
export interface SampleDesign {
  readonly kind: 'design'
  readonly weights: Float64Array
  readonly strata: Categories
  /** The cluster of each row, numbered from 0 without gaps. */
  readonly clusters: Int32Array
  /** The stratum of each cluster. */
  readonly stratumOf: Int32Array
  /** How many clusters of the sample each stratum has. */
  readonly sizes: Int32Array
  /** 1 - the share of each stratum's clusters that was drawn. */
  readonly corrections: Float64Array
  /** Clusters less strata: the degrees of freedom of a standard error. */
  readonly degrees: number
  readonly lonely: 'refuse' | 'centre' | 'certain'
  readonly calibration: CalibrationBase | undefined
  readonly notes: readonly string[]
}

/** What {@link sampleDesign} keeps of a calibration. */
export interface CalibrationBase {
  readonly base: Float64Array
  readonly columns: readonly Float64Array[]
  /** The factor of Xᵀ diag(base) X. */
  readonly lower: Float64Array
}

/**
 * Describes how a sample was drawn, for standard errors: strata, ultimate clusters (first-stage units, whatever was
 * drawn within them), finite populations and calibration.
 * @example sampleDesign({ weights: Float64Array.of(1, 1, 2, 2), strata: categoriesOf(['a', 'a', 'b', 'b']) }).degrees
 * // 2
 */
export function sampleDesign(input: DesignInput): SampleDesign | Refusal {
  const { weights, lonely = 'refuse', population, calibration } = input
  const rows = weights.length
  const strata = input.strata ?? categoriesOf(new Array<string>(rows).fill('all'))
  const fault =
    checkWeights(weights) ??
    checkCategories('stratum', strata, rows) ??
    (input.clusters && checkCategories('cluster', input.clusters, rows))
  if (fault) return fault
  const clustered = clustersOf(strata, input.clusters)
  if (isRefused(clustered)) return clustered
  const { clusters, stratumOf } = clustered
  const sizes = new Int32Array(sizeOf(strata))
  for (const stratum of stratumOf) sizes[stratum] = (sizes[stratum] as number) + 1
  const corrections = correctionsOf(strata, sizes, population)
  if (isRefused(corrections)) return corrections
  const notes = notesOfLonely(strata, sizes, corrections, lonely)
  if (isRefused(notes)) return notes
  const base = calibration && baseOf(calibration, rows)
  if (isRefused(base)) return base
  const degrees = stratumOf.length - sizes.filter((size) => size > 0).length
  if (degrees < 1) {
    return refuse(
      'no-degrees',
      `${stratumOf.length} clusters in as many strata leave nothing to measure errors by. Merge strata.`,
    )
  }
  const found = { weights, strata, clusters, stratumOf, sizes, corrections, degrees, lonely, notes }
  return { kind: 'design', ...found, calibration: base }
}

function clustersOf(
  strata: Categories,
  clusters: Categories | undefined,
): { readonly clusters: Int32Array; readonly stratumOf: Int32Array } | Refusal {
  if (!clusters) {
    return { clusters: strata.codes.map((_, row) => row), stratumOf: strata.codes }
  }
  const number = new Int32Array(sizeOf(clusters)).fill(-1)
  const stratumOf: number[] = []
  const codes = new Int32Array(clusters.codes.length)
  for (const [row, code] of clusters.codes.entries()) {
    const stratum = strata.codes[row] as number
    if (number[code] === -1) number[code] = stratumOf.push(stratum) - 1
    const cluster = number[code] as number
    if (stratumOf[cluster] !== stratum) {
      const name = clusters.names[code] as string
      return refuse(
        'cluster-in-two-strata',
        `The cluster ${name} has rows in ${strata.names[stratumOf[cluster] as number]} and in ${strata.names[stratum]}. Give clusters of different strata different names.`,
        { variable: 'cluster', category: name },
      )
    }
    codes[row] = cluster
  }
  return { clusters: codes, stratumOf: Int32Array.from(stratumOf) }
}

function correctionsOf(
  { names }: Categories,
  sizes: Int32Array,
  population: DesignInput['population'],
): Float64Array | Refusal {
  const corrections = new Float64Array(names.length).fill(1)
  if (population === undefined) return corrections
  for (const [code, name] of names.entries()) {
    const drawn = sizes[code] as number
    if (drawn === 0) continue
    const size = typeof population === 'number' ? population : ownValue(population, name)
    if (size === undefined || !(size >= drawn && size < Number.POSITIVE_INFINITY)) {
      return refuse(
        'invalid-number',
        `The stratum ${name} has ${drawn} clusters in the sample and ${size ?? 'no number'} in the population. Give at least as many.`,
        { variable: 'stratum', category: name },
      )
    }
    corrections[code] = 1 - drawn / size
  }
  return corrections
}

const ownValue = (record: Readonly<Record<string, number>>, name: string): number | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

function notesOfLonely(
  { names }: Categories,
  sizes: Int32Array,
  corrections: Float64Array,
  lonely: 'refuse' | 'centre' | 'certain',
): string[] | Refusal {
  const alone = names.filter((_, code) => sizes[code] === 1 && (corrections[code] as number) > 0)
  const [first] = alone
  if (first === undefined) return []
  if (lonely === 'refuse') {
    return refuse(
      'lonely-stratum',
      `The stratum ${first} has one cluster, so that its part of the error cannot be known. Merge it with a like stratum, or say how to count it (lonely).`,
      { variable: 'stratum', category: first },
    )
  }
  const how =
    lonely === 'centre'
      ? 'measured from the mean of all clusters, which makes errors larger'
      : 'counted as certain, which makes errors smaller unless it was'
  return alone.map((name) => `The stratum ${name} has one cluster; it is ${how}.`)
}

function baseOf(
  { base, auxiliaries }: NonNullable<DesignInput['calibration']>,
  rows: number,
): CalibrationBase | Refusal {
  const fault = checkWeights(base) ?? checkLength('base', base, rows)
  if (fault) return fault
  const equations = equationsOf(base, auxiliaries)
  if (isRefused(equations)) return equations
  const columns = equations.map(({ column }) => column)
  return { base, columns, lower: cholesky(crossProducts(columns, base), columns.length) }
}

/** The clusters that have rows in a domain, and their degrees of freedom: clusters less strata (Korn and Graubard 1999, 5.2). */
export function clustersWithin(
  { clusters, stratumOf, sizes }: SampleDesign,
  used: Uint8Array,
): { readonly count: number; readonly degrees: number } {
  const seen = new Uint8Array(stratumOf.length)
  const strata = new Uint8Array(sizes.length)
  let [count, groups] = [0, 0]
  for (let i = 0; i < used.length; i++) {
    const cluster = clusters[i] as number
    if (used[i] === 0 || seen[cluster] === 1) continue
    seen[cluster] = 1
    count += 1
    const stratum = stratumOf[cluster] as number
    if (strata[stratum] === 0) groups += 1
    strata[stratum] = 1
  }
  return { count, degrees: Math.max(1, count - groups) }
}
