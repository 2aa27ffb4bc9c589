import { buildTable, type CellInput, type Relation } from './build.ts'
import { mergedCell } from './link.ts'
import type { CellTable } from './table.ts'

/**
 * A table of cells that are listed one by one, with the sums that hold of them. A cell may be listed more than once: the
 * most that is known of it counts. The same as {@link linkTables} of a table for each cell, without the tables.
 *
 * @throws DisclosureError where a cell has two counts, or a sum does not add up.
 * @example
 * listedTable(
 *   [
 *     { key: 'all', count: 12, status: 'open' },
 *     { key: 'girls', count: 3, status: 'open' },
 *     { key: 'boys', count: 9, status: 'open' },
 *   ],
 *   [{ total: 'all', parts: ['girls', 'boys'] }],
 * ).keys
 * // ['all', 'boys', 'girls']
 */
export function listedTable(
  listed: Iterable<CellInput>,
  sums: Iterable<Relation>,
  whole = true,
): CellTable {
  const cells = new Map<string, CellInput>()
  for (const cell of listed) cells.set(cell.key, mergedCell(cells.get(cell.key), cell))
  return buildTable({
    whole,
    cells: [...cells.values()],
    relations: byHand(sums),
    grids: [],
  })
}

function* byHand(sums: Iterable<Relation>) {
  for (const { total, parts } of sums) yield { total, parts, dimension: '' }
}
