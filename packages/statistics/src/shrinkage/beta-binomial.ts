import { checkColumn, checkNotEmpty, sum } from '../columns.ts'
import { criticalValue } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { digammaRising, logRising } from '../special.ts'
import { holding, profileLimits } from './profile.ts'

/** A beta distribution of units' true proportions. */
export interface BetaOfUnits {
  readonly mean: number
  /** The two shapes' sum; Infinity where the units differ no more than by chance. */
  readonly size: number
}

/** The beta distribution that fits best, and those at the limits of its spread. */
export interface BetaBinomialFit extends BetaOfUnits {
  /** The standard deviation of true proportions between units. */
  readonly betweenSd: Estimate
  /** The distributions at the lower and the upper limit of the spread. */
  readonly narrow: BetaOfUnits
  readonly wide: BetaOfUnits
}

/**
 * How units' true proportions spread, beyond chance: the beta-binomial model by maximum likelihood
 * (Skellam 1948; Griffiths 1973), with the profile likelihood interval of its spread. One unit, or counts
 * that vary less than by chance, give a spread of 0.
 *
 * @param counts of each unit, 0 to n; need not be whole. @param ns of each, from 0 up; not all 0.
 * @throws StatisticsError naming `counts`, `ns` or `confidence`.
 * @example fitBetaBinomial(Float64Array.of(1, 5, 9), Float64Array.of(10, 10, 10)).mean // 0.5
 */
export function fitBetaBinomial(
  counts: Float64Array,
  ns: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): BetaBinomialFit {
  checkConfidence(confidence)
  const pooled = pooledProportion(counts, ns)
  const none = { mean: pooled, size: Number.POSITIVE_INFINITY }
  if (pooled === 0 || pooled === 1) {
    return { ...none, betweenSd: { value: 0, lower: 0, upper: 0 }, narrow: none, wide: none }
  }
  let rise = 0
  let largest = 1
  for (let i = 0; i < ns.length; i++) {
    const n = ns[i] as number
    const y = counts[i] as number
    largest = Math.max(largest, n)
    rise += (y * (y - 1)) / pooled + ((n - y) * (n - y - 1)) / (1 - pooled) - n * (n - 1)
  }
  let latest = pooled
  const bestMean = (size: number): number => {
    latest = meanAt(counts, ns, size, latest)
    return latest
  }
  const found = profileLimits(
    {
      at: (logSpread) => {
        const size = Math.exp(-logSpread)
        return likelihood(counts, ns, bestMean(size), size)
      },
      none: sum(counts) * Math.log(pooled) + (sum(ns) - sum(counts)) * Math.log(1 - pooled),
      rises: rise > 0,
      from: -Math.log(1e5 * largest),
      to: Math.log(1000),
    },
    criticalValue(confidence) ** 2,
  )
  const unitsAt = (logSpread: number): BetaOfUnits => {
    if (logSpread === Number.NEGATIVE_INFINITY) return none
    const size = Math.exp(-logSpread)
    return { mean: bestMean(size), size }
  }
  const best = unitsAt(found.best)
  const narrow = unitsAt(found.lower)
  const wide = unitsAt(found.upper)
  return {
    ...best,
    betweenSd: holding(sdOfBeta(best), sdOfBeta(narrow), sdOfBeta(wide)),
    narrow,
    wide,
  }
}

/**
 * The standard deviation of a beta distribution.
 * @example sdOfBeta({ mean: 0.5, size: 24 }) // 0.1
 */
export function sdOfBeta({ mean, size }: BetaOfUnits): number {
  return Math.sqrt((mean * (1 - mean)) / (size + 1))
}

function pooledProportion(counts: Float64Array, ns: Float64Array): number {
  checkNotEmpty('counts', counts)
  checkColumn('ns', ns, 'from-0', counts.length)
  checkColumn('counts', counts, 'from-0')
  const at = counts.findIndex((count, i) => count > (ns[i] as number))
  if (at >= 0) {
    throw new StatisticsError(
      'counts',
      `number ${at}, ${counts[at]}, is more than its n, ${ns[at]}`,
    )
  }
  const total = sum(ns)
  if (total === 0) throw new StatisticsError('ns', 'all are 0')
  return sum(counts) / total
}

function likelihood(counts: Float64Array, ns: Float64Array, mean: number, size: number): number {
  const a = mean * size
  const b = size - a
  let total = 0
  for (let i = 0; i < ns.length; i++) {
    const n = ns[i] as number
    const y = counts[i] as number
    total += logRising(a, y) + logRising(b, n - y) - logRising(size, n)
  }
  return total
}

/**
 * The likeliest mean for a size: the root of its score on the logit, by steps of the score over the
 * information that units of variance n mean (1 - mean) (1 + (n - 1) / (size + 1)) have.
 */
function meanAt(counts: Float64Array, ns: Float64Array, size: number, start: number): number {
  let logit = Math.log(start / (1 - start))
  let mean = start
  for (let step = 0; step < 100; step++) {
    const a = mean * size
    const b = size - a
    let score = 0
    let information = 0
    for (let i = 0; i < ns.length; i++) {
      const n = ns[i] as number
      const y = counts[i] as number
      score += digammaRising(a, y) - digammaRising(b, n - y)
      information += n / (1 + (n - 1) / (size + 1))
    }
    const move = Math.max(-1, Math.min(1, (score * size) / information))
    logit += move
    mean = 1 / (1 + Math.exp(-logit))
    if (Math.abs(move) < 1e-9) break
  }
  return mean
}
