import type { Protection } from '../rules/sensitive.ts'
import type { Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { componentsOf, neighbourhood } from './components.ts'
import { type Farthest, farthestOf } from './farthest.ts'
import { type Freedom, freedomOf, unseen } from './freedom.ts'
import { cheapestMove, keepsSums } from './moves.ts'
import { isProtected, noReach, type Reach, remember, stepAsked } from './reach.ts'

/** What an attacker attacks. */
export interface Target {
  readonly table: CellTable
  readonly protection: Protection
  readonly freedom: Freedom
  /** 1 for each cell whose value the attacker does not see. */
  readonly dark: Uint8Array
  /** 1 for each cell that must be protected. */
  readonly asked: Uint8Array
}

/**
 * A pattern as an attacker sees it. All that are marked as hidden must be protected; of what nobody publishes,
 * what a rule names.
 */
export function targetOf(table: CellTable, protection: Protection, hidden: Uint8Array): Target {
  const asked = hidden.map((is, cell) =>
    is === 1 || (table.statuses[cell] === 2 && (protection.reasons[cell] as number) > 0) ? 1 : 0,
  )
  const freedom = freedomOf(table, protection)
  return { table, protection, freedom, dark: unseen(table, hidden), asked }
}

/** What the attacker can do to a pattern. */
export interface Reached {
  /** For each cell how far it can move at least, or exactly where it failed. */
  readonly reach: Reach
  /** The cells that are not protected, in the order of the table. */
  readonly failures: readonly number[]
}

/** Programmes of so many bundles are solved whole; of larger ones, neighbourhoods first that are half of them at most. */
const wholeUpTo = 1500
const nearest = 400

/**
 * Attacks every cell until it is known to be protected, or known not to be: first by moves that are easily
 * found, then by the attacker's linear programme of its neighbourhood, at last of its whole component.
 */
export function attackAll(solver: Solver, target: Target): Reached {
  const { table, freedom, dark, asked, protection } = target
  const reach = noReach(dark.length)
  const lacks = (cell: number): boolean =>
    asked[cell] === 1 && !isProtected(table, protection, cell, reach)
  findMoves(target, reach, lacks)
  const failures: number[] = []
  for (const component of componentsOf(table, dark)) {
    const wanted = component.filter(lacks)
    if (wanted.length === 0) continue
    withProgramme(solver, table, component, freedom, (programme) => {
      const placeOf = new Map(Array.from(component, (cell, place) => [cell, place] as const))
      const place = (cell: number): number => placeOf.get(cell) as number
      const open = (cell: number): boolean => lacks(cell) && programme.moves(place(cell))
      const most = programme.size > wholeUpTo ? component.length / 2 : 0
      for (let size = nearest; size < most; size *= 8) {
        for (const cell of wanted) {
          if (!open(cell)) continue
          const near = neighbourhood(table, cell, dark, size)
          withProgramme(solver, table, near, freedom, (some) => {
            attackOne(some, near.indexOf(cell), reach)
          })
        }
      }
      for (const cell of wanted) if (open(cell)) attackOne(programme, place(cell), reach)
    })
    failures.push(...wanted.filter(lacks))
  }
  return { reach, failures: failures.sort((a, b) => a - b) }
}

function findMoves(target: Target, reach: Reach, lacks: (cell: number) => boolean): void {
  const { table, protection, freedom, dark } = target
  const costs = Float64Array.from(dark, (is) => (is === 1 ? 0 : Number.POSITIVE_INFINITY))
  for (const grid of table.grids) {
    for (let cell = 0; cell < dark.length; cell++) {
      if (dark[cell] === 0 || grid.positions[cell] === -1 || !lacks(cell)) continue
      const step = stepAsked(table, protection, cell)
      const move = cheapestMove({ table, freedom, costs }, grid, cell, step)
      if (!move || !keepsSums(table, move)) continue
      move.cells.forEach((other, i) => {
        remember(reach, other, step * (move.signs[i] as number))
      })
    }
  }
}

function withProgramme(
  solver: Solver,
  table: CellTable,
  cells: Int32Array,
  freedom: Freedom,
  use: (programme: Farthest) => void,
): void {
  const programme = farthestOf(solver, table, cells, freedom)
  try {
    use(programme)
  } finally {
    programme.dispose()
  }
}

/** Both ends of a cell's interval; every cell that moves along is remembered. */
function attackOne(programme: Farthest, place: number, reach: Reach): void {
  for (const direction of [1, -1] as const) {
    programme.attack(place, direction).forEach((by, j) => {
      remember(reach, programme.cells[j] as number, by)
    })
  }
}

/**
 * How far exactly each cell can move that an attacker does not see, by two linear programmes each; Infinity
 * where nothing limits it.
 */
export function exactReach(solver: Solver, { table, freedom, dark }: Target): Reach {
  const exact = noReach(dark.length)
  const limit = freedom.farthest * (1 - 1e-9)
  for (const component of componentsOf(table, dark)) {
    withProgramme(solver, table, component, freedom, (programme) => {
      component.forEach((cell, place) => {
        const up = programme.attack(place, 1)[place] as number
        exact.up[cell] = up >= limit ? Number.POSITIVE_INFINITY : up
        exact.down[cell] = -(programme.attack(place, -1)[place] as number)
      })
    })
  }
  return exact
}
