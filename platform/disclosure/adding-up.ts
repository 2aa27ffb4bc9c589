import type { Counted } from './counts.ts'
import { partsOfTotal } from './parts-of-total.ts'
import {
  type Column,
  columnOf,
  countOf,
  type Measure,
  measures,
  type SameCounts,
  Sets,
  sameCounts,
} from './same-counts.ts'
import type { Cell, Sum } from './sums.ts'

/** Counts of several indicators that come to a count of another, wherever all are listed. */
export interface AddingUp {
  readonly total: Column
  readonly parts: readonly Column[]
}

/**
 * Which indicators of a file are answers of which each of the same people gave one: those who smoke, who did and who
 * never did are all who were asked. Nobody declares it, since whoever reads the file sees it; what is hidden of one is
 * what the others leave of all.
 */
export function addingUp(
  figures: readonly Counted[],
  same: readonly SameCounts[] = sameCounts(figures),
): AddingUp[] {
  const indicators = Map.groupBy(figures, (f) => f.indicator ?? '')
  if (indicators.size < 2) return []
  const columns = [...indicators].flatMap(([code, own]) =>
    measures.map((measure) => columnOf(code, measure, own)),
  )
  const setOf = setsOfSame(same)
  // Of counts that are the same, one stands for all; the others are told by all and those counted.
  const kinds = columns.filter((c) => c.measure !== 'others' && isSomebody(c))
  const distinct = [...Map.groupBy(kinds, setOf).values()].map(([first]) => first as Column)
  const within = withinFigures([...indicators.keys()], setOf)
  return distinct.flatMap((total) =>
    partsOfTotal(
      total,
      distinct.filter((c) => c !== total),
    )
      .filter((parts) => !within(setOf(total), parts.map(setOf)))
      .map((parts) => ({ total, parts })),
  )
}

type Named = Pick<Column, 'indicator' | 'measure'>

const nameOf = ({ indicator, measure }: Named): string => `${measure}|${indicator}`

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

/** The sums of {@link addingUp}; what is left where an answer is not listed is a cell that nobody publishes. */
export function sumsAddingUp(
  release: string,
  figures: readonly Counted[],
  keyOf: (measure: Measure, figure: Counted) => string,
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const cells: Cell[] = []
  const sums: Sum[] = []
  for (const { total, parts } of addingUp(figures)) {
    const name = `${nameOf(total)} by ${parts.map(nameOf).join(' and ')}`
    for (const [at, { figure, count }] of total.counts) {
      const listed = parts.flatMap((p) => {
        const there = p.counts.get(at)
        return there === undefined ? [] : [{ ...there, measure: p.measure }]
      })
      const left = count - listed.reduce((n, c) => n + c.count, 0)
      if (listed.length === 0 || left < 0) continue
      const keys = listed.flatMap((c) => countedApart(c).map((m) => keyOf(m, c.figure)))
      const of = `|${name}|${figure.subject}|${figure.group}`
      const unlisted = parts
        .filter((p) => !p.counts.has(at))
        .map((p) => keyOf(p.measure, { ...figure, indicator: p.indicator }))
      const rest = left > 0 ? `${release}${of}` : undefined
      if (rest !== undefined) cells.push({ key: rest, count: left, status: 'unpublished' })
      const all = rest === undefined ? keys : [...keys, rest]
      sums.push({ of, total: keyOf(total.measure, figure), parts: all, rest, unlisted })
    }
  }
  return { cells, sums }
}

/** A base as those counted and the others: where counts are rounded it has no cell of its own. */
const countedApart = ({ measure, figure }: { measure: Measure; figure: Counted }): Measure[] =>
  measure === 'base' && countOf(figure, 'others') !== null ? ['part', 'others'] : [measure]
