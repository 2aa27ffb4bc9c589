import { checkColumn } from '../columns.ts'
import { checkLength, StatisticsError } from '../errors.ts'
import { knownOf, momentsOf } from './normalise.ts'

/** The peers of each unit: those of unit i are members[starts[i]] up to but not members[starts[i + 1]]. */
export interface Peers {
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/** Options of horizonsOf. */
export interface HorizonsOptions {
  /** How many standard deviations the horizon reaches to each side of the mean; default 2. */
  readonly deviations?: number
  /** The least and greatest value that could be, as 0 and 100; the horizon is cut off there. */
  readonly bounds?: readonly [number, number]
  /**
   * Whether a unit's own value is left out of all among whom it is placed, so that its horizon does not
   * move with it; default false.
   */
  readonly leaveOut?: boolean
}

/** Options of scoresWithin. */
export interface PlaceOptions {
  readonly better?: 'high' | 'low'
  /** The weight of the place among peers; the rest is that among all. Default 0.75: three parts to one. */
  readonly peerWeight?: number
}

/** Options of horizonScores. */
export interface HorizonOptions extends HorizonsOptions, PlaceOptions {}

/** How far each unit could look, a column each: among all, and among its peers (NaN where they have no value). */
export interface Horizons {
  readonly low: Float64Array
  readonly high: Float64Array
  readonly peersLow: Float64Array
  readonly peersHigh: Float64Array
}

/**
 * The horizon of each unit: mean - 2 sd to mean + 2 sd of all, and of its peers. Standard deviations divide
 * by n - 1. With them a unit's value, its limits or a target can be placed on the same scale.
 *
 * @param values of each unit; NaN where it has none, and then its horizon among all is NaN.
 * @throws StatisticsError naming the argument.
 * @example horizonsOf(Float64Array.of(40, 50, 60), { starts: new Uint32Array(4), members: new Uint32Array(0) })
 *   .high // [70, 70, 70]
 */
export function horizonsOf(
  values: Float64Array,
  peers: Peers,
  { deviations = 2, bounds, leaveOut = false }: HorizonsOptions = {},
): Horizons {
  checkColumn('deviations', Float64Array.of(deviations), 'above-0')
  if (bounds && !(bounds[0] < bounds[1])) throw new StatisticsError('bounds', 'they are no range')
  const { starts, members } = peers
  const n = values.length
  checkPeers(peers, n)
  const reach = ({ mean, sd }: Moments): readonly [number, number] => {
    const low = mean - deviations * sd
    const high = mean + deviations * sd
    return bounds ? [Math.max(bounds[0], low), Math.min(bounds[1], high)] : [low, high]
  }
  const known = knownOf(values)
  const whole = momentsOf(known)
  const others = leaveOut ? momentsWithout(known) : null
  const column = (): Float64Array => new Float64Array(n).fill(Number.NaN)
  const found = { low: column(), high: column(), peersLow: column(), peersHigh: column() }
  const own = new Float64Array(members.length)
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    const among = reach(others ? others(value) : whole)
    found.low[i] = among[0]
    found.high[i] = among[1]
    let count = 0
    for (let m = starts[i] as number; m < (starts[i + 1] as number); m++) {
      const peer = values[members[m] as number] as number
      if (!Number.isNaN(peer)) own[count++] = peer
    }
    if (count === 0) continue
    const near = reach(momentsOf(own.subarray(0, count)))
    found.peersLow[i] = near[0]
    found.peersHigh[i] = near[1]
  }
  return found
}

/**
 * Where a value of each unit stands within its horizons, 0 to 1: three parts its place among peers, one part
 * that among all (see horizonScores). Where all are equal the place is 0.5 for that value, 0 below it and 1
 * above it. A unit whose peers have no value is placed among all only.
 *
 * @param values of each unit, in the unit of measurement of the horizons; NaN gives NaN.
 * @throws StatisticsError naming the argument.
 * @example scoresWithin(Float64Array.of(70, 40, 50), horizonsOf(Float64Array.of(40, 50, 60), { starts:
 *   new Uint32Array(4), members: new Uint32Array(0) })) // [1, 0.25, 0.5]
 */
export function scoresWithin(
  values: Float64Array,
  { low, high, peersLow, peersHigh }: Horizons,
  { better = 'high', peerWeight = 0.75 }: PlaceOptions = {},
): Float64Array {
  if (!(peerWeight >= 0 && peerWeight <= 1)) {
    throw new StatisticsError('peerWeight', `${peerWeight} is not within 0 to 1`)
  }
  checkLength('values', values, low.length)
  return values.map((value, i) => {
    const among = place(value, low[i] as number, high[i] as number)
    const near = place(value, peersLow[i] as number, peersHigh[i] as number)
    const score = Number.isNaN(near) ? among : peerWeight * near + (1 - peerWeight) * among
    return better === 'high' ? score : 1 - score
  })
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
 * peers is for the caller to say; whether it is one of all, `leaveOut`. Left out of both, its score never
 * rises when its value gets worse and all others stay.
 *
 * @param values of each unit; NaN where it has none, and then its score is NaN.
 * @throws StatisticsError naming the argument.
 * @example horizonScores(Float64Array.of(40, 50, 60), { starts: Uint32Array.of(0, 3, 6, 9),
 *   members: Uint32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2) }) // [0.25, 0.5, 0.75]
 */
export function horizonScores(
  values: Float64Array,
  peers: Peers,
  options: HorizonOptions = {},
): Float64Array {
  return scoresWithin(values, horizonsOf(values, peers, options), options)
}

function checkPeers({ starts, members }: Peers, n: number): void {
  if (starts.length !== n + 1)
    throw new StatisticsError('peers.starts', `it needs ${n + 1} numbers`)
  if (members.some((member) => member >= n)) {
    throw new StatisticsError('peers.members', `a member is not one of ${n} units`)
  }
}

type Moments = ReturnType<typeof momentsOf>

/** Mean and standard deviation of all values but one of the value given. */
function momentsWithout(known: Float64Array): (value: number) => Moments {
  const n = known.length
  if (n === 1) return () => ({ mean: Number.NaN, sd: Number.NaN })
  const sorted = known.slice().sort()
  const { mean, sd } = momentsOf(sorted)
  const squares = sd * sd * (n - 1)
  const [least, second] = [sorted[0] as number, sorted[1] as number]
  const [last, most] = [sorted[n - 2] as number, sorted[n - 1] as number]
  return (value) => {
    // Where the others are all equal, rounding must not make a spread of it.
    const from = value === least ? second : least
    const to = value === most ? last : most
    if (from === to) return { mean: from, sd: 0 }
    const off = value - mean
    const rest = Math.max(0, squares - (off * off * n) / (n - 1))
    return { mean: mean - off / (n - 1), sd: Math.sqrt(rest / (n - 2)) }
  }
}

function place(value: number, low: number, high: number): number {
  if (Number.isNaN(value) || Number.isNaN(low)) return Number.NaN
  if (!(high > low)) return value === low ? 0.5 : value < low ? 0 : 1
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}
