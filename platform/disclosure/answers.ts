import { cellsOfColumn, type Listed } from './column-cells.ts'
import type { Counted, PlaceSum } from './counts.ts'
import type { KnownSum } from './known-sums.ts'
import { columnOf, type Measure } from './same-counts.ts'
import type { Cell, Sum } from './sums.ts'

/** Which answer people gave, as a column of theirs: after all others in a group's name. */
const column = '~answer'

/** A count of some people, listed, and the key of its cell. */
interface At extends Pick<Listed, 'subject' | 'group' | 'count'> {
  readonly key: string
}

/**
 * What follows where answers of the same people list different places and groups, as if they were groups of who was
 * asked: of 11 girls up to 15 ten said no, so that of those up to 4 one at most did not know. Where each place and
 * group lists all of a sum or nothing, that sum says so already.
 * @param keyOf the key of a count of a figure.
 * @returns what the indicators do not have themselves; the cells of figures are not among it.
 */
export function cellsOfAnswers(
  release: string,
  figures: readonly Counted[],
  places: readonly PlaceSum[],
  sums: readonly KnownSum[],
  keyOf: (measure: Measure, figure: Counted) => string,
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const byIndicator = Map.groupBy(figures, (f) => f.indicator ?? '')
  const found = sums.map((sum) => {
    const listed = listedOf(sum, byIndicator, keyOf)
    if (listsAllOrNothing(listed, sum.parts.length)) return { cells: [], sums: [] }
    const keys = new Map(listed.map((at) => [`${at.subject}|${at.group}`, at.key]))
    const keyAt = (subject: string, group: string): string =>
      keys.get(`${subject}|${group}`) ?? `${release}:${sum.name}|answers|${subject}|${group}`
    const all = cellsOfColumn(
      { name: sum.name, keyOf: keyAt, holding: 'may hold', places },
      listed.map(({ subject, group, count }) => {
        return { subject, group, count, status: 'unpublished' as const }
      }),
    )
    const own = new Set(keys.values())
    return {
      cells: all.cells.filter(({ key }) => !own.has(key)),
      // Each indicator's own sums say what another release lists of them.
      sums: all.sums.map(({ total, parts, rest }): Sum => ({ total, parts, rest })),
    }
  })
  return { cells: found.flatMap((f) => f.cells), sums: found.flatMap((f) => f.sums) }
}

/** All counts of a sum: of who was asked, and of each answer as a group of theirs. */
function listedOf(
  sum: KnownSum,
  byIndicator: ReadonlyMap<string, readonly Counted[]>,
  keyOf: (measure: Measure, figure: Counted) => string,
): At[] {
  const found = new Map<string, At>()
  for (const [at, alike] of [sum.total, ...sum.parts].entries())
    for (const { indicator, measure } of alike)
      for (const { figure, count } of columnOf(
        indicator,
        measure,
        byIndicator.get(indicator) ?? [],
      ).counts.values()) {
        const answer = at === 0 ? [] : [`${column}=${at}`]
        const group = [...(figure.group === '' ? [] : [figure.group]), ...answer].join(';')
        const subject = String(figure.subject)
        if (!found.has(`${subject}|${group}`))
          found.set(`${subject}|${group}`, { subject, group, count, key: keyOf(measure, figure) })
      }
  return [...found.values()]
}

function listsAllOrNothing(listed: readonly At[], parts: number): boolean {
  const rows = Map.groupBy(listed, ({ subject, group }) => {
    const plain = group.split(';').filter((part) => !part.startsWith(`${column}=`))
    return `${subject}|${plain.join(';')}`
  })
  return [...rows.values()].every((row) => row.length === parts + 1)
}
