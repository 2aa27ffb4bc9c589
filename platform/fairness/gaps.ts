import type { Estimate } from '@plumbline/statistics'
import { type GapTrend, isShown } from './gap-trend.ts'
import type { LeftBehind } from './left-behind.ts'
import { gapNames } from './measure.ts'
import type { FairnessAt, FairnessOf } from './store.ts'

/** A gap of one indicator in one period, whatever it is between. */
export interface FoundGap {
  readonly indicator: string
  /** By deprivation of providers, between groups of people, or in figures that its source publishes. */
  readonly kind: 'fifths' | 'groups' | 'tenths'
  /** Between whom: "the most deprived fifth" and "the least deprived fifth". */
  readonly first: string
  readonly second: string
  /** Of whom, where it is not the service's users: "people in England, by how deprived their county is". */
  readonly of: string | null
  /** The groups that a published gap was read from: within other boundaries it is another gap. */
  readonly breakdown: string | null
  readonly period: string
  /** First less second. */
  readonly gap: Estimate
  readonly certain: boolean
  /** How many times the second the first is; null where that says nothing. */
  readonly ratio: Estimate | null
  readonly slope: Estimate | null
  /**
   * The gap as a share of the distance from the provider that a tenth lie below to the one that a tenth lie
   * above: what makes gaps in different units comparable. Null where too few providers are known.
   */
  readonly width: Estimate | null
  readonly trend: GapTrend | null
  readonly providers: LeftBehind | null
  readonly places: LeftBehind | null
}

/** All gaps of one period of an indicator: by deprivation, between groups, as published. */
export function gapsAt(of: FairnessOf, { period, found }: FairnessAt): FoundGap[] {
  const { fifths, groups, tenths, halves, lottery } = found
  const distance = lottery ? lottery.ninetieth - lottery.tenth : 0
  const make = (
    name: string,
    { gap, ratio }: { readonly gap: Estimate; readonly ratio: Estimate | null },
    rest: Pick<FoundGap, 'kind' | 'first' | 'second'> & Partial<FoundGap>,
  ): FoundGap => ({
    indicator: of.indicator,
    of: null,
    breakdown: null,
    period,
    gap: { value: gap.value, lower: gap.lower, upper: gap.upper },
    certain: isShown(gap),
    ratio,
    slope: null,
    width: distance > 0 ? shareOf(gap, distance) : null,
    // Beside the gap of an earlier period the change would be another's.
    trend: of.trends[name]?.to === period ? of.trends[name] : null,
    providers: null,
    places: null,
    ...rest,
  })
  return [
    ...(fifths
      ? [
          make(gapNames.fifths, fifths, {
            kind: 'fifths',
            first: 'the most deprived fifth',
            second: 'the least deprived fifth',
            slope: fifths.slope,
            places: halves,
          }),
        ]
      : []),
    ...groups.map((g) => {
      const names = of.declared.groups.find((d) => d.first === g.first && d.second === g.second)
      return make(gapNames.groups(g.first, g.second), g, {
        kind: 'groups',
        first: names?.firstName ?? g.first,
        second: names?.secondName ?? (g.second || 'everyone'),
        providers: g.second === '' ? null : g.providers,
        places: g.places,
      })
    }),
    ...tenths.map((t) =>
      make(gapNames.tenths(t), t, {
        kind: 'tenths',
        first: 'the most deprived tenth',
        second: 'the least deprived tenth',
        of: t.of,
        breakdown: t.breakdown,
        slope: t.slope,
      }),
    ),
  ]
}

const shareOf = ({ value, lower, upper }: Estimate, whole: number): Estimate => ({
  value: value / whole,
  lower: lower / whole,
  upper: upper / whole,
})

/** Every gap of an indicator as it was last known, the widest certain one first. */
export function newestGaps(of: FairnessOf): FoundGap[] {
  const newest = new Map<string, FoundGap>()
  for (const at of of.periods) {
    for (const gap of gapsAt(of, at)) newest.set(`${gap.kind} ${gap.first} ${gap.of}`, gap)
  }
  return [...newest.values()].sort(byWidth)
}

/**
 * The widest certain gap first: those that are certain before those that may be chance, then by width;
 * those whose width nobody knows after the others.
 */
export function byWidth(a: FoundGap, b: FoundGap): number {
  const width = (g: FoundGap): number => (g.width === null ? -1 : Math.abs(g.width.value))
  return Number(b.certain) - Number(a.certain) || width(b) - width(a)
}
