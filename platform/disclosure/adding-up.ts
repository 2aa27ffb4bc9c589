import type { Counted } from './counts.ts'
import { partsOfTotal } from './parts-of-total.ts'
import {
  type Column,
  columnOf,
  measures,
  type SameCounts,
  Sets,
  sameCounts,
} from './same-counts.ts'

/** One of the counts of an indicator. */
export type Named = Pick<Column, 'indicator' | 'measure'>

/** Counts of several indicators that come to a count of another, wherever all are listed. */
export interface AddingUp {
  readonly total: Column
  readonly parts: readonly Column[]
  /** All counts that are the same as the total, and as each of the parts: with itself, which comes first. */
  readonly alike: {
    readonly total: readonly Named[]
    readonly parts: readonly (readonly Named[])[]
  }
}

/** Each list of figures is asked about many times while a release is chosen and attacked, and never changes. */
const known = new WeakMap<readonly Counted[], readonly AddingUp[]>()

/**
 * Which indicators of a file are answers of which each of the same people gave one: those who smoke, who did and who
 * never did are all who were asked. Nobody declares it, since whoever reads the file sees it; what is hidden of one is
 * what the others leave of all.
 * @param figures a list that does not change: what is found of it is kept as long as the list is.
 */
export function addingUp(figures: readonly Counted[]): readonly AddingUp[] {
  const found = known.get(figures) ?? findAddingUp(figures)
  known.set(figures, found)
  return found
}

function findAddingUp(figures: readonly Counted[]): AddingUp[] {
  const indicators = Map.groupBy(figures, (f) => f.indicator ?? '')
  if (indicators.size < 2) return []
  const columns = [...indicators].flatMap(([code, own]) =>
    measures.map((measure) => columnOf(code, measure, own)),
  )
  const setOf = setsOfSame(sameCounts(figures))
  // Of counts that are the same, one stands for all; the others are told by all and those counted.
  const kinds = columns.filter((c) => c.measure !== 'others' && isSomebody(c))
  const distinct = [...Map.groupBy(kinds, setOf).values()].map(([first]) => first as Column)
  const listed = columns.filter((c) => c.counts.size > 0).map(named)
  const sets = Map.groupBy(listed, setOf)
  const alike = (c: Column): readonly Named[] => [
    named(c),
    ...(sets.get(setOf(c)) ?? []).filter((n) => nameOf(n) !== nameOf(c)),
  ]
  const within = withinFigures([...indicators.keys()], setOf)
  return distinct.flatMap((total) =>
    partsOfTotal(
      total,
      distinct.filter((c) => c !== total),
    )
      .filter((parts) => !within(setOf(total), parts.map(setOf)))
      .map((parts) => ({
        ...{ total, parts },
        alike: { total: alike(total), parts: parts.map(alike) },
      })),
  )
}

/** What tells a count of an indicator from all others. */
export const nameOf = ({ indicator, measure }: Named): string => `${measure}|${indicator}`

const named = ({ indicator, measure }: Named): Named => ({ indicator, measure })

/** A name for all counts that are the same. */
function setsOfSame(same: readonly SameCounts[]): (column: Named) => string {
  const sets = new Sets()
  for (const { one, other } of same) sets.join(nameOf(one), nameOf(other))
  return (column) => sets.of(nameOf(column))
}

const isSomebody = ({ counts }: Column): boolean => [...counts.values()].some((c) => c.count > 0)

/**
 * Tells sums that say nothing of other figures: those counted and the others are always all of an indicator. Nor are
 * some of its people and all of them ever two parts of a total.
 */
function withinFigures(
  indicators: readonly string[],
  setOf: (column: Named) => string,
): (total: string, parts: readonly string[]) => boolean {
  const always = new Set<string>()
  const twice = new Map<string, string[]>()
  for (const indicator of indicators) {
    const [part, others, base] = (['part', 'others', 'base'] as const).map((measure) =>
      setOf({ indicator, measure }),
    ) as [string, string, string]
    always.add([base, ...[part, others].sort()].join('\n'))
    twice.set(base, [...(twice.get(base) ?? []), part, others])
  }
  return (total, parts) =>
    always.has([total, ...parts.toSorted()].join('\n')) ||
    parts.some((all) => twice.get(all)?.some((some) => parts.includes(some)))
}
