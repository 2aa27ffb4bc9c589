import { tQuantile, wilsonInterval } from '@plumbline/statistics'

/** The limits of an estimate, and how they were made. */
export interface Limits {
  readonly lower: number
  readonly upper: number
  /**
   * `t`: estimate ± Student's t x standard error; `logit`: the same on the log odds (Korn and Graubard 1999, 3.2),
   * which stays within 0 to 1; `wilson`: Wilson's on the effective sample size, for shares of 0 and 1.
   */
  readonly interval: 't' | 'logit' | 'wilson'
}

export function tLimits(
  value: number,
  standardError: number,
  degrees: number,
  confidence: number,
): Limits {
  const half = tQuantile((1 + confidence) / 2, degrees) * standardError
  return { lower: value - half, upper: value + half, interval: 't' }
}

/** @param effectiveSize Kish's, for a share of 0 or 1, whose standard error says 0. */
export function shareLimits(
  value: number,
  standardError: number,
  degrees: number,
  confidence: number,
  effectiveSize: number,
): Limits {
  // A sum of weights divided by itself may miss 1 by a rounding.
  const share = Math.abs(value) < 1e-12 ? 0 : Math.abs(value - 1) < 1e-12 ? 1 : value
  if (share <= 0 || share >= 1) {
    const limits = wilsonInterval(share * effectiveSize, effectiveSize, confidence)
    return { ...limits, interval: 'wilson' }
  }
  const odds = Math.log(share / (1 - share))
  const half = (tQuantile((1 + confidence) / 2, degrees) * standardError) / (share * (1 - share))
  return {
    lower: 1 / (1 + Math.exp(half - odds)),
    upper: 1 / (1 + Math.exp(-odds - half)),
    interval: 'logit',
  }
}
