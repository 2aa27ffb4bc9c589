import { randomSource } from '@plumbline/statistics'
import { checkSeed, shown } from '../columns.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import type { Weighting } from '../weighting/weighting.ts'
import type { SampleDesign } from './design.ts'

/** Other weights under which an estimate is made again, to see how it varies; see {@link jackknife}. */
export interface Replicates {
  readonly kind: 'replicates'
  readonly method: 'jackknife' | 'bootstrap'
  readonly count: number
  /** The weights of replicate r; do not change them. */
  readonly weightsOf: (r: number) => Float64Array
  /** By what the square of replicate r's distance is multiplied in the variance. */
  readonly scales: Float64Array
  /** What distances are measured from: the estimate itself, or the mean of the replicates. */
  readonly centre: 'estimate' | 'mean'
  readonly notes: readonly string[]
}

/** How replicates are made. */
export interface ReplicateOptions {
  /**
   * Weights a replicate as the sample was weighted: calls rake, calibrate or the like with what it is given, which
   * is made of the base weights where the design names a calibration, else of its weights.
   */
  readonly reweight?: (weights: Float64Array) => Weighting | Refusal
  /** Default the estimate, which is never the smaller; R's survey takes the mean of the replicates. */
  readonly centre?: 'estimate' | 'mean'
}

/** How {@link jackknife} deletes. */
export interface JackknifeOptions extends ReplicateOptions {
  /** Delete this many random groups of clusters, one after another, instead of each cluster; from 2. */
  readonly groups?: number
  /** For the random groups; default 1. */
  readonly seed?: number
}

/** Replicate weights that are kept at most; 8 bytes each. */
const most = 50_000_000

/**
 * Jackknife replicates: each cluster is left out once and the others of its stratum stand in for it (JKn, with one
 * stratum JK1); or, with `groups`, a group of clusters at a time (delete-a-group, Kott 2001), for samples of many.
 * Strata with one cluster or drawn whole add nothing.
 * @example jackknife(sampleDesign({ weights: Float64Array.of(2, 2, 2, 2) })).weightsOf(0) // [0, 2.6666…, 2.6666…, 2.6666…]
 */
export function jackknife(
  design: SampleDesign,
  { groups, seed = 1, ...options }: JackknifeOptions = {},
): Replicates | Refusal {
  const { stratumOf, sizes, corrections } = design
  if (groups !== undefined) return deleteGroups(design, groups, seed, options)
  const deleted = Array.from(stratumOf, (stratum, cluster) => ({ stratum, cluster })).filter(
    ({ stratum }) => (sizes[stratum] as number) > 1,
  )
  const scales = Float64Array.from(deleted, ({ stratum }) => {
    const size = sizes[stratum] as number
    return ((corrections[stratum] as number) * (size - 1)) / size
  })
  const factorsOf = (r: number): Float64Array => {
    const { stratum, cluster } = deleted[r] as { stratum: number; cluster: number }
    const size = sizes[stratum] as number
    const factors = factorsOfStratum(design, stratum, size / (size - 1))
    factors[cluster] = 0
    return factors
  }
  return replicatesOf(design, 'jackknife', scales, factorsOf, options, noteOfLonely(design))
}

function factorsOfStratum(
  { stratumOf }: SampleDesign,
  stratum: number,
  factor: number,
): Float64Array {
  return Float64Array.from(stratumOf, (other) => (other === stratum ? factor : 1))
}

function deleteGroups(
  design: SampleDesign,
  groups: number,
  seed: number,
  options: ReplicateOptions,
): Replicates | Refusal {
  const { stratumOf, sizes } = design
  const badSeed = checkSeed(seed)
  if (badSeed) return badSeed
  if (!Number.isSafeInteger(groups) || groups < 2 || groups > stratumOf.length) {
    return refuse(
      'invalid-number',
      `${groups} groups cannot be made of ${stratumOf.length} clusters. Give a whole number from 2 up to that.`,
    )
  }
  const groupOf = randomGroups(design, groups, seed)
  const factorsOf = (r: number): Float64Array => {
    const left = sizes.slice()
    for (const [cluster, stratum] of stratumOf.entries()) {
      if (groupOf[cluster] === r) left[stratum] = (left[stratum] as number) - 1
    }
    return Float64Array.from(stratumOf, (stratum, cluster) => {
      const size = sizes[stratum] as number
      const remaining = left[stratum] as number
      // A stratum that is all in one group cannot be stood in for; it stays.
      if (remaining === 0) return 1
      return groupOf[cluster] === r ? 0 : size / remaining
    })
  }
  // Without finite population corrections, as strata share groups: errors are a little too large.
  const scales = new Float64Array(groups).fill((groups - 1) / groups)
  const small = sizes.some((size) => size > 0 && size < groups)
  const notes = small
    ? [
        'Some strata have fewer clusters than there are groups, which makes errors larger (Kott 2001).',
      ]
    : []
  return replicatesOf(design, 'jackknife', scales, factorsOf, options, notes)
}

