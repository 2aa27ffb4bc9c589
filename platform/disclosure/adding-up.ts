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
  const sets = new Sets()
  const nameOf = ({ indicator, measure }: Column): string => `${measure}|${indicator}`
  for (const { one, other } of same) sets.join(nameOf(one), nameOf(other))
  // Of counts that are the same, one stands for all.
  const first = new Map(columns.toReversed().map((c) => [sets.of(nameOf(c)), c]))
  const distinct = columns.filter((c) => first.get(sets.of(nameOf(c))) === c && isSomebody(c))
  const parts = columns.filter(
    (c) => c.measure === 'part' && isSomebody(c) && isFirstPart(c, columns, sets, nameOf),
  )
  return distinct
    .filter(({ measure }) => measure !== 'others')
    .flatMap((total) => {
      const apart = parts.filter((p) => sets.of(nameOf(p)) !== sets.of(nameOf(total)))
      return partsOfTotal(total, apart).map((some) => ({ total, parts: some }))
    })
}

const isSomebody = ({ counts }: Column): boolean => [...counts.values()].some((c) => c.count > 0)

const isFirstPart = (
  column: Column,
  columns: readonly Column[],
  sets: Sets,
  nameOf: (c: Column) => string,
): boolean =>
  columns.find((c) => c.measure === 'part' && sets.of(nameOf(c)) === sets.of(nameOf(column))) ===
  column

/** The sums of {@link addingUp}; what is left where an answer is not listed is a cell that nobody publishes. */
export function sumsAddingUp(
  release: string,
  figures: readonly Counted[],
  keyOf: (measure: Column['measure'], figure: Counted) => string,
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const cells: Cell[] = []
  const sums: Sum[] = []
  for (const { total, parts } of addingUp(figures)) {
    const name = `${total.measure} of ${total.indicator} by ${parts.map((p) => p.indicator).join(' and ')}`
    for (const [at, { figure, count }] of total.counts) {
      const listed = parts.flatMap((p) => p.counts.get(at) ?? [])
      const left = count - listed.reduce((n, c) => n + c.count, 0)
      if (listed.length === 0 || left < 0) continue
      const keys = listed.map((c) => keyOf('part', c.figure))
      const of = `|${name}|${figure.subject}|${figure.group}`
      const unlisted = parts
        .filter((p) => !p.counts.has(at))
        .map((p) => keyOf('part', { ...figure, indicator: p.indicator }))
      const rest = left > 0 ? `${release}${of}` : undefined
      if (rest !== undefined) cells.push({ key: rest, count: left, status: 'unpublished' })
      const all = rest === undefined ? keys : [...keys, rest]
      sums.push({ of, total: keyOf(total.measure, figure), parts: all, rest, unlisted })
    }
  }
  return { cells, sums }
}
