import { DisclosureError } from '../errors.ts'
import { type CellTable, statusOf } from '../table/table.ts'
import type { DisclosureRules } from './schema.ts'

/** Why a cell is hidden for its own sake. */
export type Reason =
  | 'small count'
  | 'zero'
  | 'whole of its total'
  | 'dominance'
  | 'p per cent'
  | 'asked for'

const reasons: readonly Reason[] = [
  'small count',
  'zero',
  'whole of its total',
  'dominance',
  'p per cent',
  'asked for',
]

/** What an attacker must not be able to do to each cell, a column each, in the order of the table. */
export interface Protection {
  /** 1 + the place of the first rule that a cell meets; 0 where it meets none. */
  readonly reasons: Uint8Array
  /** The attacker's greatest value must be at least this far above the true one. */
  readonly above: Float64Array
  /** The attacker's least value must be at least this far below the true one. */
  readonly below: Float64Array
  /** The attacker's interval must be at least this wide. */
  readonly width: Float64Array
  /** The least that an attacker takes a hidden cell to be: 1 where a 0 would have been shown. */
  readonly least: number
}

/**
 * Which cells are hidden for their own sake, and how well each must be protected. A count is protected when the
 * attacker's interval holds `width` + 1 whole numbers; an amount when it reaches as far above and below the
 * true value as its rule of dominance asks (Hundepool and others 2012, section 4.2).
 *
 * @param also 1 for each cell that is hidden whatever the rules say, such as the base of a share that is hidden:
 * nobody may work it out exactly.
 * @example
 * const table = crossTable({
 *   dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *   rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 * })
 * sensitiveCells(table, parseRules({ threshold: 5 })).reasons // [0, 1, 0]
 */
export function sensitiveCells(
  table: CellTable,
  rules: DisclosureRules & { readonly width: number },
  also?: Uint8Array,
): Protection {
  const size = table.keys.length
  const protection: Protection = {
    reasons: new Uint8Array(size),
    above: new Float64Array(size),
    below: new Float64Array(size),
    width: new Float64Array(size),
    least: table.whole && rules.zeros === 'published' && rules.fullCells.length === 0 ? 1 : 0,
  }
  for (let cell = 0; cell < size; cell++) {
    const count = table.counts[cell] as number
    if (rules.threshold !== undefined && table.whole && count > 0 && count < rules.threshold)
      mark(table, protection, cell, 'small count', rules.width)
    else if (rules.zeros === 'hidden' && count === 0)
      mark(table, protection, cell, 'zero', rules.width)
    else markDominated(table, rules, protection, cell)
  }
  if (rules.fullCells.length > 0) markFull(table, rules, protection)
  also?.forEach((is, cell) => {
    if (is === 1) mark(table, protection, cell, 'asked for', 0)
  })
  return protection
}

/** Why a cell is hidden for its own sake, or undefined. */
export const reasonOf = (protection: Protection, cell: number): Reason | undefined =>
  reasons[(protection.reasons[cell] as number) - 1]

function mark(
  table: CellTable,
  protection: Protection,
  cell: number,
  reason: Reason,
  width: number,
): void {
  const status = statusOf(table, cell)
  // What is public or known already cannot be protected any more.
  if (status === 'known' || status === 'published' || protection.reasons[cell] !== 0) return
  protection.reasons[cell] = 1 + reasons.indexOf(reason)
  protection.width[cell] = width
}

function markDominated(
  table: CellTable,
  { dominance, pPercent }: DisclosureRules,
  protection: Protection,
  cell: number,
): void {
  const largest = table.contributions.get(cell)
  if (!largest || !(largest[0] !== undefined && largest[0] > 0)) return
  const total = table.counts[cell] as number
  const away = (reason: Reason, distance: number): void => {
    mark(table, protection, cell, reason, 0)
    protection.above[cell] = Math.max(protection.above[cell] as number, distance)
    protection.below[cell] = Math.max(protection.below[cell] as number, Math.min(distance, total))
  }
  if (dominance) {
    if (largest.length < dominance.n && sum(largest) < total * (1 - 1e-9)) {
      const sentence = `${table.keys[cell]} lists ${largest.length} contributions where the rule needs the ${dominance.n} largest`
      throw new DisclosureError('invalid-table', sentence, table.keys[cell])
    }
    const top = sum(largest.subarray(0, dominance.n))
    if (top > (dominance.k / 100) * total) away('dominance', (100 / dominance.k) * top - total)
  }
  if (pPercent !== undefined) {
    const [first, second = 0] = largest
    const rest = total - (first as number) - second
    const asked = (pPercent / 100) * (first as number)
    if (rest < asked) away('p per cent', asked - rest)
  }
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)

function markFull(
  table: CellTable,
  rules: DisclosureRules & { readonly width: number },
  protection: Protection,
): void {
  const { start, cells, dimensions } = table.relations
  dimensions.forEach((dimension, r) => {
    if (!rules.fullCells.includes(dimension)) return
    const total = table.counts[cells[start[r] as number] as number] as number
    const parts = cells.subarray((start[r] as number) + 1, start[r + 1])
    if (total === 0 || parts.length < 2) return
    if (!parts.some((part) => table.counts[part] === total)) return
    for (const part of parts) mark(table, protection, part, 'whole of its total', rules.width)
  })
}
