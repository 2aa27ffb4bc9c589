/** Two limits, the lower not above the upper, in the unit of their estimate. */
export interface Interval {
  readonly lower: number
  readonly upper: number
}

/** A value with its interval. */
export interface Estimate extends Interval {
  readonly value: number
}

/** Intervals of many units, a column each; NaN where a unit has no answer. */
export interface Intervals {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Values of many units with their intervals, a column each; NaN where a unit has no answer. */
export interface Estimates extends Intervals {
  readonly value: Float64Array
}
