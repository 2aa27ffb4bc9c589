import { attackAll, exactReach, targetOf } from '../attack/audit.ts'
import { freedomOf } from '../attack/freedom.ts'
import { reachable } from '../attack/reach.ts'
import { type DisclosureRulesInput, parseRules } from '../rules/schema.ts'
import { type Protection, type Reason, reasonOf, sensitiveCells } from '../rules/sensitive.ts'
import { loadSolver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { costsOf } from './costs.ts'
import { exactPattern } from './exact.ts'
import { heuristicPattern } from './heuristic.ts'

/** How cells are chosen. `auto` is exact for tables with few cells to choose from. */
export type Method = 'auto' | 'exact' | 'heuristic'

export interface ProtectOptions {
  readonly method?: Method
  /** Up to how many cells that could be hidden `auto` is exact; default 100. */
  readonly exactUpTo?: number
}

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
  const protection = sensitiveCells(table, parsed)
  const costs = costsOf(table, parsed, protection, freedomOf(table, protection))
  const choices = costs.reduce((n, cost) => (cost > 0 && cost < Infinity ? n + 1 : n), 0)
  const { method = 'auto', exactUpTo = 100 } = options
  const exact =
    method === 'exact' || (method === 'auto' && choices <= exactUpTo)
      ? exactPattern(solver, table, protection, costs)
      : undefined
  const hidden = exact ?? heuristicPattern(solver, table, protection, costs)
  const audit = auditOf(
    table,
    protection,
    hidden,
    attackAll(solver, targetOf(table, protection, hidden)),
  )
  const report = reportOf(table, protection, costs, hidden, exact ? 'exact' : 'heuristic', audit)
  return { table, hidden, audit, report }
}

/**
 * Attacks any pattern, wherever it was made: can somebody who sees all that it shows work out what it hides?
 *
 * @param hidden 1 for each hidden cell, in the order of the table.
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
): Promise<Audit> {
  const protection = sensitiveCells(table, parseRules(rules))
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

function auditOf(
  table: CellTable,
  protection: Protection,
  hidden: Uint8Array,
  { reach, failures }: ReturnType<typeof attackAll>,
): Audit {
  const lower = new Float64Array(hidden.length).fill(Number.NaN)
  const upper = lower.slice()
  const shown = protection.reasons.findIndex(
    (reason, cell) => reason > 0 && hidden[cell] === 0 && table.statuses[cell] === 0,
  )
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
      const sentence = `${table.keys[cell]} is shown, and must not be: ${why}`
      leaks.push({ key: table.keys[cell] as string, lower: count, upper: count, sentence })
    }
  }
  return { safe: leaks.length === 0 && shown === -1, leaks, lower, upper }
}

function leakOf(table: CellTable, cell: number, lower: number, upper: number): Leak {
  const key = table.keys[cell] as string
  const sentence =
    lower === upper
      ? `${key} can be worked out exactly`
      : `${key} can be narrowed to ${lower} to ${upper}, which is too little`
  return { key, lower, upper, sentence }
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
