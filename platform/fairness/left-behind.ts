import { adjustPValues, type Estimate, normalCdf } from '@plumbline/statistics'

/** A gap of one provider or place, first less second. */
export interface OwnGap extends Estimate {
  readonly subject: number
}

/** One that is not yet known to be certain: `p` is the chance of one as wide where there is none. */
export interface Tested extends OwnGap {
  readonly p: number
}

export interface LeftBehind {
  /** How many have both groups with their intervals. */
  readonly compared: number
  /** How many of these have a gap that is certain. */
  readonly certain: number
  /** In how many of these the first group is behind. */
  readonly behind: number
  /** Those whose first group is behind for certain, the widest gap first; a hundred at most. */
  readonly widest: readonly OwnGap[]
}

const shown = 100

/** Nobody was looked at. */
export const nobody: LeftBehind = { compared: 0, certain: 0, behind: 0, widest: [] }

/**
 * Who is left behind: those whose own gap is certain, when all are looked at together (Benjamini and
 * Hochberg 1995: at most 5 in 100 of those named are expected to be chance).
 * @param behind which sign of first less second is worse for the first group: 1 or -1.
 */
export function leftBehind(gaps: readonly Tested[], behind: 1 | -1): LeftBehind {
  if (gaps.length === 0) return nobody
  const adjusted = adjustPValues(Float64Array.from(gaps, (g) => g.p))
  const certain = gaps.filter((_, i) => (adjusted[i] as number) <= 0.05)
  const widest = certain
    .filter((g) => g.value * behind > 0)
    .sort((a, b) => (b.value - a.value) * behind || a.subject - b.subject)
    .map(({ subject, value, lower, upper }) => ({ subject, value, lower, upper }))
  return {
    compared: gaps.length,
    certain: certain.length,
    behind: widest.length,
    widest: widest.slice(0, shown),
  }
}

/**
 * The gap of two groups at one provider, from the intervals of both: MOVER (Zou and Donner 2008), which
 * keeps to what these allow. Each interval is of its own counts, so the chance is by the normal
 * distribution with the limit that lies towards 0.
 */
export function ownGap(subject: number, first: Estimate, second: Estimate): Tested {
  const value = first.value - second.value
  const down = Math.hypot(first.value - first.lower, second.upper - second.value)
  const up = Math.hypot(first.upper - first.value, second.value - second.lower)
  const error = (value > 0 ? down : up) / 1.96
  const p = error === 0 ? (value === 0 ? 1 : 0) : 2 * normalCdf(-Math.abs(value) / error)
  return { subject, value, lower: value - down, upper: value + up, p }
}
