import { checkColumn } from '../columns.ts'
import { StatisticsError } from '../errors.ts'
import { knownOf, momentsOf } from './normalise.ts'

/** The peers of each unit: those of unit i are members[starts[i]] up to but not members[starts[i + 1]]. */
export interface Peers {
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/** Options of horizonScores. */
export interface HorizonOptions {
  readonly better?: 'high' | 'low'
  /** How many standard deviations the horizon reaches to each side of the mean; default 2. */
  readonly deviations?: number
  /** The weight of the place among peers; the rest is that among all. Default 0.75: three parts to one. */
  readonly peerWeight?: number
  /** The least and greatest value that could be, as 0 and 100; the horizon is cut off there. */
  readonly bounds?: readonly [number, number]
}

/**
 * Where each unit stands on the way from the lowest to the highest that could be looked for among its
 * peers, and among all, as New York's school progress reports scored a measure (2007 to 2013):
 *
 *     place = (value - (mean - 2 sd)) / (4 sd), kept within 0 to 1
 *     score = 0.75 x place among peers + 0.25 x place among all
 *
 * Standard deviations divide by n - 1. Where all are equal the place is 0.5 for that value, 0 below it and
 * 1 above it. A unit whose peers have no value is placed among all only. Whether the unit is one of its own
 * peers is for the caller to say.
 *
 * @param values of each unit; NaN where it has none, and then its score is NaN.
 * @throws StatisticsError naming the argument.
 * @example horizonScores(Float64Array.of(40, 50, 60), { starts: Uint32Array.of(0, 3, 6, 9),
 *   members: Uint32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2) }) // [0.25, 0.5, 0.75]
 */
export function horizonScores(
  values: Float64Array,
  { starts, members }: Peers,
  { better = 'high', deviations = 2, peerWeight = 0.75, bounds }: HorizonOptions = {},
): Float64Array {
  checkColumn('deviations', Float64Array.of(deviations), 'above-0')
  if (!(peerWeight >= 0 && peerWeight <= 1)) {
    throw new StatisticsError('peerWeight', `${peerWeight} is not within 0 to 1`)
  }
  if (bounds && !(bounds[0] < bounds[1])) throw new StatisticsError('bounds', 'they are no range')
  const n = values.length
  if (starts.length !== n + 1)
    throw new StatisticsError('peers.starts', `it needs ${n + 1} numbers`)
  if (members.some((member) => member >= n)) {
    throw new StatisticsError('peers.members', `a member is not one of ${n} units`)
  }
  const reach = (mean: number, sd: number): readonly [number, number] => {
    const low = mean - deviations * sd
    const high = mean + deviations * sd
    return bounds ? [Math.max(bounds[0], low), Math.min(bounds[1], high)] : [low, high]
  }
  const all = momentsOf(knownOf(values))
  const [low, high] = reach(all.mean, all.sd)
  const scores = new Float64Array(n)
  const own = new Float64Array(members.length)
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    let count = 0
    for (let m = starts[i] as number; m < (starts[i + 1] as number); m++) {
      const peer = values[members[m] as number] as number
      if (!Number.isNaN(peer)) own[count++] = peer
    }
    const among = place(value, low, high)
    let score = among
    if (count > 0) {
      const { mean, sd } = momentsOf(own.subarray(0, count))
      const [from, to] = reach(mean, sd)
      score = peerWeight * place(value, from, to) + (1 - peerWeight) * among
    }
    scores[i] = better === 'high' ? score : 1 - score
  }
  return scores
}

function place(value: number, low: number, high: number): number {
  if (Number.isNaN(value)) return Number.NaN
  if (!(high > low)) return value === low ? 0.5 : value < low ? 0 : 1
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}
