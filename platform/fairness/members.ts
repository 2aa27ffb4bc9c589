import type { StoredSeries } from '../comparison/stored-series.ts'
import type { Tested } from './left-behind.ts'
import type { Units } from './lottery.ts'
import { gapOfMeans, gapWithin, type Weighted, weightedMean } from './means.ts'

/** Whom a provider of the series is: which are of the usual kind, how deprived, and in which area. */
export interface Whereabouts {
  isUsual(subject: number): boolean
  /** More is more deprived; null where nobody knows. */
  deprivationOf(subject: number): number | null
  areaOf(subject: number): number | null
}

/** A provider with a value, and the people that it stands for. */
export interface Member {
  readonly subject: number
  readonly value: number
  /** Above 0. */
  readonly people: number
  readonly area: number | null
}

/** A provider of which it is known how deprived it is. */
export interface Placed extends Member {
  /** More is more deprived. */
  readonly deprivation: number
}

/** A provider with the values of two groups. */
export interface Both {
  readonly first: Member
  readonly second: Member
}

/** Means of fewer providers than this say more of each provider than of the area. */
const fewestInArea = 3

/** The people that each value stands for; 1 each where the source gives no number for most. */
function peopleOf(series: StoredSeries, of: readonly number[]): (at: number) => number {
  const known = of.filter((at) => (series.denominator[at] as number) > 0).length
  return known * 2 > of.length ? (at) => series.denominator[at] as number : () => 1
}

/** The series' entries at some places, by place; those left out that stand for nobody. */
export function membersOf(
  series: StoredSeries,
  at: readonly number[],
  where: Whereabouts,
): Map<number, Member> {
  const people = peopleOf(series, at)
  const members = at.flatMap((i): [number, Member][] => {
    const subject = series.subjects[i] as number
    const member = { subject, value: series.value[i] as number, people: people(i) }
    return member.people > 0 ? [[i, { ...member, area: where.areaOf(subject) }]] : []
  })
  return new Map(members)
}

export const columnsOf = (members: readonly Member[]): Weighted => ({
  values: Float64Array.from(members, (m) => m.value),
  weights: Float64Array.from(members, (m) => m.people),
})

function byArea<T>(all: readonly T[], areaOf: (one: T) => number | null): [number, T[]][] {
  return [...Map.groupBy(all, areaOf)].flatMap(([area, some]) =>
    area === null || some.length < fewestInArea ? [] : [[area, some]],
  )
}

/** The weighted mean of each area's providers with its interval. */
export function unitsOfAreas(members: readonly Member[]): Units {
  const means = byArea(members, (m) => m.area).flatMap(
    ([, some]) => weightedMean(columnsOf(some)) ?? [],
  )
  const none = new Float64Array(means.length).fill(Number.NaN)
  return {
    values: Float64Array.from(means, (m) => m.value),
    numerators: none,
    denominators: none,
    lower95: Float64Array.from(means, (m) => m.lower),
    upper95: Float64Array.from(means, (m) => m.upper),
  }
}

/** The gap between two groups in each area: what is common to a provider's two groups falls out. */
export function groupGapsOfAreas(both: readonly Both[]): Tested[] {
  return byArea(both, (b) => b.first.area).flatMap(([subject, some]) => {
    const gap = gapWithin(columnsOf(some.map((b) => b.first)), columnsOf(some.map((b) => b.second)))
    return gap ? [{ subject, ...gap }] : []
  })
}

/**
 * The gap within each area between its more and its less deprived half of people: more less less. Areas
 * with fewer than three providers in a half are left out.
 */
export function halfGapsOfAreas(members: readonly Placed[]): Tested[] {
  return byArea(members, (m) => m.area).flatMap(([subject, some]) => {
    const halves = halvesOf(some)
    if (halves.some((half) => half.length < fewestInArea)) return []
    const [more, less] = halves.map((half) => weightedMean(columnsOf(half)))
    return more && less ? [{ subject, ...gapOfMeans(more, less) }] : []
  })
}

/** Cut where half of the people are passed; those that are equally deprived stay together. */
function halvesOf(some: readonly Placed[]): [Placed[], Placed[]] {
  const all = some.reduce((total, m) => total + m.people, 0)
  const halves: [Placed[], Placed[]] = [[], []]
  let before = 0
  const levels = [...Map.groupBy(some, (m) => m.deprivation)].sort(([a], [b]) => b - a)
  for (const [, tied] of levels) {
    const people = tied.reduce((total, m) => total + m.people, 0)
    halves[before + people / 2 < all / 2 ? 0 : 1].push(...tied)
    before += people
  }
  return halves
}
