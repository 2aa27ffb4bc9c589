import type { StoredSeries } from '../comparison/stored-series.ts'
import { boundsOf, type Indicator } from '../evidence/indicator.ts'
import type { FairnessDeclaration, PublishedTenths } from './declaration.ts'
import { type Fifths, fifthsOf } from './fifths.ts'
import type { HeldGap } from './gap-trend.ts'
import { estimateAt, type GroupGap, groupGap } from './groups.ts'
import { type LeftBehind, leftBehind, nobody } from './left-behind.ts'
import { type Lottery, lotteryOf, type Units } from './lottery.ts'
import {
  halfGapsOfAreas,
  membersOf,
  type Placed,
  unitsOfAreas,
  type Whereabouts,
} from './members.ts'
import { type Tenth, type Tenths, tenthsOf } from './tenths.ts'

/** All that is said of fairness in one indicator and period. */
export interface Fairness {
  readonly fifths: Fifths | null
  /** Places whose more deprived half is behind their less deprived half. */
  readonly halves: LeftBehind
  readonly groups: readonly GroupGap[]
  /** A place's own published figures by deprivation. */
  readonly tenths: readonly Tenths[]
  /** The spread between providers. */
  readonly lottery: Lottery | null
  /** The spread between places of the declared level. */
  readonly placeLottery: Lottery | null
}

/** The figures of one period. */
export interface PeriodFigures {
  /** A group's, where there is one; '' is everyone. */
  group(breakdown: string): StoredSeries | null
  /** The subject that has this code. */
  placeOf(code: string): number | null
}

/** The name under which a gap is held against itself in other periods. */
export const gapNames = {
  fifths: 'fifths',
  groups: (first: string, second: string): string => `${first} less ${second || 'everyone'}`,
  /** By what they are read from: a gap within new boundaries is another gap. */
  tenths: ({ of, breakdown }: Pick<Tenths, 'of' | 'breakdown'>): string => `${of}: ${breakdown}`,
}

/** What was measured in a period, and its gaps as they are held against other periods', by name. */
export interface Measured {
  readonly found: Fairness
  readonly held: ReadonlyMap<string, HeldGap>
}

/** Which sign of a gap is worse for those who are more deprived, or in the first group. */
const behindSign = ({ polarity }: Indicator): 1 | -1 => (polarity === 'lower' ? 1 : -1)

/** Is 0 the least that values can be? Then "twice as much" says something. */
const isFromNought = (indicator: Indicator): boolean =>
  indicator.kind === 'money' || boundsOf(indicator)?.[0] === 0

/** One indicator in one period. */
export function measure(
  declared: FairnessDeclaration,
  indicator: Indicator,
  figures: PeriodFigures,
  where: Whereabouts,
): Measured {
  const fromNought = isFromNought(indicator)
  const behind = behindSign(indicator)
  const all = figures.group('')
  const ofProviders = all && measureProviders(indicator, all, where)
  const groups = declared.groups.flatMap(({ first, second }) => {
    const [a, b] = [figures.group(first), figures.group(second)]
    return (a && b && groupGap({ first, second, behind, fromNought }, a, b, where)) ?? []
  })
  const tenths = declared.published
    .filter((p) => p.indicators.includes(indicator.code))
    .flatMap((p) => {
      const [breakdown, some] = publishedTenths(p, figures) ?? []
      return (breakdown && tenthsOf({ of: p.of, breakdown }, some ?? [], fromNought)) || []
    })
  const fifths = ofProviders?.fifths ?? null
  return {
    found: {
      fifths: fifths?.found ?? null,
      halves: ofProviders?.halves ?? nobody,
      groups: groups.map((g) => g.found),
      tenths: tenths.map((t) => t.found),
      lottery: ofProviders?.lottery ?? null,
      placeLottery: ofProviders?.placeLottery ?? null,
    },
    held: new Map([
      ...(fifths ? [[gapNames.fifths, fifths.held] as const] : []),
      ...groups.map((g) => [gapNames.groups(g.found.first, g.found.second), g.held] as const),
      ...tenths.map((t) => [gapNames.tenths(t.found), t.held] as const),
    ]),
  }
}

function measureProviders(indicator: Indicator, all: StoredSeries, where: Whereabouts) {
  const usual = [...all.subjects.keys()].filter(
    (at) => where.isUsual(all.subjects[at] as number) && Number.isFinite(all.value[at]),
  )
  const members = [...membersOf(all, usual, where).values()]
  const placed = members.flatMap((m): Placed[] => {
    const deprivation = where.deprivationOf(m.subject)
    return deprivation === null ? [] : [{ ...m, deprivation }]
  })
  const counted = indicator.kind === 'proportion' && !all.rounded
  return {
    fifths: fifthsOf(placed, isFromNought(indicator)),
    halves: leftBehind(halfGapsOfAreas(placed), behindSign(indicator)),
    lottery: lotteryOf(unitsAt(all, usual), indicator.scale, counted),
    placeLottery: lotteryOf(unitsOfAreas(members), indicator.scale, false),
  }
}

function unitsAt(all: StoredSeries, at: readonly number[]): Units {
  const chosen = (column: Float64Array) => Float64Array.from(at, (i) => column[i] as number)
  return {
    values: chosen(all.value),
    numerators: chosen(all.numerator),
    denominators: chosen(all.denominator),
    lower95: chosen(all.lower95),
    upper95: chosen(all.upper95),
  }
}

/** The first breakdown that has all ten tenths of the place with their intervals, and these; else null. */
function publishedTenths(
  published: PublishedTenths,
  figures: PeriodFigures,
): [breakdown: string, tenths: Tenth[]] | null {
  const place = figures.placeOf(published.place)
  for (const breakdown of published.breakdowns) {
    const found = published.tenths.flatMap((tenth): Tenth[] => {
      const series = figures.group(breakdown.replace('{tenth}', tenth))
      const at = series && place !== null ? series.subjects.indexOf(place) : -1
      const estimate = series && at >= 0 ? estimateAt(series, at) : null
      const people = series?.denominator[at] ?? Number.NaN
      return estimate ? [{ ...estimate, people: people > 0 ? people : null }] : []
    })
    if (found.length === published.tenths.length) return [breakdown, found]
  }
  return null
}
