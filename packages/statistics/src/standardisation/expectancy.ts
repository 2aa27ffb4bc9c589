/**
 * Why there is no life expectancy: a band without people; more deaths than people; too few people in all;
 * no death in the last band, whose rate ends the table; an interval too wide to tell anything; or nobody of
 * the table alive at that age.
 */
export type NoExpectancyReason =
  | 'no-population'
  | 'more-deaths-than-people'
  | 'too-few-people'
  | 'no-deaths-in-last-band'
  | 'too-wide'
  | 'no-survivors'

/** A life expectancy in years at an age, or the reason why there is none. */
export type LifeExpectancy =
  | {
      readonly kind: 'expectancy'
      readonly age: number
      readonly value: number
      readonly lower: number
      readonly upper: number
    }
  | { readonly kind: 'none'; readonly age: number; readonly reason: NoExpectancyReason }

export interface LifeExpectancyOptions {
  /** Default 0.95. */
  readonly confidence?: number
  /** The first age of each band; default 0, 1, 5, 10 and so on to 90. */
  readonly starts?: readonly number[]
  /** The share of the first year that those who die in it live; default 0.1 (ONS, OHID; Chiang). */
  readonly infantShare?: number
  /**
   * The variance of the last band: `silcocks` gives it one (Silcocks and others 2001; ONS, OHID), `chiang`
   * none (Chiang 1968). Default `silcocks`.
   */
  readonly lastBand?: 'silcocks' | 'chiang'
  /** The least person-years in all; default 5,000 (Toson and Baker 2003). */
  readonly minimumPopulation?: number
  /** The widest 95% interval, in years, that an expectancy is given for; default 20 (OHID). */
  readonly widest?: number
}

/** The ages that bands start at in English abridged life tables. */
export const abridgedStarts: readonly number[] = [
  0, 1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90,
]

/** Life expectancies of many areas at one age; where there is none they are NaN and `reason` is set. */
export interface LifeExpectancies {
  readonly value: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** An index into {@link lifeExpectancyReasons}. */
  readonly reason: Uint8Array
}

/** What the numbers in {@link LifeExpectancies} `reason` mean. */
export const lifeExpectancyReasons = [
  'expectancy',
  'no-population',
  'more-deaths-than-people',
  'too-few-people',
  'no-deaths-in-last-band',
  'too-wide',
  'no-survivors',
  'invalid',
] as const
