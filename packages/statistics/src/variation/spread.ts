import { quantileOfSorted, sum } from '../columns.ts'
import type { Estimate } from '../interval.ts'
import type { BetaOfUnits } from '../shrinkage/beta-binomial.ts'
import type { GammaOfUnits } from '../shrinkage/gamma-poisson.ts'
import type { BetweenMethod, NormalOfUnits } from '../shrinkage/normal-normal.ts'
import {
  proportionsTowards,
  ratesTowards,
  shrinkProportions,
  shrinkRates,
  shrinkValues,
} from '../shrinkage/shrink.ts'
import { trigamma } from '../special.ts'
import { iSquared } from './i-squared.ts'
import { medianOddsRatio } from './median-ratio.ts'

/** How much of the spread between units is more than chance. */
export interface Spread {
  /** The mean of the units' true values. */
  readonly mean: number
  /** The standard deviation of true values between units, in their unit. */
  readonly betweenSd: Estimate
  /** The share of the spread that is more than chance, 0 to 1. */
  readonly iSquared: Estimate
  /** The 90th over the 10th percentile of the shrunken estimates; 1 where there is only chance. */
  readonly ratio90To10: Estimate
}

/** Spread, and how many times higher the odds (or the rates) are in the higher of two units. */
export interface SpreadWithMedianRatio extends Spread {
  readonly medianRatio: Estimate
}

/**
 * The postcode lottery in a proportion: how units' true proportions spread beyond chance, by beta-binomial
 * empirical Bayes. The standard deviation's interval is its profile likelihood's; the ratio of the 90th
 * to the 10th percentile, and the median odds ratio, are taken at the same limits. The median odds ratio
 * is medianOddsRatio of the standard deviation of the fitted beta's log odds. I-squared is from Pearson's
 * chi-squared.
 *
 * @param counts of each unit, 0 to n. @param ns of each, from 0 up, not all 0.
 * @throws StatisticsError naming the argument.
 * @example spreadOfProportions(Float64Array.of(1, 5, 9), Float64Array.of(10, 10, 10)).iSquared.value // 0.84…
 */
export function spreadOfProportions(
  counts: Float64Array,
  ns: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): SpreadWithMedianRatio {
  const { fit, estimates } = shrinkProportions(counts, ns, { confidence })
  const p = sum(counts) / sum(ns)
  let q = 0
  let units = 0
  for (let i = 0; i < ns.length; i++) {
    const n = ns[i] as number
    if (n === 0) continue
    units++
    if (p > 0 && p < 1) q += ((counts[i] as number) - n * p) ** 2 / (n * p * (1 - p))
  }
  const ratioAt = (limit: BetaOfUnits) => ratioOf(proportionsTowards(counts, ns, limit).estimates)
  const oddsAt = ({ mean, size }: BetaOfUnits): number =>
    size === Number.POSITIVE_INFINITY
      ? 1
      : medianOddsRatio(Math.sqrt(trigamma(mean * size) + trigamma((1 - mean) * size)))
  return {
    mean: fit.mean,
    betweenSd: fit.betweenSd,
    iSquared: iSquared(q, units, confidence),
    ratio90To10: about(ratioOf(estimates), ratioAt(fit.narrow), ratioAt(fit.wide)),
    medianRatio: about(oddsAt(fit), oddsAt(fit.narrow), oddsAt(fit.wide)),
  }
}

/**
 * The postcode lottery in a rate, or a ratio of observed to expected: spreadOfProportions for counts of
 * events, by gamma-Poisson empirical Bayes. The median ratio is of rates.
 *
 * @param counts of events, from 0 up. @param exposures person-years or expected events, above 0.
 * @throws StatisticsError naming the argument.
 * @example spreadOfRates(Float64Array.of(2, 10, 18), Float64Array.of(10, 10, 10)).iSquared.value // 0.84…
 */
export function spreadOfRates(
  counts: Float64Array,
  exposures: Float64Array,
  { confidence = 0.95 }: { confidence?: number } = {},
): SpreadWithMedianRatio {
  const { fit, estimates } = shrinkRates(counts, exposures, { confidence })
  const rate = sum(counts) / sum(exposures)
  let q = 0
  for (let i = 0; i < counts.length && rate > 0; i++) {
    const expected = rate * (exposures[i] as number)
    q += ((counts[i] as number) - expected) ** 2 / expected
  }
  const ratioAt = (limit: GammaOfUnits) => ratioOf(ratesTowards(counts, exposures, limit).estimates)
  const medianAt = ({ shape }: GammaOfUnits): number =>
    shape === Number.POSITIVE_INFINITY ? 1 : medianOddsRatio(Math.sqrt(trigamma(shape)))
  return {
    mean: fit.mean,
    betweenSd: fit.betweenSd,
    iSquared: iSquared(q, counts.length, confidence),
    ratio90To10: about(ratioOf(estimates), ratioAt(fit.narrow), ratioAt(fit.wide)),
    medianRatio: about(medianAt(fit), medianAt(fit.narrow), medianAt(fit.wide)),
  }
}

/**
 * The postcode lottery in values with standard errors: spreadOfProportions by normal-normal empirical
 * Bayes, with the Q-profile interval. Where the 10th percentile isn't above 0 there is no ratio. Of log
 * odds, take medianOddsRatio of `betweenSd`.
 *
 * @param values of each unit. @param standardErrors of each, above 0.
 * @throws StatisticsError naming the argument.
 * @example spreadOfValues(Float64Array.of(8, 10, 12), Float64Array.of(1, 1, 1)).betweenSd.value // 1.7320…
 */
export function spreadOfValues(
  values: Float64Array,
  standardErrors: Float64Array,
  { confidence = 0.95, method }: { confidence?: number; method?: BetweenMethod } = {},
): Omit<Spread, 'ratio90To10'> & { readonly ratio90To10: Estimate | undefined } {
  const { fit, estimates } = shrinkValues(values, standardErrors, {
    confidence,
    ...(method ? { method } : {}),
  })
  const scratch = new Float64Array(values.length)
  const ratioAt = ({ mean, sd }: NormalOfUnits): number => {
    for (let i = 0; i < values.length; i++) {
      const own =
        sd === Number.POSITIVE_INFINITY
          ? 1
          : sd ** 2 / (sd ** 2 + (standardErrors[i] as number) ** 2)
      scratch[i] = mean + own * ((values[i] as number) - mean)
    }
    return ratioOf(scratch)
  }
  const [low, middle, high] = [ratioAt(fit.narrow), ratioOf(estimates), ratioAt(fit.wide)]
  const known = Number.isFinite(low) && Number.isFinite(middle) && Number.isFinite(high)
  return {
    mean: fit.mean,
    betweenSd: fit.betweenSd,
    iSquared: iSquared(fit.q, values.length, confidence),
    ratio90To10: known ? about(middle, low, high) : undefined,
  }
}

/** Infinity where the 10th percentile is not above 0, but 1 where all are 0. */
function ratioOf(estimates: Float64Array): number {
  const sorted = estimates.slice().sort()
  const low = quantileOfSorted(sorted, 0.1)
  const high = quantileOfSorted(sorted, 0.9)
  if (low === high) return 1
  return low > 0 ? high / low : Number.POSITIVE_INFINITY
}

/** Limits about a value; the mean moves with the spread, so that either may pass it by a hair. */
function about(value: number, lower: number, upper: number): Estimate {
  return { value, lower: Math.min(lower, value), upper: Math.max(upper, value) }
}
