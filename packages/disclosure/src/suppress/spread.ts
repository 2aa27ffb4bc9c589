import { type Bundles, bundlesOf, rowsByPlace } from '../attack/bundles.ts'
import type { Search } from '../attack/moves.ts'
import { type Programme, programmeOf, type Solver } from '../solver.ts'

/** Bundles tried at first, and how much wider each next try is. */
const nearest = 250
const wider = 6
/** Up to how many bundles the solver makes a programme simpler before it begins. */
const simplifiedUpTo = nearest * wider

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
  /** The cells of each bundle, by their places: those from memberStart[b] to memberStart[b + 1]. */
  readonly memberStart: Int32Array
  readonly members: Int32Array
  /** The sums of each bundle. */
  readonly sumsOf: ReturnType<typeof rowsByPlace>
  /** Room for the places of some bundles among those looked at; -1 while none are. */
  readonly placeOf: Int32Array
  /** Room for the terms of a programme's sums. */
  readonly room: { columns: Int32Array; by: Float64Array }
}

function usableOf({ table, freedom, costs }: Search): Usable {
  const cells = Int32Array.from(costs.keys()).filter((c) => costs[c] !== Number.POSITIVE_INFINITY)
  const bundles = bundlesOf(table, cells, freedom)
  const bundleOf = new Int32Array(costs.length).fill(-1)
  const signOf = new Int8Array(costs.length)
  const memberStart = new Int32Array(bundles.size + 1)
  bundles.of.forEach((bundle, place) => {
    if (bundle === -1) return
    bundleOf[cells[place] as number] = bundle
    signOf[cells[place] as number] = bundles.signs[place] as number
    memberStart[bundle + 1] = (memberStart[bundle + 1] as number) + 1
  })
  for (let b = 0; b < bundles.size; b++)
    memberStart[b + 1] = (memberStart[b + 1] as number) + (memberStart[b] as number)
  const next = memberStart.slice(0, bundles.size)
  const members = new Int32Array(memberStart[bundles.size] as number)
  bundles.of.forEach((bundle, place) => {
    if (bundle === -1) return
    const at = next[bundle] as number
    members[at] = place
    next[bundle] = at + 1
  })
  const sumsOf = rowsByPlace(bundles, bundles.size)
  const placeOf = new Int32Array(bundles.size).fill(-1)
  const room = { columns: new Int32Array(0), by: new Float64Array(0) }
  return { ...bundles, cells, bundleOf, signOf, memberStart, members, sumsOf, placeOf, room }
}

const membersOf = ({ memberStart, members }: Usable, bundle: number): Int32Array =>
  members.subarray(memberStart[bundle], memberStart[bundle + 1])

/** The bundles nearest to one by sums, at most so many; in their order. */
function nearestBundles(
  { sumsOf, rowStart, entries, size }: Usable,
  first: number,
  limit: number,
): Int32Array {
  const found = [first]
  const seen = new Uint8Array(size)
  seen[first] = 1
  const seenSum = new Uint8Array(rowStart.length - 1)
  for (let at = 0; at < found.length && found.length < limit; at++) {
    const bundle = found[at] as number
    for (let i = sumsOf.start[bundle] as number; i < (sumsOf.start[bundle + 1] as number); i++) {
      const row = sumsOf.rows[i] as number
      if (seenSum[row] === 1) continue
      seenSum[row] = 1
      for (let e = rowStart[row] as number; e < (rowStart[row + 1] as number); e++) {
        const next = entries[e] as number
        if (seen[next] === 1 || found.length === limit) continue
        seen[next] = 1
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
    for (const member of membersOf(usable, bundle))
      cost[j] = (cost[j] as number) + 1e-3 + (costs[usable.cells[member] as number] as number)
    cost[size + j] = cost[j] as number
  })
  const lower = new Float64Array(2 * size)
  const column = step * sign > 0 ? place : size + place
  if ((upper[column] as number) < Math.abs(step)) return undefined
  lower[column] = upper[column] = Math.abs(step)
  upper[step * sign > 0 ? size + place : place] = 0
  const programme = programmeOf(solver, { cost, lower, upper, ...sumsAmong(usable, near) })
  // What makes a small programme smaller takes longer than the few steps that a large one needs.
  if (size > simplifiedUpTo) programme.options.set({ presolve: 'off' })
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
    return Array.from(membersOf(usable, bundle), (member) => ({
      cell: usable.cells[member] as number,
      by: by * (usable.signs[member] as number),
    }))
  })
    .flat()
    .sort((a, b) => a.cell - b.cell)
}

/** The sums of some bundles, all others standing still, with a column for each way that a bundle moves. */
function sumsAmong(
  { sumsOf, rowStart, entries, values, placeOf, room }: Usable,
  near: Int32Array,
): Pick<Parameters<typeof programmeOf>[1], SumColumns> {
  const size = near.length
  const touched = new Set<number>()
  near.forEach((bundle, j) => {
    placeOf[bundle] = j
    for (let i = sumsOf.start[bundle] as number; i < (sumsOf.start[bundle + 1] as number); i++)
      touched.add(sumsOf.rows[i] as number)
  })
  const rows = Int32Array.from(touched).sort()
  const starts = new Int32Array(rows.length + 1)
  let most = 0
  for (const row of rows) most += 2 * ((rowStart[row + 1] as number) - (rowStart[row] as number))
  // The solver copies them: those of thousands of programmes need no room each.
  if (most > room.columns.length) {
    room.columns = new Int32Array(2 * most)
    room.by = new Float64Array(2 * most)
  }
  const { columns, by } = room
  let end = 0
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r] as number
    for (let e = rowStart[row] as number; e < (rowStart[row + 1] as number); e++) {
      const place = placeOf[entries[e] as number] as number
      if (place === -1) continue
      columns[end] = place
      columns[end + 1] = size + place
      by[end] = values[e] as number
      by[end + 1] = -(values[e] as number)
      end += 2
    }
    starts[r + 1] = end
  }
  for (const bundle of near) placeOf[bundle] = -1
  const none = new Float64Array(rows.length)
  return {
    rowStart: starts,
    entries: columns.subarray(0, end),
    values: by.subarray(0, end),
    rowLower: none,
    rowUpper: none,
  }
}

type SumColumns = 'rowStart' | 'entries' | 'values' | 'rowLower' | 'rowUpper'
