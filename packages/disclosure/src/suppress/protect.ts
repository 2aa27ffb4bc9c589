import { attackAll, type Reached, targetOf } from '../attack/audit.ts'
import { freedomOf } from '../attack/freedom.ts'
import { type DisclosureRulesInput, parseRules } from '../rules/schema.ts'
import { type Protection, type Reason, reasonOf, sensitiveCells } from '../rules/sensitive.ts'
import { loadSolver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { type Audit, auditOf } from './audit-report.ts'
import { costsOf } from './costs.ts'
import { exactPattern } from './exact.ts'
import { heuristicPattern } from './heuristic.ts'

/** How cells are chosen. `auto` is exact for tables with few cells to choose from. */
export type Method = 'auto' | 'exact' | 'heuristic'

export interface ProtectOptions {
  readonly method?: Method
  /** Up to how many cells that could be hidden `auto` is exact; default 100. */
  readonly exactUpTo?: number
  /** 1 for each cell that is hidden whatever the rules say; nobody may work it out exactly. */
  readonly also?: Uint8Array
}

/** A hidden cell, for those who may see why. */
export interface HiddenCell {
  readonly key: string
  readonly why: Reason | 'protects others'
  readonly cost: number
}

/** What was hidden, why, and what it cost. Not for the public: it tells which cells are small. */
export interface DisclosureReport {
  readonly method: 'exact' | 'heuristic'
  readonly cells: readonly HiddenCell[]
  readonly forTheirOwnSake: number
  readonly toProtectOthers: number
  /** The sum of the costs of cells hidden to protect others. */
  readonly cost: number
  readonly sentences: readonly string[]
}

/** A table with the cells to hide. */
export interface ProtectedTable {
  readonly table: CellTable
  /** 1 for each hidden cell, in the order of the table. */
  readonly hidden: Uint8Array
  readonly audit: Audit
  readonly report: DisclosureReport
}

/**
 * Hides what the rules name, and as much more as it takes so that nobody can work it out, at the least cost (in
 * small tables exactly the least). The pattern is audited whatever made it; where `audit.safe` is false nothing
 * of it may be published, and the leaks say why.
 *
 * @throws DisclosureError where the rules are wrong.
 * @example
 * protect(
 *   crossTable({
 *     dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *     rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 *   }),
 *   { threshold: 5 },
 * ).then(({ hidden }) => hidden)
 * // [0, 1, 1]
 */
export async function protect(
  table: CellTable,
  rules: DisclosureRulesInput,
  options: ProtectOptions = {},
): Promise<ProtectedTable> {
  const parsed = parseRules(rules)
  const solver = await loadSolver()
  const protection = sensitiveCells(table, parsed, options.also)
  const costs = costsOf(table, parsed, protection, freedomOf(table, protection))
  const choices = costs.reduce((n, cost) => (cost > 0 && cost < Infinity ? n + 1 : n), 0)
  const { method = 'auto', exactUpTo = 100 } = options
  const byExact = method === 'exact' || (method === 'auto' && choices <= exactUpTo)
  const attack = (hidden: Uint8Array): Reached =>
    attackAll(solver, targetOf(table, protection, hidden))
  const least = Uint8Array.from(costs, (cost, cell) =>
    cost === 0 && table.statuses[cell] === 0 ? 1 : 0,
  )
  const before = attack(least)
  // What must be hidden often protects itself, as when a choice is tried again: nothing costs less.
  if (before.failures.length === 0) {
    const audit = auditOf(table, protection, least, before)
    const report = reportOf(table, protection, costs, least, byExact ? 'exact' : 'heuristic', audit)
    return { table, hidden: least, audit, report }
  }
  const exact = byExact ? exactPattern(solver, table, protection, costs) : undefined
  const hidden = exact ?? heuristicPattern(solver, table, protection, costs, before.reach)
  const audit = auditOf(table, protection, hidden, attack(hidden))
  const report = reportOf(table, protection, costs, hidden, exact ? 'exact' : 'heuristic', audit)
  return { table, hidden, audit, report }
}

function reportOf(
  table: CellTable,
  protection: Protection,
  costs: Float64Array,
  hidden: Uint8Array,
  method: 'exact' | 'heuristic',
  audit: Audit,
): DisclosureReport {
  const cells: HiddenCell[] = []
  hidden.forEach((is, cell) => {
    if (is === 0) return
    cells.push({
      key: table.keys[cell] as string,
      why: reasonOf(protection, cell) ?? 'protects others',
      cost: costs[cell] as number,
    })
  })
  const toProtectOthers = cells.filter(({ why }) => why === 'protects others').length
  const forTheirOwnSake = cells.length - toProtectOthers
  const cost = cells.reduce((sum, cell) => sum + cell.cost, 0)
  const open = table.statuses.reduce((n, status) => (status === 0 ? n + 1 : n), 0)
  const sentences = [
    `${cells.length} of ${open} figures are hidden: ${forTheirOwnSake} for their own sake, ${toProtectOthers} so that those cannot be worked out.`,
    method === 'exact'
      ? `No other choice costs less than ${cost}.`
      : `The choice costs ${cost}; a cheaper one may exist.`,
    audit.safe
      ? 'An attacker who uses all sums cannot narrow any of them beyond its limit.'
      : `${audit.leaks.length} can be worked out or narrowed too far: publish nothing of this.`,
  ]
  return { method, cells, forTheirOwnSake, toProtectOthers, cost, sentences }
}
