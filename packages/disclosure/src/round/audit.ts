import { attackAll } from '../attack/audit.ts'
import type { Freedom } from '../attack/freedom.ts'
import { DisclosureError } from '../errors.ts'
import { type DisclosureRulesInput, parseRules } from '../rules/schema.ts'
import { sensitiveCells } from '../rules/sensitive.ts'
import { loadSolver } from '../solver.ts'
import { type Audit, auditOf } from '../suppress/audit-report.ts'
import type { CellTable } from '../table/table.ts'
import { checkBase } from './keyed.ts'

/** How a table was rounded. */
export interface RoundedTable {
  /** In the order of the table; NaN for a count that nobody publishes, rounded or not. */
  readonly values: Float64Array
  /** Default 5. */
  readonly base?: number
  /** How many multiples a count may be off; default 1. */
  readonly steps?: number
}

/**
 * Attacks a rounded table: each count is less than a base from its rounded value, and all true sums hold; can
 * that narrow a count which the rules would hide, by more than they allow?
 *
 * @example
 * const table = crossTable({
 *   dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *   rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 * })
 * auditRounding(table, { threshold: 5 }, { values: Float64Array.of(15, 5, 10) }).then(({ safe }) => safe)
 * // true
 */
export async function auditRounding(
  table: CellTable,
  rules: DisclosureRulesInput,
  { values, base = 5, steps = 1 }: RoundedTable,
): Promise<Audit> {
  checkBase(table, base)
  const protection = sensitiveCells(table, parseRules(rules))
  const freedom = freedomOfRounded(table, values, base * steps)
  const asked = protection.reasons.map((reason) => (reason > 0 ? 1 : 0))
  const dark = table.counts.map((count) => (Number.isNaN(count) ? 0 : 1))
  const target = { table, protection, freedom, dark: Uint8Array.from(dark), asked }
  return auditOf(table, protection, asked, attackAll(await loadSolver(), target))
}

function freedomOfRounded(table: CellTable, values: Float64Array, reach: number): Freedom {
  const up = new Float64Array(values.length)
  const down = new Float64Array(values.length)
  values.forEach((value, cell) => {
    const count = table.counts[cell] as number
    if (table.statuses[cell] === 3 || Number.isNaN(count)) return
    if (Number.isNaN(value)) {
      up[cell] = Number.POSITIVE_INFINITY
      down[cell] = count
      return
    }
    up[cell] = value + reach - 1 - count
    down[cell] = count - Math.max(0, value - reach + 1)
    if ((up[cell] as number) >= 0 && (down[cell] as number) >= 0) return
    const sentence = `${table.keys[cell]} is ${count} and was rounded to ${value}, too far for the base; name the base and the steps`
    throw new DisclosureError('invalid-table', sentence, table.keys[cell])
  })
  const largest = table.counts.reduce((most, count) => (count > most ? count : most), reach)
  return { up, down, farthest: 2 * largest }
}
