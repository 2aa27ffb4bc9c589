import { type Programme, programmeOf, type Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { type Bundles, bundlesOf } from './bundles.ts'
import type { Freedom } from './freedom.ts'
import { solve } from './programme.ts'

/**
 * How far cells can be moved: the attacker's linear programme of the bundles that they move in. The same answers as
 * {@link attackProgramme} gives, sooner, and without prices.
 */
export interface Farthest {
  readonly cells: Int32Array
  /** Of how many bundles of cells the programme is. */
  readonly size: number
  /** Whether the cell at a place can move at all, as far as sums of one or two cells tell. */
  moves(place: number): boolean
  /** How far all cells move, in their order, in a table that takes the one at a place furthest up (1) or down (-1). */
  attack(place: number, direction: 1 | -1): Float64Array
  /** Which of the cells are hidden from now on; the others stand still. */
  hide(hidden: Uint8Array): void
  dispose(): void
}

/** Of some cells, all others standing still. */
export function farthestOf(
  solver: Solver,
  table: CellTable,
  cells: Int32Array,
  freedom: Freedom,
): Farthest {
  const bundles = bundlesOf(table, cells, freedom)
  const known = new Map<number, Float64Array>()
  let [lower, upper] = [bundles.down.map((by) => -by), bundles.up]
  let model: Programme | undefined
  let last = 0
  const moved = (bundle: number, direction: 1 | -1, key: string): Float64Array => {
    const same = known.get(direction * (bundle + 1))
    if (same) return same
    model ??= modelOf(solver, bundles, lower, upper)
    model.changeColCost(last, 0)
    model.changeColCost(bundle, -direction)
    last = bundle
    const { moves } = solve(solver, model, key)
    known.set(direction * (bundle + 1), moves)
    return moves
  }
  return {
    cells,
    size: bundles.size,
    moves: (place) => bundles.of[place] !== -1,
    attack(place, direction) {
      const bundle = bundles.of[place] as number
      if (bundle === -1) return new Float64Array(cells.length)
      const way = (direction * (bundles.signs[place] as number)) as 1 | -1
      const moves = moved(bundle, way, table.keys[cells[place] as number] as string)
      return Float64Array.from(bundles.of, (own, at) =>
        own === -1 ? 0 : (bundles.signs[at] as number) * (moves[own] as number),
      )
    },
    hide(hidden) {
      const stands = new Uint8Array(bundles.size)
      bundles.of.forEach((bundle, at) => {
        if (bundle !== -1 && hidden[cells[at] as number] === 0) stands[bundle] = 1
      })
      lower = bundles.down.map((by, j) => (stands[j] === 1 ? 0 : -by))
      upper = bundles.up.map((by, j) => (stands[j] === 1 ? 0 : by))
      known.clear()
      const indices = Int32Array.from(stands.keys())
      model?.changeColsBounds({ kind: 'set', indices }, lower, upper)
    },
    dispose: () => model?.dispose(),
  }
}

function modelOf(
  solver: Solver,
  { size, rowStart, entries, values }: Bundles,
  lower: Float64Array,
  upper: Float64Array,
): Programme {
  const none = new Float64Array(rowStart.length - 1)
  const model = programmeOf(solver, {
    cost: new Float64Array(size),
    ...{ lower, upper, rowStart, entries, values },
    ...{ rowLower: none, rowUpper: none },
  })
  model.options.set({ presolve: 'off', primal_feasibility_tolerance: 1e-9 })
  return model
}
