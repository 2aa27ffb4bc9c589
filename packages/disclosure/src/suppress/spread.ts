import { type Bundles, bundlesOf } from '../attack/bundles.ts'
import type { Search } from '../attack/moves.ts'
import { type Programme, programmeOf, type Solver } from '../solver.ts'

/** Bundles tried at first, and how much wider each next try is. */
const nearest = 250
const wider = 6

/** Cells that move together, each by so much. */
export type Spread = readonly { readonly cell: number; readonly by: number }[]

/**
 * The cells that let one cell move by a step, found by a linear programme that pays the cost of each cell for
 * each unit that it moves (Kelly, Golden and Assad 1992). For sums of any kind, where no product of moves
 * helps. Undefined where nothing helps.
 */
export type Spreads = (cell: number, step: number) => Spread | undefined

/**
 * What lets cells move at the costs of a search, which may change from one cell to the next; which of them cannot be
 * hidden may not.
 */
export function spreadsOf(solver: Solver, search: Search): Spreads {
  let known: Usable | undefined
  return (cell, step) => {
    known ??= usableOf(search)
    const bundle = known.bundleOf[cell] as number
    if (bundle === -1) return undefined
    let size = 0
    for (let limit = nearest; ; limit *= wider) {
      const near = nearestBundles(known, bundle, limit)
      if (near.length === size) return undefined
      size = near.length
      const spread = spreadWithin(solver, search, known, near, cell, step)
      if (spread) return spread
    }
  }
}

/** All cells that could be hidden, in bundles, and the sums of each bundle. */
interface Usable extends Bundles {
  readonly cells: Int32Array
  /** Of any cell, -1 where it cannot move; and whether it moves with it (1) or against it (-1). */
  readonly bundleOf: Int32Array
  readonly signOf: Int8Array
  readonly membersOf: readonly (readonly number[])[]
  readonly sumsOf: readonly (readonly number[])[]
}

function usableOf({ table, freedom, costs }: Search): Usable {
  const cells = Int32Array.from(costs.keys()).filter((c) => costs[c] !== Number.POSITIVE_INFINITY)
  const bundles = bundlesOf(table, cells, freedom)
  const bundleOf = new Int32Array(costs.length).fill(-1)
  const signOf = new Int8Array(costs.length)
  const membersOf: number[][] = Array.from({ length: bundles.size }, () => [])
  const sumsOf: number[][] = Array.from({ length: bundles.size }, () => [])
  bundles.of.forEach((bundle, place) => {
    bundleOf[cells[place] as number] = bundle
    signOf[cells[place] as number] = bundles.signs[place] as number
    membersOf[bundle]?.push(place)
  })
  for (let row = 0; row + 1 < bundles.rowStart.length; row++)
    for (let e = bundles.rowStart[row] as number; e < (bundles.rowStart[row + 1] as number); e++)
      sumsOf[bundles.entries[e] as number]?.push(row)
  return { ...bundles, cells, bundleOf, signOf, membersOf, sumsOf }
}

/** The bundles nearest to one by sums, at most so many; in their order. */
function nearestBundles(
  { sumsOf, rowStart, entries }: Usable,
  first: number,
  limit: number,
): Int32Array {
  const found = [first]
  const seen = new Set(found)
  const seenSum = new Set<number>()
  for (let at = 0; at < found.length && found.length < limit; at++) {
    for (const row of sumsOf[found[at] as number] ?? []) {
      if (seenSum.has(row)) continue
      seenSum.add(row)
      for (let e = rowStart[row] as number; e < (rowStart[row + 1] as number); e++) {
        const next = entries[e] as number
        if (seen.has(next) || found.length === limit) continue
        seen.add(next)
        found.push(next)
      }
    }
  }
  return Int32Array.from(found).sort()
}

function spreadWithin(
  solver: Solver,
  { costs }: Search,
  usable: Usable,
  near: Int32Array,
  cell: number,
  step: number,
): Spread | undefined {
  const size = near.length
  const own = usable.bundleOf[cell] as number
  const place = near.indexOf(own)
  const sign = usable.signOf[cell] as number
  // Column j is how far bundle j moves up, column size + j how far down.
  const upper = new Float64Array(2 * size)
  const cost = new Float64Array(2 * size)
  near.forEach((bundle, j) => {
    upper[j] = usable.up[bundle] as number
    upper[size + j] = usable.down[bundle] as number
    for (const member of usable.membersOf[bundle] as readonly number[])
      cost[j] = (cost[j] as number) + 1e-3 + (costs[usable.cells[member] as number] as number)
    cost[size + j] = cost[j] as number
  })
  const lower = new Float64Array(2 * size)
  const column = step * sign > 0 ? place : size + place
  if ((upper[column] as number) < Math.abs(step)) return undefined
  lower[column] = upper[column] = Math.abs(step)
  upper[step * sign > 0 ? size + place : place] = 0
  const programme = programmeOf(solver, { cost, lower, upper, ...sumsAmong(usable, near) })
  try {
    programme.run()
    if (programme.getModelStatus() !== solver.constants.modelStatus.optimal) return undefined
    return movedBy(programme, usable, near)
  } finally {
    programme.dispose()
  }
}

function movedBy(programme: Programme, usable: Usable, near: Int32Array): Spread {
  const { colValue } = programme.getSolution()
  return Array.from(near, (bundle, j) => {
    const by = (colValue[j] as number) - (colValue[near.length + j] as number)
    if (Math.abs(by) <= 1e-7) return []
    return (usable.membersOf[bundle] as readonly number[]).map((member) => ({
      cell: usable.cells[member] as number,
      by: by * (usable.signs[member] as number),
    }))
  })
    .flat()
    .sort((a, b) => a.cell - b.cell)
}

/** The sums of some bundles, all others standing still, with a column for each way that a bundle moves. */
function sumsAmong(
  { sumsOf, rowStart, entries, values }: Usable,
  near: Int32Array,
): Pick<Parameters<typeof programmeOf>[1], SumColumns> {
  const size = near.length
  const placeOf = new Map(Array.from(near, (bundle, j) => [bundle, j] as const))
  const rows = [...new Set(Array.from(near, (b) => sumsOf[b] as number[]).flat())].sort(
    (a, b) => a - b,
  )
  const starts = [0]
  const columns: number[] = []
  const by: number[] = []
  for (const row of rows) {
    for (let e = rowStart[row] as number; e < (rowStart[row + 1] as number); e++) {
      const place = placeOf.get(entries[e] as number)
      if (place === undefined) continue
      columns.push(place, size + place)
      by.push(values[e] as number, -(values[e] as number))
    }
    starts.push(columns.length)
  }
  return {
    rowStart: Int32Array.from(starts),
    entries: Int32Array.from(columns),
    values: Float64Array.from(by),
    rowLower: new Float64Array(rows.length),
    rowUpper: new Float64Array(rows.length),
  }
}

type SumColumns = 'rowStart' | 'entries' | 'values' | 'rowLower' | 'rowUpper'
