import { quantileOfSorted } from '../columns.ts'
import { checkLength, StatisticsError } from '../errors.ts'

/** From which share of units on how many points are given. */
export interface CreditStep {
  /** A quantile of the gains of all units that count, 0 to 1. */
  readonly from: number
  readonly points: number
}

/** Options of gapCredit. */
export interface GapCreditOptions {
  /** Default: half a point from the 60th percentile, a point from the 80th. */
  readonly steps?: readonly CreditStep[]
  /** How many people of the group a unit must have; default 15. */
  readonly least?: number
}

/**
 * Extra credit for closing a gap: points to the units in which people who start behind gained most, as
 * New York's school progress reports gave on top of the score. It can only be won: a unit with too few
 * such people, or without gains, gets 0. Steps are quantiles (R's type 7) of the units that count;
 * a gain must be above 0, so that no one is rewarded for a gap that widened less than elsewhere.
 *
 * @param gains by how much each unit narrowed the gap, or what its group gained; NaN where not known.
 * @param people how many of the group each unit has.
 * @throws StatisticsError naming the argument.
 * @example gapCredit(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(50, 50, 50, 50, 50)) // [0, 0, 0, 0.5, 1]
 */
export function gapCredit(
  gains: Float64Array,
  people: Float64Array,
  {
    steps = [
      { from: 0.6, points: 0.5 },
      { from: 0.8, points: 1 },
    ],
    least = 15,
  }: GapCreditOptions = {},
): Float64Array {
  checkLength('people', people, gains.length)
  for (const { from, points } of steps) {
    if (!(from >= 0 && from <= 1 && points >= 0 && Number.isFinite(points))) {
      throw new StatisticsError('steps', `${points} points from ${from} cannot be`)
    }
  }
  const counts = (gain: number, i: number): boolean =>
    Number.isFinite(gain) && (people[i] as number) >= least
  const counted = gains.filter(counts).sort()
  if (counted.length === 0) return new Float64Array(gains.length)
  const marks = steps.map(({ from, points }) => ({ gain: quantileOfSorted(counted, from), points }))
  return gains.map((gain, i) => {
    if (!counts(gain, i) || gain <= 0) return 0
    return marks.reduce((most, mark) => (gain >= mark.gain ? Math.max(most, mark.points) : most), 0)
  })
}
