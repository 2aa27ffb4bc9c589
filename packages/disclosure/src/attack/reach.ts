import type { Protection } from '../rules/sensitive.ts'
import type { CellTable } from '../table/table.ts'

/**
 * How far from its true value each cell is known to be able to move: an attacker's interval is at least this
 * wide. Each move that is found is a table which an attacker cannot tell from the true one.
 */
export interface Reach {
  readonly up: Float64Array
  readonly down: Float64Array
}

/** Nothing moves yet. */
export const noReach = (size: number): Reach => ({
  up: new Float64Array(size),
  down: new Float64Array(size),
})

/** Remembers that a cell can move by so much. */
export function remember(reach: Reach, cell: number, by: number): void {
  if (by > (reach.up[cell] as number)) reach.up[cell] = by
  if (-by > (reach.down[cell] as number)) reach.down[cell] = -by
}

/** Solvers are right to about 1e-7; a whole number that is missed by less is reached. */
const tolerance = 1e-6

/** How wide the interval of a hidden cell must be: what its rule asks, and never one value alone. */
export const widthAsked = (table: CellTable, protection: Protection, cell: number): number =>
  Math.max(
    protection.width[cell] as number,
    table.whole ? 1 : 1e-6 * (table.counts[cell] as number),
  )

/** A step that, if a cell can take it, protects it. */
export const stepAsked = (table: CellTable, protection: Protection, cell: number): number =>
  Math.max(
    widthAsked(table, protection, cell),
    protection.above[cell] as number,
    protection.below[cell] as number,
  )

/** Whether what is known of a cell's reach is enough. Of a count, only whole numbers count. */
export function isProtected(
  table: CellTable,
  protection: Protection,
  cell: number,
  { up, down }: Reach,
): boolean {
  const above = reachable(table, up[cell] as number)
  const below = reachable(table, down[cell] as number)
  return (
    above >= (protection.above[cell] as number) * (1 - tolerance) &&
    below >= (protection.below[cell] as number) * (1 - tolerance) &&
    above + below >= widthAsked(table, protection, cell) * (1 - tolerance)
  )
}

/** The part of a move that leads to values which the cell could have. */
export const reachable = ({ whole }: CellTable, by: number): number =>
  whole ? Math.floor(by + tolerance) : by
