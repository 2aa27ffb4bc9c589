/** Figures of one indicator, period and group, a column each, as a draft or a file in hand has them. */
export interface FigurePart {
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly subjects: ArrayLike<number>
  readonly value: ArrayLike<number | null>
  readonly status: ArrayLike<number> | null
  readonly numerator: ArrayLike<number | null> | null
  readonly denominator: ArrayLike<number | null> | null
  /** To what its source rounded its counts; null or left out where it did not. */
  readonly counts_rounded_to?: number | null
}
