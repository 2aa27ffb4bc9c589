import { checkWeights, shown, sum } from '../columns.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { factorsOf, type Weighting } from './weighting.ts'

/** Where {@link trim} cuts. */
export interface TrimOptions {
  /** The largest weight, or none. */
  readonly upper?: number
  /** The smallest weight of a row that has one, or none. */
  readonly lower?: number
  /**
   * Where what is cut off goes: to the other rows in `proportion` to their weights (default), to each the same
   * (`equal`, as trimWeights of R's survey does), or nowhere (`none`), so that the total changes.
   */
  readonly redistribute?: 'proportion' | 'equal' | 'none'
}

/** Trimmed weights, and what that did. */
export interface Trimming extends Weighting {
  /** How many rows were cut down or raised. */
  readonly trimmed: number
  /** What moved between rows, as a share of all weight. */
  readonly moved: number
}

/**
 * Trims weights to bounds that you name, and hands on what was cut off, again and again until all lie within
 * (Potter 1990). Totals that weights were calibrated to are met no longer: calibrate with bounds instead where
 * that matters. Rows of weight 0 stay at 0.
 * @example trim(Float64Array.of(1, 1, 2, 8), { upper: 6 }).weights // [1.5, 1.5, 3, 6]
 */
export function trim(
  weights: Float64Array,
  { upper = Number.POSITIVE_INFINITY, lower = 0, redistribute = 'proportion' }: TrimOptions,
): Trimming | Refusal {
  const fault = checkWeights(weights)
  if (fault) return fault
  if (!(upper > 0 && lower >= 0 && lower <= upper)) {
    return refuse('invalid-number', `The bounds ${lower} and ${upper} leave no room.`)
  }
  const after = weights.slice()
  const fixed = new Uint8Array(weights.length)
  const total = sum(weights)
  for (;;) {
    const cut = clamp(after, fixed, lower, upper)
    if (redistribute === 'none' || Math.abs(cut) <= 1e-12 * total) break
    if (!handOn(after, fixed, cut, redistribute)) return noRoom(weights, lower, upper)
  }
  return result(weights, after, fixed)
}

/** Brings weights within the bounds, marks those that were not, and answers what was cut off in all. */
function clamp(after: Float64Array, fixed: Uint8Array, lower: number, upper: number): number {
  let cut = 0
  for (let i = 0; i < after.length; i++) {
    const weight = after[i] as number
    if (weight === 0 || (weight >= lower && weight <= upper)) continue
    const bounded = weight > upper ? upper : lower
    cut += weight - bounded
    after[i] = bounded
    fixed[i] = 1
  }
  return cut
}

/** Spreads what was cut off over the rows that were never cut; false where there are none. */
function handOn(
  after: Float64Array,
  fixed: Uint8Array,
  cut: number,
  how: 'proportion' | 'equal',
): boolean {
  let [room, rows] = [0, 0]
  for (let i = 0; i < after.length; i++) {
    if (fixed[i] === 1 || after[i] === 0) continue
    room += after[i] as number
    rows += 1
  }
  if (rows === 0 || (how === 'proportion' && room + cut <= 0)) return false
  for (let i = 0; i < after.length; i++) {
    const weight = after[i] as number
    if (fixed[i] === 1 || weight === 0) continue
    after[i] = how === 'equal' ? weight + cut / rows : weight * (1 + cut / room)
  }
  return true
}

function noRoom(weights: Float64Array, lower: number, upper: number): Refusal {
  const rows = weights.filter((weight) => weight > 0).length
  return refuse(
    'cannot-redistribute',
    `${rows} weights with a mean of ${shown(sum(weights) / rows)} cannot keep their sum between ${shown(lower)} and ${shown(upper)}. Widen the bounds.`,
  )
}

function result(before: Float64Array, after: Float64Array, fixed: Uint8Array): Trimming {
  const moved = before.reduce((sum, weight, i) => sum + Math.abs(weight - (after[i] as number)), 0)
  return {
    kind: 'weights',
    weights: after,
    factors: factorsOf(after, before),
    notes: [],
    trimmed: fixed.reduce((count, one) => count + one, 0),
    moved: moved / 2 / sum(before),
  }
}
