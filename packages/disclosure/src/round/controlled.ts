import { componentsOf } from '../attack/components.ts'
import { rowsOf } from '../attack/programme.ts'
import { DisclosureError } from '../errors.ts'
import { loadSolver, programmeOf, type Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'
import { checkBase } from './keyed.ts'

/** A table of multiples that add up. */
export interface ControlledRounding {
  /** In the order of the table; NaN where nobody measured it. */
  readonly values: Float64Array
  /** 1 where each count became one of the two multiples next to it; more where a table has no such rounding. */
  readonly steps: number
}

/** What else is asked of a controlled rounding, each in the order of the table and NaN where nothing is. */
export interface Wanted {
  /** A multiple for each count that is as good as any other: {@link roundKeyed} says which. Default: the nearest. */
  readonly prefer?: Float64Array
  /** Multiples that are given: what an earlier release made of a count that has not changed. */
  readonly fixed?: Float64Array
  /** Multiples for what hangs together and has no such rounding; without it that is an error. */
  readonly otherwise?: Float64Array
}

/** Beyond this many cells the programme may take minutes. */
const mostCells = 3000
const mostSteps = 3
const mostNodes = 20_000

/**
 * Rounds all counts to multiples of the base such that every total is still the sum of its parts, and the
 * rounded counts are as near to the true ones as that allows (controlled rounding, Cox 1987). Multiples stay, so
 * 0 stays 0. In more than two dimensions a table may have no such rounding; then counts may go one multiple
 * further, and `steps` says so.
 *
 * Who knows that each count went to the nearer multiple knows more than that it is less than a base away: where
 * counts must not be narrowed down, prefer what {@link roundKeyed} gives.
 *
 * @param base default 5.
 * @throws DisclosureError where more than 3,000 cells hang together by sums, the table holds amounts or unmeasured
 * cells, or no such rounding is found.
 * @example
 * roundControlled(
 *   crossTable({
 *     dimensions: [{ name: 'sex', total: { code: 'all', children: [{ code: 'f' }, { code: 'm' }] } }],
 *     rows: [{ codes: ['f'], count: 3 }, { codes: ['m'], count: 9 }, { codes: ['all'], count: 12 }],
 *   }),
 * ).then(({ values }) => values)
 * // [15, 5, 10]
 */
export async function roundControlled(
  table: CellTable,
  base = 5,
  wanted: Wanted = {},
): Promise<ControlledRounding> {
  checkBase(table, base)
  const unmeasured = table.counts.findIndex((count) => Number.isNaN(count))
  if (unmeasured >= 0) {
    const key = table.keys[unmeasured] as string
    const sentence = `${key} was not measured, so nothing can be said of the sums that it is part of; leave it out`
    throw new DisclosureError('invalid-table', sentence, key)
  }
  const everything = new Uint8Array(table.keys.length).fill(1)
  const values = new Float64Array(table.keys.length)
  let most = 1
  // What hangs together by no sum is rounded apart.
  for (const cells of componentsOf(table, everything)) {
    const found = await roundComponent(table, cells, { base, ...wanted })
    cells.forEach((cell, at) => {
      values[cell] = found.values[at] as number
    })
    most = Math.max(most, found.steps)
  }
  return { values, steps: most }
}

/** The rounded counts of some cells, in their order. */
async function roundComponent(
  table: CellTable,
  cells: Int32Array,
  asked: Wanted & { readonly base: number },
): Promise<ControlledRounding> {
  const { otherwise } = asked
  const solver = await loadSolver()
  for (let steps = 1; steps <= mostSteps && cells.length <= mostCells; steps++) {
    const values = roundWithin(solver, table, cells, { ...asked, steps })
    if (values) return { values, steps }
  }
  if (otherwise) {
    return { values: Float64Array.from(cells, (c) => otherwise[c] as number), steps: 1 }
  }
  if (cells.length <= mostCells) {
    throw new DisclosureError('no-answer', 'the table has no controlled rounding; round by key')
  }
  const sentence = `${cells.length} cells of the table hang together, more than the ${mostCells} that controlled rounding can do; round by key`
  throw new DisclosureError('too-large', sentence)
}

/**
 * Column c says how many multiples above the one below its count cell c is; columns further on pay for what
 * goes beyond the two next to it.
 */
function roundWithin(
  solver: Solver,
  table: CellTable,
  cells: Int32Array,
  { base, steps, prefer, fixed }: Wanted & { readonly base: number; readonly steps: number },
): Float64Array | undefined {
  const size = cells.length
  const { sums, rowStart, entries, values } = rowsOf(table, cells)
  const counts = Float64Array.from(cells, (cell) => table.counts[cell] as number)
  const floors = counts.map((count) => Math.floor(count / base))
  const rests = counts.map((count) => count % base)
  const beyond = steps > 1
  // Beyond the neighbours each multiple costs a base, up or down; the two extra columns say how many.
  const columns = beyond ? 3 * size : size
  const cost = new Float64Array(columns)
  const lower = new Float64Array(columns)
  const upper = new Float64Array(columns)
  for (const [at, cell] of cells.entries()) {
    const rest = rests[at] as number
    const better = prefer?.[cell] ?? Number.NaN
    const floor = base * (floors[at] as number)
    cost[at] = Number.isNaN(better) ? base - 2 * rest : better > floor ? -base : base
    upper[at] = rest === 0 ? 0 : 1
    const given = fixed?.[cell] ?? Number.NaN
    if (!Number.isNaN(given)) {
      lower[at] = upper[at] = (given - floor) / base
      continue
    }
    if (!beyond) continue
    cost[size + at] = cost[2 * size + at] = 2 * base
    upper[size + at] = (floors[at] as number) + rest > 0 ? steps - 1 : 0
    upper[2 * size + at] = Math.min(steps - 1, floors[at] as number)
  }
  const rowLimits = Float64Array.from(sums, (_, row) => {
    let sum = 0
    for (let e = rowStart[row] as number; e < (rowStart[row + 1] as number); e++)
      sum -= (values[e] as number) * (floors[entries[e] as number] as number)
    return sum
  })
  const copies = beyond ? [0, size, 2 * size] : [0]
  const programme = programmeOf(solver, {
    cost,
    lower,
    upper,
    rowStart: rowStart.map((start) => start * copies.length),
    entries: Int32Array.from(
      Array.from(entries).flatMap((entry) => copies.map((at) => entry + at)),
    ),
    values: Float64Array.from(
      Array.from(values).flatMap((value) => copies.map((at) => (at === 2 * size ? -value : value))),
    ),
    rowLower: rowLimits,
    rowUpper: rowLimits,
    wholeNumbers: true,
  })
  programme.options.set({ mip_rel_gap: 0, mip_abs_gap: 0.5, mip_max_nodes: mostNodes })
  try {
    programme.run()
    if (programme.getModelStatus() !== solver.constants.modelStatus.optimal) return undefined
    const { colValue } = programme.getSolution()
    return floors.map((floor, cell) => {
      const by = copies.reduce(
        (sum, at) => sum + (at === 2 * size ? -1 : 1) * Math.round(colValue[at + cell] as number),
        0,
      )
      return base * (floor + by)
    })
  } finally {
    programme.dispose()
  }
}
