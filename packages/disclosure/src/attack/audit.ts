import type { Protection } from '../rules/sensitive.ts'
import type { Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { componentsOf, neighbourhood } from './components.ts'
import { type Freedom, freedomOf, unseen } from './freedom.ts'
import { cheapestMove, keepsSums } from './moves.ts'
import { type AttackProgramme, attackProgramme } from './programme.ts'
import { isProtected, noReach, type Reach, remember, widthAsked } from './reach.ts'

/** What the attacker can do to a pattern. */
export interface Reached {
  /** For each cell how far it can move at least, or exactly where it failed. */
  readonly reach: Reach
  /** The unseen cells that are not protected, in the order of the table. */
  readonly failures: readonly number[]
}

/** Programmes up to this size are solved whole; of larger components, neighbourhoods first. */
const wholeUpTo = 1500

/**
 * Attacks every unseen cell until it is known to be protected, or known not to be: first by moves that are
 * easily found, then by the attacker's linear programme of its neighbourhood, at last of its whole component.
 */
export function attackAll(
  solver: Solver,
  table: CellTable,
  protection: Protection,
  hidden: Uint8Array,
): Reached {
  const freedom = freedomOf(table, protection)
  const dark = unseen(table, hidden)
  const reach = noReach(hidden.length)
  const open = (cell: number): boolean =>
    needsProof(table, protection, hidden, cell) && !isProtected(table, protection, cell, reach)
  findMoves(table, protection, freedom, dark, reach, open)
  const failures: number[] = []
  for (const component of componentsOf(table, dark)) {
    let wanted = component.filter(open)
    if (component.length > wholeUpTo) {
      for (const cell of wanted) {
        if (!open(cell)) continue
        const near = neighbourhood(table, cell, dark, wholeUpTo / 4)
        withProgramme(solver, table, near, freedom, (programme) => {
          attackOne(programme, near.indexOf(cell), reach)
        })
      }
      wanted = wanted.filter(open)
    }
    if (wanted.length === 0) continue
    withProgramme(solver, table, component, freedom, (programme) => {
      for (const cell of wanted) {
        if (open(cell)) attackOne(programme, component.indexOf(cell), reach)
      }
    })
    failures.push(...wanted.filter(open))
  }
  return { reach, failures: failures.sort((a, b) => a - b) }
}

/** All that are marked as hidden must be protected; of what nobody publishes, what a rule names. */
export const needsProof = (
  table: CellTable,
  protection: Protection,
  hidden: Uint8Array,
  cell: number,
): boolean =>
  hidden[cell] === 1 || (table.statuses[cell] === 2 && (protection.reasons[cell] as number) > 0)

function findMoves(
  table: CellTable,
  protection: Protection,
  freedom: Freedom,
  dark: Uint8Array,
  reach: Reach,
  open: (cell: number) => boolean,
): void {
  const costs = Float64Array.from(dark, (is) => (is === 1 ? 0 : Number.POSITIVE_INFINITY))
  for (const grid of table.grids) {
    for (let cell = 0; cell < dark.length; cell++) {
      if (dark[cell] === 0 || grid.positions[cell] === -1 || !open(cell)) continue
      const step = Math.max(
        widthAsked(table, protection, cell),
        protection.above[cell] as number,
        protection.below[cell] as number,
      )
      const move = cheapestMove({ table, freedom, costs }, grid, cell, step)
      if (!move || !keepsSums(table, move)) continue
      move.cells.forEach((other, i) => {
        remember(reach, other, step * (move.signs[i] as number))
      })
    }
  }
}

/** The furthest that a solver is asked to go: far beyond any protection, and not so far that digits are lost. */
export function farthestOf(table: CellTable): number {
  let largest = 100
  for (const count of table.counts) if (count > largest) largest = count
  return 2 * largest
}

function withProgramme(
  solver: Solver,
  table: CellTable,
  cells: Int32Array,
  freedom: Freedom,
  use: (programme: AttackProgramme) => void,
): void {
  const programme = attackProgramme(solver, table, cells, freedom, farthestOf(table))
  try {
    use(programme)
  } finally {
    programme.dispose()
  }
}

/** Both ends of a cell's interval; every cell that moves along is remembered. */
function attackOne(programme: AttackProgramme, place: number, reach: Reach): void {
  for (const direction of [1, -1] as const) {
    const { moves } = programme.attack(place, direction)
    moves.forEach((by, j) => {
      remember(reach, programme.cells[j] as number, by)
    })
  }
}

/**
 * The attacker's exact interval of every unseen cell, by two linear programmes each. Infinity is an end that
 * has no limit.
 */
export function exactReach(
  solver: Solver,
  table: CellTable,
  protection: Protection,
  hidden: Uint8Array,
): Reach {
  const freedom = freedomOf(table, protection)
  const exact = noReach(hidden.length)
  for (const component of componentsOf(table, unseen(table, hidden))) {
    withProgramme(solver, table, component, freedom, (programme) => {
      component.forEach((cell, place) => {
        const up = programme.attack(place, 1).moves[place] as number
        const down = -(programme.attack(place, -1).moves[place] as number)
        exact.up[cell] = up >= farthestOf(table) * (1 - 1e-9) ? Number.POSITIVE_INFINITY : up
        exact.down[cell] = down
      })
    })
  }
  return exact
}
