import type { Freedom } from '../attack/freedom.ts'
import type { DisclosureRules } from '../rules/schema.ts'
import type { Protection } from '../rules/sensitive.ts'
import type { CellTable } from '../table/table.ts'

/**
 * What it costs to hide each cell: 0 where it is hidden for its own sake or never published, Infinity where it
 * cannot be hidden or where hiding it helps nobody, as a 0 that all know.
 */
export function costsOf(
  table: CellTable,
  rules: DisclosureRules,
  protection: Protection,
  freedom: Freedom,
): Float64Array {
  return Float64Array.from(table.counts, (count, cell) => {
    if ((freedom.up[cell] as number) === 0) return Number.POSITIVE_INFINITY
    if (table.statuses[cell] === 1) return Number.POSITIVE_INFINITY
    if (table.statuses[cell] === 2 || (protection.reasons[cell] as number) > 0) return 0
    return rules.cost === 'cells' ? 1 : Math.max(count, 1)
  })
}
