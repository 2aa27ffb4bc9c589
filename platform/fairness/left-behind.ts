import { adjustPValues, type Estimate, normalCdf } from '@plumbline/statistics'

/** Two groups at one provider or place. */
export interface Pair {
  readonly subject: number
  readonly first: Estimate
  readonly second: Estimate
}

/** A gap of one provider or place, first less second. */
export interface OwnGap extends Estimate {
  readonly subject: number
}

export interface LeftBehind {
  /** How many have both groups with their intervals. */
  readonly compared: number
  /** How many of these have a gap that is certain. */
  readonly certain: number
  /** Those whose first group is behind for certain, the widest gap first. */
  readonly widest: readonly OwnGap[]
}

const shown = 100

/**
 * Who is left behind: providers whose own gap is certain, when all are looked at together (Benjamini and
 * Hochberg 1995: at most 5 in 100 of those named are expected to be chance). A gap's interval is by MOVER
 * (Zou and Donner 2008), which keeps to what the two groups' own intervals allow.
 * @param behind which sign of first less second is worse for the first group: 1 or -1.
 */
export function leftBehind(pairs: readonly Pair[], behind: 1 | -1): LeftBehind {
  if (pairs.length === 0) return { compared: 0, certain: 0, widest: [] }
  const gaps = pairs.map(gapOf)
  const p = Float64Array.from(gaps, ({ value, lower, upper }) => {
    // The limit that lies towards 0 says how far 0 is.
    const error = (value > 0 ? value - lower : upper - value) / 1.96
    return error === 0 ? (value === 0 ? 1 : 0) : 2 * normalCdf(-Math.abs(value) / error)
  })
  const adjusted = adjustPValues(p)
  const certain = gaps.filter((_, i) => (adjusted[i] as number) <= 0.05)
  const widest = certain
    .filter((g) => g.value * behind > 0)
    .sort((a, b) => (b.value - a.value) * behind || a.subject - b.subject)
  return { compared: pairs.length, certain: certain.length, widest: widest.slice(0, shown) }
}

function gapOf({ subject, first, second }: Pair): OwnGap {
  const value = first.value - second.value
  const down = Math.hypot(first.value - first.lower, second.upper - second.value)
  const up = Math.hypot(first.upper - first.value, second.value - second.lower)
  return { subject, value, lower: value - down, upper: value + up }
}
