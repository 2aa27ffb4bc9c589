import { checkColumn, checkNotEmpty, sum } from '../columns.ts'
import { criticalValue } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { logRising } from '../special.ts'
import { holding, profileLimits } from './profile.ts'

/** A gamma distribution of units' true rates. */
export interface GammaOfUnits {
  readonly mean: number
  /** Infinity where the units differ no more than by chance. */
  readonly shape: number
}

/** The gamma distribution that fits best, and those at the limits of its spread. */
export interface GammaPoissonFit extends GammaOfUnits {
  /** The standard deviation of true rates between units. */
  readonly betweenSd: Estimate
  /** The distributions at the lower and the upper limit of the spread. */
  readonly narrow: GammaOfUnits
  readonly wide: GammaOfUnits
}

/**
 * How units' true rates (or ratios of observed to expected) spread, beyond chance: the gamma-Poisson
 * model by maximum likelihood (Clayton and Kaldor 1987), with the profile likelihood interval of its
 * spread. One unit, or counts that vary less than by chance, give a spread of 0.
 *
 * @param counts of events, from 0 up. @param exposures person-years or expected events, above 0.
 * @throws StatisticsError naming `counts`, `exposures` or `confidence`.
 * @example fitGammaPoisson(Float64Array.of(2, 10, 18), Float64Array.of(10, 10, 10)).mean // 1
 */
export function fitGammaPoisson(
  counts: Float64Array,
  exposures: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): GammaPoissonFit {
  checkConfidence(confidence)
  checkNotEmpty('counts', counts)
  checkColumn('counts', counts, 'from-0')
  checkColumn('exposures', exposures, 'above-0', counts.length)
  const pooled = sum(counts) / sum(exposures)
  if (!Number.isFinite(pooled)) throw new StatisticsError('exposures', 'their sum is too large')
  const none = { mean: pooled, shape: Number.POSITIVE_INFINITY }
  if (pooled === 0) {
    return { ...none, betweenSd: { value: 0, lower: 0, upper: 0 }, narrow: none, wide: none }
  }
  let rise = 0
  let largest = 1
  let noSpread = 0
  for (let i = 0; i < counts.length; i++) {
    const y = counts[i] as number
    const expected = pooled * (exposures[i] as number)
    largest = Math.max(largest, expected)
    rise += (y - expected) ** 2 - y
    noSpread += y * Math.log(expected) - expected
  }
  const found = profileLimits(
    {
      at: (logSpread) => {
        const shape = Math.exp(-logSpread)
        return likelihood(counts, exposures, meanAt(counts, exposures, shape, pooled), shape)
      },
      none: noSpread,
      rises: rise > 0,
      from: -Math.log(1e5 * largest),
      to: Math.log(1000),
    },
    criticalValue(confidence) ** 2,
  )
  const unitsAt = (logSpread: number): GammaOfUnits => {
    if (logSpread === Number.NEGATIVE_INFINITY) return none
    const shape = Math.exp(-logSpread)
    return { mean: meanAt(counts, exposures, shape, pooled), shape }
  }
  const best = unitsAt(found.best)
  const narrow = unitsAt(found.lower)
  const wide = unitsAt(found.upper)
  return {
    ...best,
    betweenSd: holding(sdOfGamma(best), sdOfGamma(narrow), sdOfGamma(wide)),
    narrow,
    wide,
  }
}

/**
 * The standard deviation of a gamma distribution.
 * @example sdOfGamma({ mean: 2, shape: 4 }) // 1
 */
export function sdOfGamma({ mean, shape }: GammaOfUnits): number {
  return mean / Math.sqrt(shape)
}

/** Without the part that neither mean nor shape changes, so that it tends to the Poisson's. */
function likelihood(
  counts: Float64Array,
  exposures: Float64Array,
  mean: number,
  shape: number,
): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) {
    const y = counts[i] as number
    const expected = mean * (exposures[i] as number)
    const more = Math.log1p(expected / shape)
    total += logRising(shape, y) + y * Math.log(expected / shape) - (y + shape) * more
  }
  return total
}

/** The likeliest mean for a shape: the root of its score, by Newton's steps on the logarithm. */
function meanAt(
  counts: Float64Array,
  exposures: Float64Array,
  shape: number,
  start: number,
): number {
  let logMean = Math.log(start)
  for (let step = 0; step < 50; step++) {
    const mean = Math.exp(logMean)
    let score = 0
    let information = 0
    for (let i = 0; i < counts.length; i++) {
      const expected = mean * (exposures[i] as number)
      const weight = 1 / (1 + expected / shape)
      score += ((counts[i] as number) - expected) * weight
      information += expected * weight
    }
    const move = Math.max(-2, Math.min(2, score / information))
    logMean += move
    if (Math.abs(move) < 1e-12) break
  }
  return Math.exp(logMean)
}
