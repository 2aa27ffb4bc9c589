import { statuses } from '../evidence/descriptor.ts'
import type { Counted } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import { nestedGroups } from './nested-groups.ts'
import {
  countsOfFigure,
  type PeopleKnown,
  withoutKnownPopulations,
  withoutOtherSums,
} from './people.ts'
import { type ReadsNames, renamedSince } from './renamed.ts'
import { linked, named, type Tied, tiedAmong } from './ties.ts'
import { UnsafeRelease } from './unsafe-release.ts'
import { mayWithhold } from './withheld.ts'

/** What is known of which indicators tell of each other. */
export interface ReadsTies extends ReadsNames {
  readonly declared: DisclosureDeclaration
  /**
   * Which indicators told of each other in some release before, or do in all of them and some figures at once, two by
   * two: what it showed of one tells of the other.
   */
  readonly tiedBefore: (period: string, figures: readonly Counted[]) => Promise<readonly Tied[]>
}

/** A figure, and where it stands. */
export interface Placed<P> extends Counted {
  readonly indicator: string
  readonly value: number
  readonly population: number
  readonly holder: P
  readonly at: number
}

/** Parts that are looked at together, with the counts of their figures. */
export interface Together<P> {
  readonly some: readonly P[]
  readonly placed: readonly Placed<P>[]
  /** All indicators that hang together with theirs, also those that this release has no more. */
  readonly linked: readonly string[]
  /** What indicators of releases before are called now. */
  readonly renamed: ReadonlyMap<string, string>
}

/** The parts of each period: indicators together that are declared to be, or share a count, or did before. */
export async function hangingTogether<P extends FigurePart>(
  parts: readonly P[],
  to: ReadsTies,
): Promise<Together<P>[]> {
  const found: Together<P>[] = []
  for (const [period, all] of Map.groupBy(parts.toSorted(byName), (p) => p.period)) {
    const placed = new Map(all.map((p) => [p, counted(p, to)]))
    const listed = [...placed.values()].flat()
    const nest = nestedGroups(
      listed.map((f) => f.group),
      to.declared.groups,
    )
    const tells = told(listed, listed, to)
    const own = tiedAmong(tells.map((f) => ({ ...f, group: nest(f.group) })))
    const renamed = await renamedSince(listed, to, period)
    const now = (code: string): string => renamed.get(code) ?? code
    const tied = to.alone ? [] : await to.tiedBefore(period, tells)
    const before = tied.map(([one, other]): Tied => [now(one), now(other)])
    const together = linked(to.declared, [...own, ...before])
    // One that this release has no more was public once, and still tells of the others.
    const others = [...named(to.declared), ...before.flat()]
    for (const [name, some] of Map.groupBy(all, (p) => together(p.indicator))) {
      found.push({
        renamed,
        some,
        placed: some.flatMap((p) => placed.get(p) ?? []),
        linked: [
          ...new Set([
            ...some.map((p) => p.indicator),
            ...others.filter((i) => together(i) === name),
          ]),
        ],
      })
    }
  }
  return found
}

/** A check has the parts as its file does, and a publish as they are stored: both are to choose alike. */
function byName(one: FigurePart, other: FigurePart): number {
  const compared = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
  return compared(one.indicator, other.indicator) || compared(one.breakdown, other.breakdown)
}

/** The counts behind the figures of a part; those without a value tell nothing. */
function counted<P extends FigurePart>(part: P, to: ReadsTies): Placed<P>[] {
  const indicator = to.indicators.get(part.indicator)
  return Array.from(part.subjects, (subject, at): Placed<P>[] => {
    const status = statuses[part.status?.[at] ?? 0]
    const value = part.value[at] ?? Number.NaN
    if (status !== 'value' || Number.isNaN(value)) return []
    const isCount = indicator?.kind === 'count'
    const count = part.numerator?.[at] ?? (isCount ? value : Number.NaN)
    if (Number.isNaN(count)) {
      if (mayWithhold(part, to.declared)) return []
      throw new UnsafeRelease(
        `${part.indicator} has no counts: a descriptor that asks for disclosure control names the numerator of every figure.`,
      )
    }
    const population = part.denominator?.[at] ?? Number.NaN
    const { indicator: code, breakdown: group } = part
    const counts = countsOfFigure(to.declared, indicator, count, part.denominator?.[at] ?? null)
    const named = { indicator: code, subject, group, ...counts }
    return [{ ...named, value, population, holder: part, at }]
  }).flat()
}

/** Figures without what tells of nobody. */
export const told = <F extends Counted>(
  some: readonly F[],
  among: readonly Counted[],
  to: PeopleKnown,
) => withoutOtherSums(withoutKnownPopulations(some, among, to), among)
