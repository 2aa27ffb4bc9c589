import type { Tree } from './dimension.ts'

/**
 * What may become of a cell. `open`: it is about to be published and may be hidden. `published`: it is public
 * already and cannot be taken back. `unpublished`: nobody is shown it (hidden by an earlier release, or a
 * difference that nobody tabulates), yet it must not be worked out. `known`: outsiders know it, such as a
 * structural zero, or nobody measured it; it protects nothing.
 */
export type CellStatus = 'open' | 'published' | 'unpublished' | 'known'

/** The statuses by the number that stands for them in {@link CellTable}. */
export const cellStatuses: readonly CellStatus[] = ['open', 'published', 'unpublished', 'known']

/** Sums that hold: entries start[r] to start[r + 1] of relation r, whose signed cells add up to 0. */
export interface Relations {
  readonly start: Int32Array
  readonly cells: Int32Array
  /** -1 for a total, 1 for its parts. */
  readonly signs: Int8Array
  /** The dimension along which a relation adds up, or '' for one that was given by hand. */
  readonly dimensions: readonly string[]
}

/** Cells that lie in a full cross of trees: what {@link Relations} say, in a form that is quick to search. */
export interface Grid {
  readonly trees: readonly Tree[]
  readonly strides: Int32Array
  /** The cell at a position, which is the sum of node times stride over the trees. */
  readonly cells: Int32Array
  /** The position of a cell, -1 where it lies outside. */
  readonly positions: Int32Array
}

/** Cells in the order of their keys, with all sums that an attacker can use. Made by {@link crossTable}. */
export interface CellTable {
  readonly keys: readonly string[]
  /** Whole numbers from 0 up where `whole`, else amounts from 0 up; NaN where nobody measured it. */
  readonly counts: Float64Array
  /** Places in {@link cellStatuses}. */
  readonly statuses: Uint8Array
  readonly whole: boolean
  /** The largest contributions to a cell, in descending order, for rules of dominance. */
  readonly contributions: ReadonlyMap<number, Float64Array>
  readonly relations: Relations
  /** The relations of each cell: entries start[c] to start[c + 1]. */
  readonly ofCell: {
    readonly start: Int32Array
    readonly relations: Int32Array
    readonly signs: Int8Array
  }
  readonly grids: readonly Grid[]
}

/** A key as messages name it. */
export const nameOf = (key: string): string => (key === '' ? 'the total' : key)

/** The place of a status in {@link cellStatuses}. */
export const statusCode = (status: CellStatus): number => cellStatuses.indexOf(status)

/** The status of a cell. */
export const statusOf = (table: CellTable, cell: number): CellStatus =>
  cellStatuses[table.statuses[cell] as number] as CellStatus

/**
 * The place of a key in a table, -1 where it has no such cell.
 * @example
 * cellOf(
 *   crossTable({
 *     dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *     rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 *   }),
 *   'sex=m',
 * )
 * // 2
 */
export function cellOf(table: CellTable, key: string): number {
  let low = 0
  let high = table.keys.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = table.keys[middle] as string
    if (found === key) return middle
    if (found < key) low = middle + 1
    else high = middle - 1
  }
  return -1
}