/** The group of each cluster: clusters are shuffled within strata and dealt out in turn. */
function randomGroups(
  { stratumOf, sizes }: SampleDesign,
  groups: number,
  seed: number,
): Int32Array {
  const order: number[] = []
  for (const stratum of sizes.keys()) {
    const random = randomSource(seed, stratum)
    const members = Array.from(stratumOf.keys()).filter((c) => stratumOf[c] === stratum)
    for (let i = members.length - 1; i > 0; i--) {
      const j = random.below(i + 1)
      const moved = members[j] as number
      members[j] = members[i] as number
      members[i] = moved
    }
    order.push(...members)
  }
  const groupOf = new Int32Array(stratumOf.length)
  for (const [place, cluster] of order.entries()) groupOf[cluster] = place % groups
  return groupOf
}

/** How {@link bootstrap} draws. */
export interface BootstrapOptions extends ReplicateOptions {
  /** How many replicates, default 500. */
  readonly replicates?: number
  readonly seed: number
}

/**
 * Bootstrap replicates, rescaled (Rao and Wu 1988; Rao, Wu and Yue 1992): of the n clusters of each stratum n - 1 are
 * drawn with replacement, and weights are scaled so that the variance comes out right, finite populations included.
 * @example bootstrap(sampleDesign({ weights: Float64Array.of(2, 2, 2) }), { seed: 1, replicates: 100 }).count // 100
 */
export function bootstrap(
  design: SampleDesign,
  { replicates = 500, seed, ...options }: BootstrapOptions,
): Replicates | Refusal {
  const badSeed = checkSeed(seed)
  if (badSeed) return badSeed
  if (!Number.isSafeInteger(replicates) || replicates < 2) {
    return refuse('invalid-number', `${replicates} replicates tell nothing. Ask for 2 or more.`)
  }
  const { stratumOf, sizes, corrections } = design
  const members = Array.from(sizes, () => new Array<number>())
  for (const [cluster, stratum] of stratumOf.entries()) members[stratum]?.push(cluster)
  const factorsOf = (r: number): Float64Array => {
    const factors = new Float64Array(stratumOf.length)
    const random = randomSource(seed, r)
    for (const [stratum, all] of members.entries()) {
      const size = all.length
      if (size < 2) {
        for (const cluster of all) factors[cluster] = 1
        continue
      }
      const share = Math.sqrt(corrections[stratum] as number)
      for (const cluster of all) factors[cluster] = 1 - share
      for (let draw = 1; draw < size; draw++) {
        const cluster = all[random.below(size)] as number
        factors[cluster] = (factors[cluster] as number) + (share * size) / (size - 1)
      }
    }
    return factors
  }
  const scales = new Float64Array(replicates).fill(1 / replicates)
  return replicatesOf(design, 'bootstrap', scales, factorsOf, options, noteOfLonely(design))
}

function noteOfLonely({ strata, sizes, corrections }: SampleDesign): string[] {
  const alone = strata.names.filter((_, h) => sizes[h] === 1 && (corrections[h] as number) > 0)
  return alone.map((name) => `The stratum ${name} has one cluster, and adds nothing to the error.`)
}

function replicatesOf(
  { weights, clusters, calibration }: SampleDesign,
  method: 'jackknife' | 'bootstrap',
  scales: Float64Array,
  factorsOf: (r: number) => Float64Array,
  { reweight, centre = 'estimate' }: ReplicateOptions,
  notes: readonly string[],
): Replicates | Refusal {
  const count = scales.length
  const before = reweight && calibration ? calibration.base : weights
  const plain = (r: number): Float64Array => {
    const factors = factorsOf(r)
    return before.map((weight, i) => weight * (factors[clusters[i] as number] as number))
  }
  const made = { kind: 'replicates', method, count, scales, centre, notes } as const
  if (!reweight) return { ...made, weightsOf: plain }
  if (count * weights.length > most) {
    return refuse(
      'too-many-replicates',
      `${shown(count)} replicates of ${shown(weights.length)} rows are too many to weight each anew. Use a jackknife of 50 to 200 groups, or fewer replicates.`,
    )
  }
  const kept: Float64Array[] = []
  for (let r = 0; r < count; r++) {
    const again = reweight(plain(r))
    if (isRefused(again)) {
      return refuse(
        'replicate-failed',
        `Replicate ${r} of ${count} cannot be weighted as the sample was: ${again.sentence}`,
        {
          ...(again.variable === undefined ? {} : { variable: again.variable }),
          ...(again.category === undefined ? {} : { category: again.category }),
        },
      )
    }
    kept.push(again.weights)
  }
  return { ...made, weightsOf: (r) => kept[r] as Float64Array }
}

/** The values of a statistic under each replicate, and their variance. */
export function replicateVariance(
  replicates: Replicates,
  estimate: number,
  statistic: (weights: Float64Array) => number,
): { readonly values: Float64Array; readonly variance: number } {
  const { count, weightsOf, scales, centre } = replicates
  const values = Float64Array.from({ length: count }, (_, r) => statistic(weightsOf(r)))
  const mean = values.reduce((total, value) => total + value / count, 0)
  const from = centre === 'mean' ? mean : estimate
  const variance = values.reduce(
    (total, value, r) => total + (scales[r] as number) * (value - from) ** 2,
    0,
  )
  return { values, variance }
}
