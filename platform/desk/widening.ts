import {
  adjustPValues,
  criticalValue,
  differenceOfIntervals,
  type Estimate,
  normalCdf,
} from '@plumbline/statistics'
import { leftBehind, ownGap } from '../fairness/left-behind.ts'

/** Two groups of people in an earlier period and a later one, with 95% limits. */
export interface TwoGroups {
  readonly before: readonly [Estimate, Estimate]
  readonly now: readonly [Estimate, Estimate]
}

/** A gap that is wider for certain. */
export interface WiderGap {
  /** Place among those that were given. */
  readonly at: number
  /** The first group less the second, with 95% limits. */
  readonly before: Estimate
  readonly now: Estimate
}

/** Of the gaps that are said to widen, at most this share is expected to be chance. */
export const falseGapShare = 0.05

const gap = ([a, b]: readonly [Estimate, Estimate]): Estimate => ({
  value: a.value - b.value,
  ...differenceOfIntervals(a, b),
})

/**
 * Which gaps are there now for certain, when all are looked at together: the same that a fairness page
 * counts. Benjamini and Hochberg's rule takes those with the smallest chances, as many as are certain.
 */
function certainNow(all: readonly TwoGroups[]): ReadonlySet<number> {
  const tested = all.flatMap(({ now: [a, b] }, at) =>
    [a.lower, a.upper, b.lower, b.upper].every(Number.isFinite) ? [ownGap(at, a, b)] : [],
  )
  const { certain } = leftBehind(tested, 1)
  return new Set(
    [...tested]
      .sort((x, y) => x.p - y.p)
      .slice(0, certain)
      .map((g) => g.subject),
  )
}

/** The same gap seen from the other group. */
const turned = (e: Estimate): Estimate => ({ value: -e.value, lower: -e.upper, upper: -e.lower })

/**
 * Gaps that have widened: the gap is there now for certain, and it is wider than before by the interval
 * of the difference of the two gaps, with false discoveries held over all that are given (Benjamini and
 * Hochberg), for each by itself. Those without limits are left out.
 * @param all one pair of groups at all providers, or at all places: what is looked at together.
 * @returns the gaps, and how many could be judged.
 */
export function widerGaps(all: readonly TwoGroups[]): { wider: WiderGap[]; watched: number } {
  const certain = certainNow(all)
  const judged = all.flatMap((groups, at) => {
    const [before, now] = [gap(groups.before), gap(groups.now)]
    const [early, late] = now.value < 0 ? [turned(before), turned(now)] : [before, now]
    const chance = chanceOfWider(early, late)
    return Number.isNaN(chance) ? [] : [{ at, before, now, isThere: certain.has(at), chance }]
  })
  if (judged.length === 0) return { wider: [], watched: 0 }
  const adjusted = adjustPValues(Float64Array.from(judged, (j) => j.chance))
  return {
    wider: judged.flatMap(({ at, before, now, isThere }, i) =>
      isThere && (adjusted[i] as number) <= falseGapShare ? [{ at, before, now }] : [],
    ),
    watched: judged.length,
  }
}

/** How likely a gap is to grow so much by chance: from the lower arm of the interval of its growth. */
function chanceOfWider(before: Estimate, now: Estimate): number {
  const growth = now.value - before.value
  const arm = growth - differenceOfIntervals(now, before).lower
  return arm > 0 ? normalCdf((-growth * criticalValue(0.95)) / arm) : Number.NaN
}
