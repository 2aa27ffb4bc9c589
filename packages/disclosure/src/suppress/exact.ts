import { targetOf } from '../attack/audit.ts'
import { type Freedom, freedomOf } from '../attack/freedom.ts'
import { type AttackProgramme, attackProgramme } from '../attack/programme.ts'
import { isProtected, noReach, remember } from '../attack/reach.ts'
import type { Protection } from '../rules/sensitive.ts'
import { type Programme, programmeOf, type Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { type Cut, cutsOf, type Prices, pricesOfSum } from './cuts.ts'

/** Rounds and branches after which the search is given up for the heuristic: counts, since clocks differ. */
const mostRounds = 300
const mostNodes = 50_000

/**
 * The cells whose hiding protects the table at the least total cost, by the integer programme of Fischetti and
 * Salazar (2000): a choice is made, the attacker tries it, each success becomes a cut that every safe choice
 * keeps, and so on until no attack succeeds. Undefined where no choice is safe, or none was found in time.
 */
export function exactPattern(
  solver: Solver,
  table: CellTable,
  protection: Protection,
  costs: Float64Array,
): Uint8Array | undefined {
  const freedom = freedomOf(table, protection)
  const cells = Int32Array.from(costs.keys()).filter((cell) => costs[cell] !== Infinity)
  const attacks = attackProgramme(solver, table, cells, freedom)
  const choice = choiceProgramme(solver, costs, cells)
  try {
    const problem = { table, protection, freedom, cells, attacks }
    for (const cut of firstCuts(problem)) addCut(choice, cells, cut)
    for (let round = 0; round < mostRounds; round++) {
      const dark = choose(solver, choice, cells, table)
      if (!dark) return undefined
      const hidden = dark.map((is, cell) => (table.statuses[cell] === 2 ? 0 : is))
      const cuts = attacksThatSucceed(problem, hidden, dark)
      if (cuts.length === 0) return hidden
      for (const cut of cuts) addCut(choice, cells, cut)
    }
    return undefined
  } finally {
    attacks.dispose()
    choice.dispose()
  }
}

interface Problem {
  readonly table: CellTable
  readonly protection: Protection
  readonly freedom: Freedom
  readonly cells: Int32Array
  readonly attacks: AttackProgramme
}

function choiceProgramme(solver: Solver, costs: Float64Array, cells: Int32Array): Programme {
  const choice = programmeOf(solver, {
    cost: Float64Array.from(cells, (cell) => costs[cell] as number),
    // What costs nothing is hidden in any case.
    lower: Float64Array.from(cells, (cell) => (costs[cell] === 0 ? 1 : 0)),
    upper: new Float64Array(cells.length).fill(1),
    rowStart: Int32Array.of(0),
    entries: new Int32Array(0),
    values: new Float64Array(0),
    rowLower: new Float64Array(0),
    rowUpper: new Float64Array(0),
    wholeNumbers: true,
  })
  choice.options.set({ mip_rel_gap: 0, mip_abs_gap: 1e-6, mip_max_nodes: mostNodes })
  return choice
}

function choose(
  solver: Solver,
  choice: Programme,
  cells: Int32Array,
  table: CellTable,
): Uint8Array | undefined {
  choice.run()
  if (choice.getModelStatus() !== solver.constants.modelStatus.optimal) return undefined
  const hidden = new Uint8Array(table.keys.length)
  choice.getSolution().colValue.forEach((x, j) => {
    if (x > 0.5) hidden[cells[j] as number] = 1
  })
  return hidden
}

/** What each sum alone demands: a hidden cell is never alone in it. Most of a good choice at once. */
function firstCuts({ table, protection, freedom, cells }: Problem): Cut[] {
  const cuts: Cut[] = []
  const { start, relations } = table.ofCell
  const everything = table.statuses.map((status) => (status === 2 ? 0 : 1))
  const { asked } = targetOf(table, protection, everything)
  for (const cell of cells) {
    // What nobody publishes and no rule names may be worked out: a cut for it would hide others for nothing.
    if (asked[cell] === 0) continue
    for (let e = start[cell] as number; e < (start[cell + 1] as number); e++) {
      const up = pricesOfSum(table, relations[e] as number, cell)
      const down = new Map(Array.from(up, ([sum, price]) => [sum, -price] as const))
      cuts.push(...cutsOf(table, protection, freedom, cell, up, down))
    }
  }
  return cuts
}

function attacksThatSucceed(problem: Problem, hidden: Uint8Array, dark: Uint8Array): Cut[] {
  const { table, protection, freedom, cells, attacks } = problem
  attacks.hide(dark)
  const { asked } = targetOf(table, protection, hidden)
  const cuts: Cut[] = []
  const reach = noReach(hidden.length)
  cells.forEach((cell, place) => {
    if (asked[cell] === 0 || isProtected(table, protection, cell, reach)) return
    const up = attacks.attack(place, 1)
    const down = attacks.attack(place, -1)
    // What moves along with one need not be attacked any more.
    for (const { moves } of [up, down])
      moves.forEach((by, j) => {
        remember(reach, cells[j] as number, by)
      })
    if (isProtected(table, protection, cell, reach)) return
    const found = cutsOf(
      table,
      protection,
      freedom,
      cell,
      bySum(attacks, up.prices),
      bySum(attacks, down.prices),
    ).filter((cut) => !keeps(cut, dark))
    cuts.push(...(found.length > 0 ? found : [hideMore(problem, cell, dark)]))
  })
  return cuts
}

const bySum = ({ sums }: AttackProgramme, prices: Float64Array): Prices =>
  new Map(Array.from(prices, (price, row) => [sums[row] as number, price] as const))

const keeps = ({ weights, least }: Cut, hidden: Uint8Array): boolean => {
  let sum = 0
  for (const [cell, weight] of weights) if (hidden[cell] === 1) sum += weight
  return sum >= least - 1e-6
}

/** Hiding more never helps the attacker, so a choice that fails asks for one cell more, or not to hide this one. */
function hideMore({ protection, cells }: Problem, cell: number, hidden: Uint8Array): Cut {
  const weights = new Map<number, number>()
  for (const other of cells) if (hidden[other] === 0) weights.set(other, 1)
  if ((protection.reasons[cell] as number) > 0) return { weights, least: 1 }
  weights.set(cell, -1)
  return { weights, least: 0 }
}

function addCut(choice: Programme, cells: Int32Array, { weights, least }: Cut): void {
  const indices: number[] = []
  const values: number[] = []
  cells.forEach((cell, j) => {
    const weight = weights.get(cell)
    if (weight === undefined || weight === 0) return
    indices.push(j)
    values.push(weight)
  })
  choice.addRow(least, Number.POSITIVE_INFINITY, { indices, values })
}
