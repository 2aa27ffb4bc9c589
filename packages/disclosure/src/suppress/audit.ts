import { attackAll, exactReach, targetOf } from '../attack/audit.ts'
import { reachable } from '../attack/reach.ts'
import { type DisclosureRulesInput, parseRules } from '../rules/schema.ts'
import { sensitiveCells } from '../rules/sensitive.ts'
import { loadSolver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { type Audit, auditOf } from './audit-report.ts'

/**
 * Attacks any pattern, wherever it was made: can somebody who sees all that it shows work out what it hides?
 *
 * @param hidden 1 for each hidden cell, in the order of the table.
 * @param also 1 for each cell that is hidden whatever the rules say.
 * @example
 * auditPattern(
 *   crossTable({
 *     dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *     rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 *   }),
 *   { threshold: 5 },
 *   Uint8Array.of(0, 1, 0),
 * ).then(({ safe }) => safe)
 * // false
 */
export async function auditPattern(
  table: CellTable,
  rules: DisclosureRulesInput,
  hidden: Uint8Array,
  also?: Uint8Array,
): Promise<Audit> {
  const protection = sensitiveCells(table, parseRules(rules), also)
  const solver = await loadSolver()
  return auditOf(table, protection, hidden, attackAll(solver, targetOf(table, protection, hidden)))
}

/** The ends of an attacker's interval of each cell, a column each; NaN where the attacker sees the value. */
export interface Intervals {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/**
 * The exact interval in which an attacker can place each hidden cell, by two linear programmes each. For tables
 * with up to some thousand hidden cells; {@link auditPattern} answers whether a pattern is safe much faster.
 *
 * @example
 * attackerIntervals(
 *   crossTable({
 *     dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *     rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 *   }),
 *   { threshold: 5 },
 *   Uint8Array.of(0, 1, 1),
 * ).then(({ lower, upper }) => [lower[1], upper[1]])
 * // [1, 11]
 */
export async function attackerIntervals(
  table: CellTable,
  rules: DisclosureRulesInput,
  hidden: Uint8Array,
): Promise<Intervals> {
  const target = targetOf(table, sensitiveCells(table, parseRules(rules)), hidden)
  const { up, down } = exactReach(await loadSolver(), target)
  const ends = (sign: 1 | -1, by: Float64Array): Float64Array =>
    table.counts.map((count, cell) =>
      target.dark[cell] === 1 ? count + sign * reachable(table, by[cell] as number) : Number.NaN,
    )
  return { lower: ends(-1, down), upper: ends(1, up) }
}
