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
 * @throws DisclosureError where the table has more than 3,000 cells, holds amounts or unmeasured cells, or no
 * such rounding is found.
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
  if (table.keys.length > mostCells) {
    const sentence = `the table has ${table.keys.length} cells, more than the ${mostCells} that controlled rounding can do; round by key`
    throw new DisclosureError('too-large', sentence)
  }
  const solver = await loadSolver()
  for (let steps = 1; steps <= mostSteps; steps++) {
    const values = roundWithin(solver, table, { base, steps, ...wanted })
    if (values) return { values, steps }
  }
  throw new DisclosureError('no-answer', 'the table has no controlled rounding; round by key')
}

/**
 * Column c says how many multiples above the one below its count cell c is; columns further on pay for what
 * goes beyond the two next to it.
 */
function roundWithin(
  solver: Solver,
  table: CellTable,
  { base, steps, prefer, fixed }: Wanted & { readonly base: number; readonly steps: number },
): Float64Array | undefined {
  const size = table.keys.length
  const all = Int32Array.from({ length: size }, (_, cell) => cell)
  const { sums, rowStart, entries, values } = rowsOf(table, all)
  const floors = table.counts.map((count) => Math.floor(count / base))
  const rests = table.counts.map((count) => count % base)
  const beyond = steps > 1
  // Beyond the neighbours each multiple costs a base, up or down; the two extra columns say how many.
  const columns = beyond ? 3 * size : size
  const cost = new Float64Array(columns)
  const lower = new Float64Array(columns)
  const upper = new Float64Array(columns)
  for (let cell = 0; cell < size; cell++) {
    const rest = rests[cell] as number
    const better = prefer?.[cell] ?? Number.NaN
    const floor = base * (floors[cell] as number)
    cost[cell] = Number.isNaN(better) ? base - 2 * rest : better > floor ? -base : base
    upper[cell] = rest === 0 ? 0 : 1
    const given = fixed?.[cell] ?? Number.NaN
    if (!Number.isNaN(given)) {
      lower[cell] = upper[cell] = (given - floor) / base
      continue
    }
    if (!beyond) continue
    cost[size + cell] = cost[2 * size + cell] = 2 * base
    upper[size + cell] = (floors[cell] as number) + rest > 0 ? steps - 1 : 0
    upper[2 * size + cell] = Math.min(steps - 1, floors[cell] as number)
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
