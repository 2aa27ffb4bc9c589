import { checkLength, checkPositive, StatisticsError } from '../errors.ts'

export interface CusumOptions {
  /**
   * The odds ratio that it watches for: above 1 for worse outcomes, below 1 for better ones, not 1.
   * Default 2, a doubling (Steiner and others 2000).
   */
  readonly oddsRatio?: number
  /** The odds ratio while all is well. Default 1. */
  readonly usualOddsRatio?: number
  /** The sum at which it signals, above 0. Default 4.5 (Steiner and others 2000, for about 6,700 cases). */
  readonly threshold?: number
  /** Whether the sum starts again from 0 after a signal. Default true. */
  readonly restart?: boolean
}

/** A risk-adjusted cumulative sum, an entry for each case. */
export interface Cusum {
  /** The sum after each case, 0 or more. */
  readonly sum: Float64Array
  /** 1 where the sum reaches the threshold. */
  readonly signal: Uint8Array
}

/**
 * The risk-adjusted cumulative sum of outcomes of single cases (Steiner, Cook, Farewell and Treasure 2000):
 * S = max(0, S + W), where W is the logarithm of how much likelier the outcome is if the odds are
 * `oddsRatio` times those of the case's own risk than if they are as usual.
 *
 * @param outcomes 1 where the event happened, else 0, in order of time.
 * @param risks the chance of the event for each case, above 0 and below 1, from a case-mix model.
 * @throws StatisticsError naming the argument.
 * @example riskAdjustedCusum(Float64Array.of(1, 0), Float64Array.of(0.1, 0.1)).sum // [0.5978…, 0.5025…]
 */
export function riskAdjustedCusum(
  outcomes: Float64Array | Uint8Array,
  risks: Float64Array,
  { oddsRatio = 2, usualOddsRatio = 1, threshold = 4.5, restart = true }: CusumOptions = {},
): Cusum {
  checkLength('risks', risks, outcomes.length)
  checkPositive('oddsRatio', oddsRatio)
  checkPositive('usualOddsRatio', usualOddsRatio)
  checkPositive('threshold', threshold)
  if (oddsRatio === usualOddsRatio) {
    throw new StatisticsError('oddsRatio', 'must differ from the usual one')
  }
  const sum = new Float64Array(outcomes.length)
  const signal = new Uint8Array(outcomes.length)
  const ifEvent = Math.log(oddsRatio / usualOddsRatio)
  let last = 0
  for (let i = 0; i < outcomes.length; i++) {
    const outcome = outcomes[i] as number
    const p = risks[i] as number
    if (outcome !== 0 && outcome !== 1) {
      throw new StatisticsError('outcomes', `${outcome} at ${i} is neither 0 nor 1`)
    }
    if (!(p > 0 && p < 1)) {
      throw new StatisticsError('risks', `${p} at ${i} does not lie between 0 and 1`)
    }
    const either = Math.log((1 - p + usualOddsRatio * p) / (1 - p + oddsRatio * p))
    last = Math.max(0, last + either + (outcome === 1 ? ifEvent : 0))
    sum[i] = last
    if (last < threshold) continue
    signal[i] = 1
    if (restart) last = 0
  }
  return { sum, signal }
}
