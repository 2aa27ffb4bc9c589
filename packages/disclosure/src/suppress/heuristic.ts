import { attackAll, targetOf } from '../attack/audit.ts'
import { freedomOf } from '../attack/freedom.ts'
import { cheapestMove, keepsSums, type Search } from '../attack/moves.ts'
import { isProtected, type Reach, remember, widthAsked } from '../attack/reach.ts'
import type { Protection } from '../rules/sensitive.ts'
import type { Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { showNeedless } from './show-needless.ts'
import { type Spreads, spreadsOf } from './spread.ts'

/** How often the choice is made anew among the cells that the last one chose. */
const secondLooks = 2

/**
 * A safe choice of hidden cells for tables of any size, not always the cheapest. Each sensitive cell in turn,
 * the highest totals first, takes the cheapest move that frees it, at no cost through cells that are hidden
 * already. Then the same is done again with nothing but the chosen cells, which leaves out what turned out to be
 * needless. What moves cannot free, linear programmes do; at last the attacker tries all cells, and each that
 * it narrows too much is freed in turn.
 *
 * @param known how far cells can move among those that are hidden in any case.
 */
export function heuristicPattern(
  solver: Solver,
  table: CellTable,
  protection: Protection,
  costs: Float64Array,
  known: Reach,
): Uint8Array {
  let chosen = costs
  let problem = chooseAll(solver, table, protection, chosen, known)
  for (let look = 0; look < secondLooks; look++) {
    chosen = costs.map((cost, cell) => (problem.dark[cell] === 1 ? cost : Number.POSITIVE_INFINITY))
    const next = chooseAll(solver, table, protection, chosen, known, look % 2 === 0)
    if (next.total >= problem.total) break
    problem = next
  }
  const hidden = (): Uint8Array =>
    problem.dark.map((is, cell) => (table.statuses[cell] === 2 ? 0 : is))
  freeAll(solver, table, protection, costs, problem, hidden)
  showNeedless(solver, table, protection, costs, problem.dark)
  return hidden()
}

interface Choice {
  /** 1 for each cell that an attacker does not see. */
  readonly dark: Uint8Array
  readonly total: number
}

function chooseAll(
  solver: Solver,
  table: CellTable,
  protection: Protection,
  costs: Float64Array,
  known: Reach,
  backwards = false,
): Choice {
  const search: Search = {
    table,
    freedom: freedomOf(table, protection),
    costs: costs.slice(),
  }
  const spreads = spreadsOf(solver, search)
  const dark = Uint8Array.from(costs, (cost) => (cost === 0 ? 1 : 0))
  const reach = { up: known.up.slice(), down: known.down.slice() }
  let total = 0
  const order = sensitiveInOrder(table, protection)
  if (backwards) order.reverse()
  for (const cell of order) {
    if (isProtected(table, protection, cell, reach)) continue
    for (const step of stepsOf(table, protection, cell)) {
      for (const { cell: other, by } of movesOf(spreads, search, cell, step)) {
        remember(reach, other, by)
        if (dark[other] === 1) continue
        dark[other] = 1
        total += search.costs[other] as number
        search.costs[other] = 0
      }
      if (isProtected(table, protection, cell, reach)) break
    }
  }
  return { dark, total }
}

/** Of two tables the one with more sums below it first, then by key. */
function sensitiveInOrder(table: CellTable, { reasons }: Protection): number[] {
  const { start, signs } = table.ofCell
  const totals = Float64Array.from(table.keys, (_, cell) =>
    signs.subarray(start[cell], start[cell + 1]).reduce((sum, sign) => sum + (sign < 0 ? 1 : 0), 0),
  )
  return Array.from(reasons.keys())
    .filter((cell) => reasons[cell] !== 0)
    .sort((a, b) => (totals[b] as number) - (totals[a] as number) || a - b)
}

/** The moves that protect a cell, the likeliest first: counts need one, amounts one each way. */
function stepsOf(table: CellTable, protection: Protection, cell: number): number[] {
  const width = widthAsked(table, protection, cell)
  const above = protection.above[cell] as number
  const below = protection.below[cell] as number
  return above > 0 || below > 0 ? [above, -below] : [width, -width]
}

function movesOf(
  spreads: Spreads,
  search: Search,
  cell: number,
  step: number,
): readonly { readonly cell: number; readonly by: number }[] {
  for (const grid of search.table.grids) {
    if (grid.positions[cell] === -1 || step < 0) continue
    const move = cheapestMove(search, grid, cell, step)
    if (!move || !keepsSums(search.table, move)) continue
    return move.cells.map((other, i) => ({ cell: other, by: step * (move.signs[i] as number) }))
  }
  return spreads(cell, step) ?? []
}

function freeAll(
  solver: Solver,
  table: CellTable,
  protection: Protection,
  costs: Float64Array,
  { dark }: Choice,
  hidden: () => Uint8Array,
): void {
  const search: Search = { table, freedom: freedomOf(table, protection), costs: costs.slice() }
  const spreads = spreadsOf(solver, search)
  let grown = true
  while (grown) {
    grown = false
    const { failures, reach } = attackAll(solver, targetOf(table, protection, hidden()))
    for (const cell of failures) {
      if (isProtected(table, protection, cell, reach)) continue
      costs.forEach((cost, other) => {
        search.costs[other] = dark[other] === 1 ? 0 : cost
      })
      for (const step of stepsOf(table, protection, cell)) {
        for (const { cell: other, by } of spreads(cell, step) ?? []) {
          remember(reach, other, by)
          if (dark[other] === 0) grown = true
          dark[other] = 1
        }
        if (isProtected(table, protection, cell, reach)) break
      }
    }
  }
}
