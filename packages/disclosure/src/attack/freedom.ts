import type { Protection } from '../rules/sensitive.ts'
import type { CellTable } from '../table/table.ts'

/** How far each cell could be from its true value, as far as an attacker knows, were it hidden. */
export interface Freedom {
  readonly up: Float64Array
  readonly down: Float64Array
  /** Stands for no limit: far beyond any protection, and not so far that a solver loses digits. */
  readonly farthest: number
}

/**
 * What an attacker knows of hidden cells before any sum is used. Where zeros are shown, a hidden cell is at
 * least 1, and one that is 0 all the same (as in patterns made elsewhere) is taken as known: often all know
 * that a group is empty, and a sibling of 0 protects nothing.
 */
export function freedomOf(table: CellTable, { least, reasons }: Protection): Freedom {
  const up = new Float64Array(table.keys.length)
  const down = new Float64Array(table.keys.length)
  for (let cell = 0; cell < up.length; cell++) {
    const count = table.counts[cell] as number
    // Status 3 is what outsiders know.
    if (table.statuses[cell] === 3 || Number.isNaN(count)) continue
    if (count === 0 && reasons[cell] === 0) continue
    up[cell] = Number.POSITIVE_INFINITY
    down[cell] = count - Math.min(least, count)
  }
  const largest = table.counts.reduce((most, count) => (count > most ? count : most), 100)
  return { up, down, farthest: 2 * largest }
}

/** The cells that an attacker does not see: those that are hidden, and those that nobody publishes. */
export function unseen(table: CellTable, hidden: Uint8Array): Uint8Array {
  return hidden.map((is, cell) => (is === 1 || table.statuses[cell] === 2 ? 1 : 0))
}
