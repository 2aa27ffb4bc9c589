import { differenceOfIntervals, gapCredit } from '@plumbline/statistics'
import type { Measured } from './score.ts'

export interface Gap {
  /** By how much the group behind does worse, from 0 up, in the indicator's unit. */
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** A group's figure with its 95% limits. */
export interface GroupFigure {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/**
 * How far the group that starts behind lies behind the other, with the interval of the difference (MOVER).
 * A group that starts behind and does better leaves no gap: 0.
 * @example gapOf({ value: 50, lower: 40, upper: 60 }, { value: 70, lower: 65, upper: 75 }, 'high')
 * // { value: 20, lower: 8.8, upper: 31.2 }
 */
export function gapOf(behind: GroupFigure, ahead: GroupFigure, better: 'high' | 'low'): Gap {
  const [more, less] = better === 'high' ? [ahead, behind] : [behind, ahead]
  const { lower, upper } = differenceOfIntervals(more, less)
  return {
    value: Math.max(0, more.value - less.value),
    lower: Math.max(0, lower),
    upper: Math.max(0, upper),
  }
}

/** The gap of each provider, from the figures of both groups. */
export function gapsOf(behind: Measured, ahead: Measured, better: 'high' | 'low'): Measured {
  const n = behind.value.length
  const column = (): Float64Array => new Float64Array(n).fill(Number.NaN)
  const found = { value: column(), lower95: column(), upper95: column() }
  const at = (m: Measured, i: number): GroupFigure => ({
    value: m.value[i] as number,
    lower: m.lower95[i] as number,
    upper: m.upper95[i] as number,
  })
  for (let i = 0; i < n; i++) {
    const gap = gapOf(at(behind, i), at(ahead, i), better)
    found.value[i] = gap.value
    found.lower95[i] = gap.lower
    found.upper95[i] = gap.upper
  }
  return found
}

/**
 * Points, as a share of 1, for those who narrowed their gap most since the period before: half from the 60th
 * percentile of those with enough people of the group, all from the 80th. It can only be won.
 *
 * @param people how many of the group each has, for which fewer than `least` earn nothing.
 */
export function creditOf(
  gap: Float64Array,
  before: Float64Array,
  people: Float64Array,
  { points, least }: { readonly points: number; readonly least: number },
): Float64Array {
  const gains = gap.map((x, i) => (before[i] as number) - x)
  const known = people.map((x) => (Number.isNaN(x) ? 0 : x))
  return gapCredit(gains, known, { least }).map((share) => (share * points) / 100)
}
