import type { PoissonMethod } from '../intervals/poisson.ts'

/** Why there is no rate: fewer events than the least, or a band of the standard that nobody lives in. */
export type NoRateReason = 'too-few-events' | 'no-population'

/** A directly standardised rate, or the reason why there is none. */
export type DirectRate =
  | {
      readonly kind: 'rate'
      readonly value: number
      readonly lower: number
      readonly upper: number
      readonly events: number
      readonly population: number
    }
  | {
      readonly kind: 'none'
      readonly reason: NoRateReason
      readonly events: number
      readonly population: number
    }

export interface DirectOptions {
  /** Default 0.95. */
  readonly confidence?: number
  /** What the rate is per; default 100,000. */
  readonly multiplier?: number
  /** The least number of events that a rate is given for; default 10 (UKHSA, OHID and ONS). */
  readonly minimumEvents?: number
  /** The limits of the number of events that Dobson's method scales; default `byar-or-exact`. */
  readonly method?: PoissonMethod
  /**
   * For events that are not independent (a person can have several): for each area and band the sum over
   * people of the square of their events ({@link eventSquares}), as long as the events.
   */
  readonly squares?: Float64Array
}

/** Rates of many areas, a column each; where there is none they are NaN and `reason` is above 0. */
export interface DirectRates {
  readonly value: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly events: Float64Array
  readonly population: Float64Array
  /** An index into {@link directRateReasons}. */
  readonly reason: Uint8Array
}

/** What the numbers in {@link DirectRates} `reason` mean. */
export const directRateReasons = ['rate', 'too-few-events', 'no-population', 'invalid'] as const
