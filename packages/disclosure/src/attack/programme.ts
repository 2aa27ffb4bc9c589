import { DisclosureError } from '../errors.ts'
import { type Programme, programmeOf, type Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import type { Freedom } from './freedom.ts'

/** An attacker's answer: how far the cells move in the table that takes one of them furthest. */
export interface Attack {
  /** In the order of the programme's cells. */
  readonly moves: Float64Array
  /** A price for each of the programme's sums, which proves that the cell moves no further. */
  readonly prices: Float64Array
}

/**
 * The attacker's linear programme: all tables that agree with what is published, as distances from the true
 * one. Solved again and again from where the last answer stood.
 */
export interface AttackProgramme {
  readonly cells: Int32Array
  /** The sums that bind the cells. */
  readonly sums: Int32Array
  /** The table that takes the cell at a place of `cells` furthest up (1) or down (-1). */
  attack(place: number, direction: 1 | -1): Attack
  /** Which of the cells are hidden from now on; the others stand still. */
  hide(hidden: Uint8Array): void
  dispose(): void
}

/** The programme of some cells, all others standing still. */
export function attackProgramme(
  solver: Solver,
  table: CellTable,
  cells: Int32Array,
  freedom: Freedom,
): AttackProgramme {
  const { sums, placeOf, ...rows } = rowsOf(table, cells)
  const lower = Float64Array.from(cells, (cell) => -(freedom.down[cell] as number))
  const upper = Float64Array.from(cells, (cell) =>
    Math.min(freedom.farthest, freedom.up[cell] as number),
  )
  const model = programmeOf(solver, {
    cost: new Float64Array(cells.length),
    lower,
    upper,
    ...rows,
    rowLower: new Float64Array(sums.length),
    rowUpper: new Float64Array(sums.length),
  })
  model.options.set({ presolve: 'off', primal_feasibility_tolerance: 1e-9 })
  const all = Int32Array.from(cells.keys())
  let last = 0
  return {
    cells,
    sums,
    attack(place, direction) {
      model.changeColCost(last, 0)
      model.changeColCost(place, -direction)
      last = place
      return solve(solver, model, table.keys[cells[place] as number] as string)
    },
    hide(hidden) {
      const is = (j: number): boolean => hidden[cells[j] as number] === 1
      model.changeColsBounds(
        { kind: 'set', indices: all },
        lower.map((by, j) => (is(j) ? by : 0)),
        upper.map((by, j) => (is(j) ? by : 0)),
      )
    },
    dispose: () => model.dispose(),
  }
}

/**
 * Solves an attacker's programme from where its last answer stood.
 * @throws DisclosureError where the solver finds no answer.
 */
export function solve(solver: Solver, model: Programme, key: string): Attack {
  model.run()
  const { optimal } = solver.constants.modelStatus
  if (model.getModelStatus() !== optimal) {
    // Where the last basis leads nowhere, a fresh start mostly does.
    model.clearSolver()
    model.run()
  }
  if (model.getModelStatus() !== optimal) {
    const sentence = `the solver finds no answer for ${key}; hide more, or report the table`
    throw new DisclosureError('no-answer', sentence, key)
  }
  const { colValue, rowDual } = model.getSolution()
  return { moves: colValue, prices: rowDual.map((price) => -price) }
}

interface Rows {
  readonly sums: Int32Array
  readonly placeOf: ReadonlyMap<number, number>
  readonly rowStart: Int32Array
  readonly entries: Int32Array
  readonly values: Float64Array
}

/** The sums that some cells take part in, with no other cells. */
export function rowsOf({ relations, ofCell }: CellTable, cells: Int32Array): Rows {
  const placeOf = new Map<number, number>()
  const touched = new Set<number>()
  cells.forEach((cell, place) => {
    placeOf.set(cell, place)
    for (let e = ofCell.start[cell] as number; e < (ofCell.start[cell + 1] as number); e++)
      touched.add(ofCell.relations[e] as number)
  })
  const sums = Int32Array.from(touched).sort()
  const rowStart = new Int32Array(sums.length + 1)
  let most = 0
  for (const r of sums) most += (relations.start[r + 1] as number) - (relations.start[r] as number)
  const entries = new Int32Array(most)
  const values = new Float64Array(most)
  let end = 0
  sums.forEach((r, row) => {
    for (let e = relations.start[r] as number; e < (relations.start[r + 1] as number); e++) {
      const place = placeOf.get(relations.cells[e] as number)
      if (place === undefined) continue
      entries[end] = place
      values[end] = relations.signs[e] as number
      end += 1
    }
    rowStart[row + 1] = end
  })
  return {
    sums,
    placeOf,
    rowStart,
    entries: entries.subarray(0, end),
    values: values.subarray(0, end),
  }
}
