import type { Reached } from '../attack/audit.ts'
import { reachable } from '../attack/reach.ts'
import { type Protection, type Reason, reasonOf } from '../rules/sensitive.ts'
import { type CellTable, nameOf } from '../table/table.ts'

/** A cell that an attacker can work out, or narrow more than its rule allows. */
export interface Leak {
  readonly key: string
  /** What an attacker knows: the true value lies from `lower` to `upper`. */
  readonly lower: number
  readonly upper: number
  readonly sentence: string
}

/** What the audit of a pattern says. */
export interface Audit {
  readonly safe: boolean
  readonly leaks: readonly Leak[]
  /**
   * For each hidden cell values that an attacker must hold possible, NaN for others. They are proven, not the
   * furthest ones, except for leaks.
   */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** What an attack means for each cell that should be hidden. */
export function auditOf(
  table: CellTable,
  protection: Protection,
  hidden: Uint8Array,
  { reach, failures }: Reached,
): Audit {
  const lower = new Float64Array(hidden.length).fill(Number.NaN)
  const upper = lower.slice()
  const leaks: Leak[] = []
  const failed = new Set(failures)
  for (let cell = 0; cell < hidden.length; cell++) {
    const count = table.counts[cell] as number
    if (hidden[cell] === 1 || failed.has(cell)) {
      lower[cell] = count - reachable(table, reach.down[cell] as number)
      upper[cell] = count + reachable(table, reach.up[cell] as number)
    }
    if (failed.has(cell))
      leaks.push(leakOf(table, cell, lower[cell] as number, upper[cell] as number))
    const open = table.statuses[cell] === 0 && hidden[cell] === 0
    if (open && (protection.reasons[cell] as number) > 0) {
      const why = reasonOf(protection, cell) as Reason
      const sentence = `${nameOf(table.keys[cell] as string)} is shown, and must not be: ${why}`
      leaks.push({ key: table.keys[cell] as string, lower: count, upper: count, sentence })
    }
  }
  return { safe: leaks.length === 0, leaks, lower, upper }
}

function leakOf(table: CellTable, cell: number, lower: number, upper: number): Leak {
  const key = table.keys[cell] as string
  const sentence =
    lower === upper
      ? `${nameOf(key)} can be worked out exactly`
      : `${nameOf(key)} can be narrowed to ${lower} to ${upper}, which is too little`
  return { key, lower, upper, sentence }
}
