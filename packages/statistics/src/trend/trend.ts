/** Which way a series has gone: a change that chance does not explain, or none that can be told. */
export type TrendDirection = 'increasing' | 'decreasing' | 'no-change'

/** A recent trend, or the reason why there is none. */
export type RecentTrend =
  | {
      readonly kind: 'trend'
      readonly direction: TrendDirection
      /** Chi-squared for trend, one degree of freedom. */
      readonly chiSquared: number
      /** The change in each period: of the value, or of the log odds for proportions. */
      readonly slope: number
      /** Whether the slope turns its sign when one of the periods is left out, so that one makes it. */
      readonly outlier: boolean
    }
  | { readonly kind: 'none'; readonly reason: 'too-few-periods' | 'missing' }

export interface TrendOptions {
  /** How many of the latest periods are looked at; 3 or more. Default 5 (Fingertips). */
  readonly periods?: number
  /** The confidence that a trend needs. Default 0.998, chi-squared above 9.5495 (Fingertips). */
  readonly confidence?: number
  /** Whether a trend that one period makes is none. Default true (Fingertips). */
  readonly leaveOneOut?: boolean
}

/** Recent trends of many series, an entry for each. */
export interface RecentTrends {
  /** 1 increasing, -1 decreasing, 0 no change that can be told, {@link noTrend} where none can be known. */
  readonly direction: Int8Array
  readonly chiSquared: Float64Array
  readonly slope: Float64Array
}

/** The direction of a series that has no answer. */
export const noTrend = -128
