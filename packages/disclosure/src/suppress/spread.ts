import { neighbourhood } from '../attack/components.ts'
import type { Search } from '../attack/moves.ts'
import { rowsOf } from '../attack/programme.ts'
import { programmeOf, type Solver } from '../solver.ts'

/** Cells tried at first, and how much wider each next try is. */
const nearest = 250
const wider = 6

/**
 * The cells that let one cell move by a step, found by a linear programme that pays the cost of each cell for
 * each unit that it moves (Kelly, Golden and Assad 1992). For sums of any kind, where no product of moves
 * helps. Undefined where nothing helps.
 */
export function cheapestSpread(
  solver: Solver,
  search: Search,
  cell: number,
  step: number,
): readonly { readonly cell: number; readonly by: number }[] | undefined {
  const usable = Uint8Array.from(search.costs, (cost) =>
    cost === Number.POSITIVE_INFINITY ? 0 : 1,
  )
  let size = 0
  for (let limit = nearest; ; limit *= wider) {
    const near = neighbourhood(search.table, cell, usable, limit)
    if (near.length === size) return undefined
    size = near.length
    const spread = spreadWithin(solver, search, near, cell, step)
    if (spread) return spread
  }
}

function spreadWithin(
  solver: Solver,
  { table, freedom, costs }: Search,
  cells: Int32Array,
  cell: number,
  step: number,
): readonly { cell: number; by: number }[] | undefined {
  const { sums, rowStart, entries, values } = rowsOf(table, cells)
  const size = cells.length
  const place = cells.indexOf(cell)
  // Column j is how far cell j moves up, column size + j how far down.
  const upper = new Float64Array(2 * size)
  const cost = new Float64Array(2 * size)
  cells.forEach((other, j) => {
    upper[j] = Math.min(freedom.farthest, freedom.up[other] as number)
    upper[size + j] = Math.min(freedom.farthest, freedom.down[other] as number)
    cost[j] = cost[size + j] = 1e-3 + (costs[other] as number)
  })
  const lower = new Float64Array(2 * size)
  const column = step > 0 ? place : size + place
  if ((upper[column] as number) < Math.abs(step)) return undefined
  lower[column] = upper[column] = Math.abs(step)
  upper[step > 0 ? size + place : place] = 0
  const programme = programmeOf(solver, {
    cost,
    lower,
    upper,
    rowStart: rowStart.map((start) => 2 * start),
    ...doubled(entries, values, size),
    rowLower: new Float64Array(sums.length),
    rowUpper: new Float64Array(sums.length),
  })
  try {
    programme.run()
    if (programme.getModelStatus() !== solver.constants.modelStatus.optimal) return undefined
    const { colValue } = programme.getSolution()
    return Array.from(cells, (other, j) => ({
      cell: other,
      by: (colValue[j] as number) - (colValue[size + j] as number),
    })).filter(({ by }) => Math.abs(by) > 1e-7)
  } finally {
    programme.dispose()
  }
}

function doubled(
  entries: Int32Array,
  values: Float64Array,
  size: number,
): { readonly entries: Int32Array; readonly values: Float64Array } {
  return {
    entries: Int32Array.from(
      { length: 2 * entries.length },
      (_, e) => (entries[e >> 1] as number) + (e % 2 === 0 ? 0 : size),
    ),
    values: Float64Array.from({ length: 2 * values.length }, (_, e) =>
      e % 2 === 0 ? (values[e >> 1] as number) : -(values[e >> 1] as number),
    ),
  }
}
