import { absoluteGap, type Estimate } from '@plumbline/statistics'
import { around, errorOf, varies } from './means.ts'

/** A gap that can be held against the same one of another period. */
export interface HeldGap {
  readonly gap: Estimate
  /**
   * How far each provider moves it, by its subject: the squares add up to the square of its standard
   * error. Null where it rests on people that were counted, not on providers.
   */
  readonly pulls: ReadonlyMap<number, number> | null
  /** Of freedom, of its interval. */
  readonly degrees: number
}

/**
 * Whether a gap is narrower or wider than it was, has gone to the other side, or cannot be told apart from
 * what it was.
 */
export type GapWay = 'narrowed' | 'widened' | 'turned' | 'uncertain'

/** How a gap changed between the first and the last period in which it is known. */
export interface GapTrend {
  readonly from: string
  readonly to: string
  readonly first: Estimate
  readonly last: Estimate
  /** Last gap less first gap, with the sign of the gaps. */
  readonly change: Estimate
  readonly way: GapWay
}

export interface HeldAt {
  readonly period: string
  readonly held: HeldGap
}

/**
 * The change of a gap and what a test of it at 95% says. A provider that is known in both periods counts
 * with the change of its pull, so that what stays the same in it falls out; one that is known in one alone
 * counts as if drawn anew. Gaps of counted people are of different people (MOVER).
 */
export function gapTrend(first: HeldAt, last: HeldAt): GapTrend {
  const change = changeOf(first.held, last.held)
  const [a, b] = [first.held.gap, last.held.gap].map(plain) as [Estimate, Estimate]
  const way = isShown(change) ? wayOf(a, b) : 'uncertain'
  return { from: first.period, to: last.period, first: a, last: b, change, way }
}

const plain = ({ value, lower, upper }: Estimate): Estimate => ({ value, lower, upper })

/** Is 0 outside an interval that has a width? One without says nothing of doubt. */
export const isShown = ({ lower, upper }: Estimate): boolean =>
  (lower > 0 || upper < 0) && varies(upper - lower, lower, upper)

function changeOf(first: HeldGap, last: HeldGap): Estimate {
  if (!first.pulls || !last.pulls) return absoluteGap(last.gap, first.gap)
  const moves = new Map(last.pulls)
  for (const [subject, pull] of first.pulls) {
    moves.set(subject, (moves.get(subject) ?? 0) - pull)
  }
  const degrees = Math.min(first.degrees, last.degrees)
  return around(last.gap.value - first.gap.value, errorOf(moves.values()), degrees)
}

function wayOf(first: Estimate, last: Estimate): GapWay {
  if (first.value * last.value < 0) return isShown(first) && !isShown(last) ? 'narrowed' : 'turned'
  return Math.abs(last.value) > Math.abs(first.value) ? 'widened' : 'narrowed'
}
