import { type CellStatus, type CellTable, cellOf, cellStatuses } from '@plumbline/disclosure'
import { cellKeyOf, keyOfFigure } from './cells.ts'
import type { Counted } from './counts.ts'
import { peopleAsTheyStood, type WithEarlier } from './history.ts'
import { countOf } from './same-counts.ts'

const codeOf = (status: CellStatus): number => cellStatuses.indexOf(status)

/** Whether a cell is public already. */
export const isPublic = ({ statuses }: CellTable, cell: number): boolean =>
  statuses[cell] === codeOf('published')

/** The cells that say of how many people the figures of the release at hand are, where they count none of them. */
export function peopleCells(
  table: CellTable,
  figures: readonly Counted[],
): { readonly figure: Counted; readonly cell: number }[] {
  return figures
    .filter((f) => countOf(f, 'people') !== null)
    .map((figure) => ({
      figure,
      cell: cellOf(table, cellKeyOf(keyOfFigure('now', 'people', figure))),
    }))
}

/**
 * The table where that was public before and cannot be taken back: it is told as it was. Before, nobody held it against
 * the rules; a correction of such a release must not be refused for it.
 */
export function withPeopleAsTold(
  table: CellTable,
  { figures, earlier }: Pick<WithEarlier, 'figures' | 'earlier'>,
): CellTable {
  const told = new Set(
    earlier.flatMap((e) => e.figures.filter((_, at) => !e.hidden(at)).map(peopleAsTheyStood)),
  )
  const statuses = table.statuses.slice()
  for (const { figure, cell } of peopleCells(table, figures))
    if (told.has(peopleAsTheyStood(figure))) statuses[cell] = codeOf('published')
  return { ...table, statuses }
}

/**
 * The table as somebody sees it who does not see some cells, where of how many people a hidden figure is may be worked
 * out, as long as they are not few: that many were asked tells of nobody. A population that is known elsewhere would
 * keep other figures from being shown.
 * @param dark 1 for each cell that is hidden.
 * @param people the cells of people that are not few.
 * @returns the table, and the cells that nobody may work out.
 */
export function withPeopleUnseen(
  table: CellTable,
  dark: Uint8Array,
  people: ReadonlySet<number>,
): { readonly table: CellTable; readonly dark: Uint8Array } {
  const statuses = table.statuses.slice()
  const rest = dark.slice()
  for (const cell of people) {
    if (dark[cell] !== 1) continue
    rest[cell] = 0
    statuses[cell] = codeOf('unpublished')
  }
  return { table: { ...table, statuses }, dark: rest }
}
