import { type Estimate, slopeIndexInterval } from '@plumbline/statistics'
import { gapOfMeans, type Mean, weightedMean } from './means.ts'

/** A provider's value, its people, and how deprived it is. */
export interface Provider {
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
  readonly gap: Estimate
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
 */
export function fifthsOf(providers: readonly Provider[]): Fifths | null {
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
  if (groups.some((g) => g.length < fewest)) return null
  const means = groups.flatMap((g) => weightedMean(columnsOf(g)) ?? [])
  const [most, least] = [means[0], means[4]]
  const gap = most && least ? gapOfMeans(most, least) : null
  return gap && { means, gap, slope: slopeOf(means, groups) }
}

const columnsOf = (some: readonly Provider[]) => ({
  values: Float64Array.from(some, (p) => p.value),
  weights: Float64Array.from(some, (p) => p.people),
})

function slopeOf(means: readonly Mean[], groups: readonly (readonly Provider[])[]): Estimate {
  const { sii } = slopeIndexInterval({
    values: Float64Array.from(means, (m) => m.value),
    populations: Float64Array.from(groups, (g) => g.reduce((total, p) => total + p.people, 0)),
    standardErrors: Float64Array.from(means, (m) => m.standardError),
  })
  return { value: 0 - sii.value, lower: 0 - sii.upper, upper: 0 - sii.lower }
}
