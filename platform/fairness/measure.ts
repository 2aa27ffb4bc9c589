import type { Estimate } from '@plumbline/statistics'
import type { StoredSeries } from '../comparison/stored-series.ts'
import type { Indicator } from '../evidence/indicator.ts'
import type { FairnessDeclaration } from './declaration.ts'
import { type Fifths, fifthsOf } from './fifths.ts'
import { type LeftBehind, leftBehind, ownGap, type Tested } from './left-behind.ts'
import { type Lottery, lotteryOf, type Units } from './lottery.ts'
import { gapWithin, type Mean, weightedMean } from './means.ts'

/** Two groups of people, where both are known at the same providers. */
export interface GroupGap {
  readonly first: string
  readonly second: string
  readonly firstMean: Mean
  readonly secondMean: Mean
  /** First less second. */
  readonly gap: Estimate
  readonly providers: LeftBehind
  readonly places: LeftBehind
}

/** All that is said of fairness in one indicator and period. */
export interface Fairness {
  readonly fifths: Fifths | null
  readonly groups: readonly GroupGap[]
  /** The spread between providers. */
  readonly lottery: Lottery | null
  /** The spread between places of the declared level. */
  readonly placeLottery: Lottery | null
}

/** Whom a provider of the series is: which are of the usual kind, how deprived, and in which area. */
export interface Whereabouts {
  isUsual(subject: number): boolean
  /** More is more deprived; null where nobody knows. */
  deprivationOf(subject: number): number | null
  areaOf(subject: number): number | null
}

/** The people that each value stands for; 1 each where the source gives no number for most. */
function peopleOf(series: StoredSeries, of: readonly number[]): (at: number) => number {
  const known = of.filter((at) => (series.denominator[at] as number) > 0).length
  return known * 2 > of.length ? (at) => series.denominator[at] as number : () => 1
}

/** One period. `all` is everyone's series, `groups` gives that of a group where there is one. */
export function measure(
  declared: FairnessDeclaration,
  indicator: Indicator,
  all: StoredSeries,
  groups: (breakdown: string) => StoredSeries | null,
  where: Whereabouts,
): Fairness {
  const usual = [...all.subjects.keys()].filter(
    (at) => where.isUsual(all.subjects[at] as number) && Number.isFinite(all.value[at]),
  )
  const people = peopleOf(all, usual)
  const providers = usual.flatMap((at) => {
    const deprivation = where.deprivationOf(all.subjects[at] as number)
    const value = all.value[at] as number
    return deprivation === null || !(people(at) > 0)
      ? []
      : [{ value, people: people(at), deprivation }]
  })
  const counted = indicator.kind === 'proportion' && !all.rounded
  const chosen = (column: Float64Array) => Float64Array.from(usual, (at) => column[at] as number)
  const units: Units = {
    values: chosen(all.value),
    numerators: chosen(all.numerator),
    denominators: chosen(all.denominator),
    lower95: chosen(all.lower95),
    upper95: chosen(all.upper95),
  }
  return {
    fifths: fifthsOf(providers),
    groups: declared.groups.flatMap(({ first, second }) => {
      const [a, b] = [groups(first), groups(second)]
      return (a && b && groupGap(first, a, second, b, indicator, where)) ?? []
    }),
    lottery: lotteryOf(units, indicator.scale, counted),
    placeLottery: lotteryOf(unitsOfAreas(all, usual, people, where), indicator.scale, false),
  }
}

/** The weighted mean of each area's providers with its interval: areas of fewer than three are left out. */
function unitsOfAreas(
  series: StoredSeries,
  usual: readonly number[],
  people: (at: number) => number,
  where: Whereabouts,
): Units {
  const means = areaMeans(series, usual, people, where).map(({ mean }) => mean)
  const none = new Float64Array(means.length).fill(Number.NaN)
  return {
    values: Float64Array.from(means, (m) => m.value),
    numerators: none,
    denominators: none,
    lower95: Float64Array.from(means, (m) => m.lower),
    upper95: Float64Array.from(means, (m) => m.upper),
  }
}

const fewestInArea = 3

function areaMeans(
  series: StoredSeries,
  at: readonly number[],
  people: (at: number) => number,
  where: Whereabouts,
): { area: number; mean: Mean }[] {
  const some = at.filter((i) => people(i) > 0)
  const byArea = Map.groupBy(some, (i) => where.areaOf(series.subjects[i] as number))
  return [...byArea].flatMap(([area, members]) => {
    if (area === null || members.length < fewestInArea) return []
    const mean = weightedMean({
      values: Float64Array.from(members, (i) => series.value[i] as number),
      weights: Float64Array.from(members, people),
    })
    return mean ? [{ area, mean }] : []
  })
}

function groupGap(
  first: string,
  a: StoredSeries,
  second: string,
  b: StoredSeries,
  indicator: Indicator,
  where: Whereabouts,
): GroupGap | null {
  const placeInB = new Map([...b.subjects].map((subject, at) => [subject, at]))
  const both = [...a.subjects].flatMap((subject, i) => {
    const j = placeInB.get(subject)
    const known = j !== undefined && Number.isFinite(a.value[i]) && Number.isFinite(b.value[j])
    return known && where.isUsual(subject) ? [[i, j] as const] : []
  })
  const inA = both.map(([i]) => i)
  const inB = both.map(([, j]) => j)
  const [peopleA, peopleB] = [peopleOf(a, inA), peopleOf(b, inB)]
  const counted = both.filter(([i, j]) => peopleA(i) > 0 && peopleB(j) > 0)
  const columns = (
    series: StoredSeries,
    at: readonly number[],
    people: (at: number) => number,
  ) => ({
    values: Float64Array.from(at, (i) => series.value[i] as number),
    weights: Float64Array.from(at, people),
  })
  const firsts = columns(
    a,
    counted.map(([i]) => i),
    peopleA,
  )
  const seconds = columns(
    b,
    counted.map(([, j]) => j),
    peopleB,
  )
  const [firstMean, secondMean] = [weightedMean(firsts), weightedMean(seconds)]
  const gap = gapWithin(firsts, seconds)
  if (!firstMean || !secondMean || !gap) return null
  const behind = indicator.polarity === 'lower' ? 1 : -1
  const own = (s: StoredSeries, i: number): Estimate => ({
    value: s.value[i] as number,
    lower: s.lower95[i] as number,
    upper: s.upper95[i] as number,
  })
  const pairs = both.flatMap(([i, j]): Tested[] => {
    const [x, y] = [own(a, i), own(b, j)]
    const whole = [x.lower, x.upper, y.lower, y.upper].every(Number.isFinite)
    return whole ? [ownGap(a.subjects[i] as number, x, y)] : []
  })
  const byArea = Map.groupBy(counted, ([i]) => where.areaOf(a.subjects[i] as number))
  const places = [...byArea].flatMap(([area, some]): Tested[] => {
    if (area === null || some.length < fewestInArea) return []
    const within = gapWithin(
      columns(
        a,
        some.map(([i]) => i),
        peopleA,
      ),
      columns(
        b,
        some.map(([, j]) => j),
        peopleB,
      ),
    )
    return within ? [{ subject: area, ...within }] : []
  })
  return {
    first,
    second,
    firstMean,
    secondMean,
    gap,
    providers: leftBehind(pairs, behind),
    places: leftBehind(places, behind),
  }
}
