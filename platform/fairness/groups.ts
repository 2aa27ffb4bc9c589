import type { Estimate } from '@plumbline/statistics'
import type { StoredSeries } from '../comparison/stored-series.ts'
import type { HeldGap } from './gap-trend.ts'
import { type LeftBehind, leftBehind, ownGap, type Tested } from './left-behind.ts'
import { type Gap, gapWithin, type Mean, pullsWithin, ratioWithin, weightedMean } from './means.ts'
import { type Both, columnsOf, groupGapsOfAreas, membersOf, type Whereabouts } from './members.ts'

/** Two groups of people, where both are known at the same providers. */
export interface GroupGap {
  readonly first: string
  /** '' is everyone: where the source gives the first group and no other. */
  readonly second: string
  readonly firstMean: Mean
  readonly secondMean: Mean
  /** First less second. */
  readonly gap: Gap
  /** How many times the second's mean the first's is; null where 0 is no floor. */
  readonly ratio: Estimate | null
  readonly providers: LeftBehind
  readonly places: LeftBehind
}

/** Which groups, and how their values are read. */
export interface GroupsAsked {
  readonly first: string
  readonly second: string
  /** Which sign of first less second is worse for the first group. */
  readonly behind: 1 | -1
  /** Whether 0 is the least that a value can be, so that "times as much" says something. */
  readonly fromNought: boolean
}

/** The gap between two groups at all providers, and at each. Null for fewer than two providers with both. */
export function groupGap(
  { first, second, behind, fromNought }: GroupsAsked,
  a: StoredSeries,
  b: StoredSeries,
  where: Whereabouts,
): { readonly found: GroupGap; readonly held: HeldGap } | null {
  const pairs = placesOfBoth(a, b, where)
  const both = bothOf(pairs, a, b, where)
  const firsts = columnsOf(both.map((x) => x.first))
  const seconds = columnsOf(both.map((x) => x.second))
  const [firstMean, secondMean] = [weightedMean(firsts), weightedMean(seconds)]
  const gap = gapWithin(firsts, seconds)
  if (!firstMean || !secondMean || !gap) return null
  const found = {
    first,
    second,
    firstMean,
    secondMean,
    gap,
    ratio: fromNought ? ratioWithin(firsts, seconds) : null,
    // A group shares people with everyone: the intervals of the two at one provider are not apart.
    providers: leftBehind(second === '' ? [] : ownGaps(pairs, a, b), behind),
    places: leftBehind(groupGapsOfAreas(both), behind),
  }
  const pulls = pullsWithin(firsts, seconds)
  const bySubject = new Map(both.map((x, i) => [x.first.subject, pulls[i] as number]))
  return { found, held: { gap, pulls: bySubject, degrees: both.length - 1 } }
}

/** Where the providers that have a value in both series stand in each. */
function placesOfBoth(a: StoredSeries, b: StoredSeries, where: Whereabouts): [number, number][] {
  const inB = new Map([...b.subjects].map((subject, at) => [subject, at]))
  return [...a.subjects].flatMap((subject, i): [number, number][] => {
    const j = inB.get(subject)
    if (j === undefined || !where.isUsual(subject)) return []
    return Number.isFinite(a.value[i]) && Number.isFinite(b.value[j]) ? [[i, j]] : []
  })
}

function bothOf(
  pairs: readonly (readonly [number, number])[],
  a: StoredSeries,
  b: StoredSeries,
  where: Whereabouts,
): Both[] {
  const [inA, inB] = [pairs.map(([i]) => i), pairs.map(([, j]) => j)]
  const [ofA, ofB] = [membersOf(a, inA, where), membersOf(b, inB, where)]
  return pairs.flatMap(([i, j]): Both[] => {
    const [one, other] = [ofA.get(i), ofB.get(j)]
    return one && other ? [{ first: one, second: other }] : []
  })
}

function ownGaps(
  pairs: readonly (readonly [number, number])[],
  a: StoredSeries,
  b: StoredSeries,
): Tested[] {
  return pairs.flatMap(([i, j]) => {
    const [x, y] = [estimateAt(a, i), estimateAt(b, j)]
    return x && y ? [ownGap(a.subjects[i] as number, x, y)] : []
  })
}

/** A value with its 95% interval; null where the series has none there. */
export function estimateAt(s: StoredSeries, i: number): Estimate | null {
  const [value, lower, upper] = [s.value[i], s.lower95[i], s.upper95[i]]
  if (value === undefined || lower === undefined || upper === undefined) return null
  return Number.isFinite(value + lower + upper) ? { value, lower, upper } : null
}
