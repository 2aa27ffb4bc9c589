/**
 * The kinds of control chart:
 * `xmr`, single measurements with limits from moving ranges (the NHS's own; also I chart);
 * `p`, proportions; `u`, rates; `c`, counts of equal opportunity;
 * `p-prime` and `u-prime`, Laney's for large denominators, whose limits allow for variation between points;
 * `g`, cases between rare events; `t`, time between rare events.
 */
export type ChartKind = 'xmr' | 'p' | 'u' | 'c' | 'p-prime' | 'u-prime' | 'g' | 't'

/** Which way is better: `neutral` where neither is. */
export type Improvement = 'increase' | 'decrease' | 'neutral'

/** Which rules mark points as special cause, as in NHS England's Making Data Count. */
export interface RuleOptions {
  /** A point outside the limits. Default true. */
  readonly outside?: boolean
  /** As many points in a row on one side of the centre; 0 for never. Default 7. */
  readonly shift?: number
  /**
   * As many points in a row that rise, or fall; 0 for never. Default 7, which is 6 moves (NHS England
   * since 2021, NHSRplotthedots); 6 points are the older convention.
   */
  readonly trend?: number
  /** Two of three points in a row close to one limit, beyond two thirds of the way. Default true. */
  readonly twoOfThree?: boolean
}

export interface ChartOptions {
  /** Default `xmr`. */
  readonly kind?: ChartKind
  /** How many standard deviations from the centre the limits are. Default 3. */
  readonly sigmas?: number
  /**
   * What the mean moving range is multiplied by for three standard deviations: 2.66 (Wheeler; NHS England,
   * NHSRplotthedots; the default of `xmr`) or 3 / 1.128 (Montgomery; qicharts2; the default of `p-prime`,
   * `u-prime` and `t`, which qicharts2 defines).
   */
  readonly factor?: number
  /**
   * Whether moving ranges above 3.267 times their mean are left out of a second mean (Nelson 1982).
   * Default true for `xmr` (NHSRplotthedots), else false (qicharts2).
   */
  readonly screen?: boolean
  /** Points that start a new step, from 1 up, rising: each step has its own centre and limits. */
  readonly steps?: readonly number[]
  /** How many points at the start of each step set its centre and limits. Default all. */
  readonly baseline?: number
  readonly rules?: RuleOptions
  /** Which way is better, for the verdicts. Default `neutral`. */
  readonly improvement?: Improvement
  /** A target for the assurance verdict, in the unit of the points. */
  readonly target?: number
}

/** Bits of {@link ControlChart} `flags`: why a point is marked; 0 is common cause. */
export const rule = { outside: 1, shift: 2, trend: 4, twoOfThree: 8 } as const

/** The columns of a chart, an entry for each point. */
export interface ChartColumns {
  /** What is plotted: the value, or the count over its denominator; NaN where there is none. */
  readonly value: Float64Array
  readonly centre: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Bits of {@link rule}; 0 where no rule marks the point. */
  readonly flags: Uint8Array
  /** 1 above the centre, -1 below it, 0 on it or without a value. */
  readonly side: Int8Array
}

/** What special cause says of the last point, given which way is better. */
export type Variation = 'common-cause' | 'improvement' | 'concern' | 'neutral-high' | 'neutral-low'

/** Whether a target will be met: always, never, or sometimes by chance alone. */
export type Assurance = 'none' | 'consistent-pass' | 'consistent-fail' | 'inconsistent'

/** A control chart with its verdicts. */
export interface ControlChart extends ChartColumns {
  readonly variation: Variation
  readonly assurance: Assurance
}
