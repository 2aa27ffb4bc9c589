import { cellsOfColumn } from './column-cells.ts'
import type { Counted, PlaceSum } from './counts.ts'
import { type Column, type Measure, Sets, sameCounts } from './same-counts.ts'
import type { Cell, Sum } from './sums.ts'

const nameOf = ({ indicator, measure }: Column): string => `${measure} of ${indicator}`

/** Counts of several indicators that are the same people, each set of them in an order of its own. */
function columnsOfSame(figures: readonly Counted[]): Column[][] {
  const sets = new Sets()
  const columns = new Map<string, Column>()
  for (const { one, other } of sameCounts(figures)) {
    for (const column of [one, other]) columns.set(nameOf(column), column)
    sets.join(nameOf(one), nameOf(other))
  }
  const sorted = [...columns].sort(([a], [b]) => (a < b ? -1 : 1))
  return [...Map.groupBy(sorted, ([name]) => sets.of(name)).values()].map((all) =>
    all.map(([, column]) => column),
  )
}

/** Whether none of some columns lists all that the others do. */
const listApart = (columns: readonly Column[]): boolean => {
  const all = new Set(columns.flatMap(({ counts }) => [...counts.keys()]))
  return columns.every(({ counts }) => counts.size < all.size)
}

/**
 * Bases of shares that another indicator lists too, of other places and groups: of how many a hidden share is may be
 * worked out from that as it may be read where both list it.
 */
export const basesOfSamePeople = (
  figures: readonly Counted[],
  keyOf: (measure: Measure, figure: Counted) => string,
): string[] =>
  columnsOfSame(figures)
    .filter(listApart)
    .flatMap((columns) =>
      columns
        .filter(({ measure }) => measure === 'base')
        .flatMap(({ counts }) => [...counts.values()].map(({ figure }) => keyOf('base', figure))),
    )

/**
 * What follows where several indicators of the same people list different places and groups, as if one listed them
 * all: a mean of those of 0 to 17 and a share of those of 5 to 17 tell of those under 5. Where one of them lists all
 * that the others do, its own cells say so already.
 * @param keyOf the key of a count of a figure.
 * @returns what none of them has alone; the cells of figures are not among it.
 */
export function cellsOfSamePeople(
  release: string,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  keyOf: (measure: Measure, figure: Counted) => string,
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const apart = columnsOfSame(figures).filter(listApart)
  const all = apart.map((columns) => {
    const listed = new Map<string, { key: string; figure: Counted; count: number }>()
    for (const { measure, counts } of columns)
      for (const { figure, count } of counts.values()) {
        const at = `${figure.subject}|${figure.group}`
        if (!listed.has(at)) listed.set(at, { key: keyOf(measure, figure), figure, count })
      }
    const name = columns.map(nameOf).join(' and ')
    const keyAt = (subject: string, group: string): string =>
      listed.get(`${subject}|${group}`)?.key ?? `${release}:${name}|same people|${subject}|${group}`
    const { cells, sums } = cellsOfColumn(
      { name, keyOf: keyAt, holding: 'may hold', places },
      [...listed.values()].map(({ figure, count }) => {
        const { subject, group } = figure
        return { subject: String(subject), group, count, status: 'unpublished' as const }
      }),
    )
    const own = new Set([...listed.values()].map(({ key }) => key))
    return {
      cells: cells.filter(({ key }) => !own.has(key)),
      // Each indicator's own sums say what another release lists of them.
      sums: sums.map(({ total, parts, rest }): Sum => ({ total, parts, rest })),
    }
  })
  return { cells: all.flatMap((a) => a.cells), sums: all.flatMap((a) => a.sums) }
}
