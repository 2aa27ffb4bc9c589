import { type Estimate, slopeIndexInterval } from '@plumbline/statistics'
import type { HeldGap } from './gap-trend.ts'
import {
  errorFrom,
  type Gap,
  gapOfMeans,
  type Mean,
  pullsOf,
  ratioOfMeans,
  weightedMean,
  welchDegrees,
} from './means.ts'

/** A provider's value, its people, and how deprived it is. */
export interface Provider {
  readonly subject: number
  readonly value: number
  /** Above 0. */
  readonly people: number
  /** More is more deprived. */
  readonly deprivation: number
}

/** How an indicator differs with deprivation. */
export interface Fifths {
  /** Five, the most deprived first. */
  readonly means: readonly Mean[]
  /** Most deprived fifth less the least deprived one. */
  readonly gap: Gap
  /** How many times the least deprived fifth's mean the most deprived one's is; null where 0 is no floor. */
  readonly ratio: Estimate | null
  /**
   * The slope index of inequality, turned so that it too is the most deprived end less the least
   * deprived: all five fifths count in it, not only the two at the ends.
   */
  readonly slope: Estimate
}

/** Fewer providers than this in a fifth say more of themselves than of deprivation. */
const fewest = 3

/**
 * Cuts providers into fifths of people by deprivation (not of providers: a large practice fills more of
 * its fifth), the most deprived first; providers that are equally deprived stay together. Null where a
 * fifth would have fewer than three providers.
 * @param fromNought whether 0 is the least that a value can be, so that "times as much" says something.
 */
export function fifthsOf(
  providers: readonly Provider[],
  fromNought: boolean,
): { readonly found: Fifths; readonly held: HeldGap } | null {
  const groups = cut(providers)
  if (groups.some((g) => g.length < fewest)) return null
  const means = groups.flatMap((g) => weightedMean(columnsOf(g)) ?? [])
  const [most, least] = [means[0], means[4]]
  if (!most || !least) return null
  const gap = gapOfMeans(most, least)
  const ratio = fromNought ? ratioOfMeans(most, least) : null
  return {
    found: { means, gap, ratio, slope: slopeOf(means, groups) },
    held: heldEnds(gap, [groups[0] ?? [], groups[4] ?? []], [most, least]),
  }
}

function cut(providers: readonly Provider[]): Provider[][] {
  const tied = Map.groupBy(providers, (p) => p.deprivation)
  const levels = [...tied].sort(([a], [b]) => b - a)
  const all = providers.reduce((total, p) => total + p.people, 0)
  const groups: Provider[][] = [[], [], [], [], []]
  let before = 0
  for (const [, some] of levels) {
    const people = some.reduce((total, p) => total + p.people, 0)
    // Where the middle of those who are tied lies.
    const fifth = Math.min(4, Math.floor((5 * (before + people / 2)) / all))
    groups[fifth]?.push(...some)
    before += people
  }
  return groups
}

const columnsOf = (some: readonly Provider[]) => ({
  values: Float64Array.from(some, (p) => p.value),
  weights: Float64Array.from(some, (p) => p.people),
})

function heldEnds(
  gap: Gap,
  [most, least]: readonly [readonly Provider[], readonly Provider[]],
  [a, b]: readonly [Mean, Mean],
): HeldGap {
  const pulls = new Map<number, number>()
  pullsOf(columnsOf(most)).forEach((pull, i) => {
    pulls.set(most[i]?.subject ?? 0, pull)
  })
  pullsOf(columnsOf(least)).forEach((pull, i) => {
    pulls.set(least[i]?.subject ?? 0, 0 - pull)
  })
  const degrees = welchDegrees(a.standardError ** 2, a.providers, b.standardError ** 2, b.providers)
  return { gap, pulls, degrees: Number.isFinite(degrees) ? degrees : 1 }
}

function slopeOf(means: readonly Mean[], groups: readonly (readonly Provider[])[]): Estimate {
  const { sii } = slopeIndexInterval({
    values: Float64Array.from(means, (m) => m.value),
    populations: Float64Array.from(groups, (g) => g.reduce((total, p) => total + p.people, 0)),
    // As wide as Student's t makes the means' own intervals.
    standardErrors: Float64Array.from(means, errorFrom),
  })
  return { value: 0 - sii.value, lower: 0 - sii.upper, upper: 0 - sii.lower }
}
