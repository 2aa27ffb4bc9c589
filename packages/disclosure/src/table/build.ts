import { DisclosureError } from '../errors.ts'
import { byCodeUnits, type Tree } from './dimension.ts'
import { type CellStatus, type CellTable, type Grid, nameOf, statusCode } from './table.ts'

/** A cell as it is given. */
export interface CellInput {
  readonly key: string
  readonly count: number
  readonly status: CellStatus
  readonly contributions?: readonly number[] | undefined
}

/** A sum as it is given: the parts add up to the total. */
export interface Relation {
  readonly total: string
  readonly parts: readonly string[]
}

/** Cells and sums before they are put in order. */
export interface Draft {
  readonly whole: boolean
  readonly cells: readonly CellInput[]
  /** Each is looked at once. */
  readonly relations: Iterable<Relation & { readonly dimension: string }>
  readonly grids: readonly { readonly trees: readonly Tree[]; readonly keys: readonly string[] }[]
}

/** Puts cells and sums in the order of their keys, so that nothing hangs on the order of rows. */
export function buildTable(draft: Draft): CellTable {
  const cells = [...draft.cells].sort((a, b) => byCodeUnits(a.key, b.key))
  const placeOf = new Map<string, number>()
  cells.forEach((cell, place) => {
    checkCount(cell.key, cell.count, draft.whole)
    if (placeOf.has(cell.key)) {
      const sentence = `the cell ${cell.key} occurs twice; give each cell one row`
      throw new DisclosureError('invalid-table', sentence, cell.key)
    }
    placeOf.set(cell.key, place)
  })
  const place = (key: string): number => {
    const found = placeOf.get(key)
    if (found !== undefined) return found
    throw new DisclosureError('invalid-table', `a sum names ${key}, which is no cell`, key)
  }
  const table = {
    keys: cells.map((cell) => cell.key),
    counts: Float64Array.from(cells, (cell) => cell.count),
    statuses: Uint8Array.from(cells, (cell) =>
      statusCode(Number.isNaN(cell.count) ? 'known' : cell.status),
    ),
    whole: draft.whole,
    contributions: new Map(
      cells.flatMap(({ contributions }, at) =>
        contributions ? [[at, Float64Array.from(contributions).sort().reverse()] as const] : [],
      ),
    ),
    ...relationsOf(draft, place, cells.length),
    grids: draft.grids.map((grid) => gridOf(grid.trees, grid.keys, place, cells.length)),
  }
  checkSums(table)
  return table
}

/** Throws DisclosureError where a count is none. */
export function checkCount(key: string, count: number, whole: boolean): void {
  if (Number.isNaN(count)) return
  const wanted = whole ? Number.isSafeInteger(count) : Number.isFinite(count)
  if (wanted && count >= 0) return
  const sentence = `${nameOf(key)} is ${count}, not ${whole ? 'a whole number' : 'a number'} from 0 up`
  throw new DisclosureError('invalid-table', sentence, key)
}

function relationsOf(
  draft: Draft,
  place: (key: string) => number,
  size: number,
): Pick<CellTable, 'relations' | 'ofCell'> {
  const named = placesIn(draft, place)
  // Linked tables share sums; each is kept once, as the last of them has it.
  const order = Int32Array.from(named.dimensions.keys())
    .sort((a, b) => inOrder(named, a, b) || a - b)
    .filter((r, at, all) => at + 1 === all.length || inOrder(named, r, all[at + 1] as number) !== 0)
  const start = new Int32Array(order.length + 1)
  order.forEach((r, at) => {
    start[at + 1] = (start[at] as number) + sumAt(named, r).length
  })
  const cells = new Int32Array(start[order.length] as number)
  const signs = new Int8Array(cells.length).fill(1)
  order.forEach((r, at) => {
    cells.set(sumAt(named, r), start[at])
    signs[start[at] as number] = -1
  })
  const dimensions = Array.from(order, (r) => named.dimensions[r] as string)
  const relations = { start, cells, signs, dimensions }
  return { relations, ofCell: transpose(relations, size) }
}

/** Sums as the places of their cells, one after another: of each the total, and its parts in order. */
interface Places {
  readonly start: readonly number[]
  readonly cells: Int32Array
  readonly dimensions: readonly string[]
}

function placesIn({ relations }: Draft, place: (key: string) => number): Places {
  const start = [0]
  const dimensions: string[] = []
  let cells = new Int32Array(1024)
  let end = 0
  for (const { total, parts, dimension } of relations) {
    const next = end + 1 + parts.length
    if (next > cells.length) {
      const larger = new Int32Array(2 * next)
      larger.set(cells)
      cells = larger
    }
    cells[end] = place(total)
    for (let i = 0; i < parts.length; i++) cells[end + 1 + i] = place(parts[i] as string)
    cells.subarray(end + 1, next).sort()
    end = next
    start.push(end)
    dimensions.push(dimension)
  }
  return { start, cells, dimensions }
}

const sumAt = ({ start, cells }: Places, r: number): Int32Array =>
  cells.subarray(start[r], start[r + 1])

function inOrder({ start, cells }: Places, one: number, other: number): number {
  const [a, b] = [start[one] as number, start[other] as number]
  const [sizeA, sizeB] = [(start[one + 1] as number) - a, (start[other + 1] as number) - b]
  for (let i = 0; i < Math.min(sizeA, sizeB); i++) {
    const by = (cells[a + i] as number) - (cells[b + i] as number)
    if (by !== 0) return by
  }
  return sizeA - sizeB
}

function transpose(relations: CellTable['relations'], size: number): CellTable['ofCell'] {
  const start = new Int32Array(size + 1)
  for (const cell of relations.cells) start[cell + 1] = (start[cell + 1] as number) + 1
  for (let c = 0; c < size; c++) start[c + 1] = (start[c + 1] as number) + (start[c] as number)
  const next = start.slice(0, size)
  const of = new Int32Array(relations.cells.length)
  const signs = new Int8Array(relations.cells.length)
  for (let r = 0; r + 1 < relations.start.length; r++) {
    for (let e = relations.start[r] as number; e < (relations.start[r + 1] as number); e++) {
      const cell = relations.cells[e] as number
      const at = next[cell] as number
      of[at] = r
      signs[at] = relations.signs[e] as number
      next[cell] = at + 1
    }
  }
  return { start, relations: of, signs }
}

function gridOf(
  trees: readonly Tree[],
  keys: readonly string[],
  place: (key: string) => number,
  size: number,
): Grid {
  const strides = new Int32Array(trees.length)
  let stride = 1
  for (let d = trees.length - 1; d >= 0; d--) {
    strides[d] = stride
    stride *= (trees[d] as Tree).codes.length
  }
  const cells = Int32Array.from(keys, place)
  const positions = new Int32Array(size).fill(-1)
  cells.forEach((cell, position) => {
    positions[cell] = position
  })
  return { trees, strides, cells, positions }
}

/** A sum that does not add up would tell an attacker nothing, and the audit something untrue. */
function checkSums({ keys, counts, relations, whole }: CellTable): void {
  for (let r = 0; r + 1 < relations.start.length; r++) {
    let sum = 0
    let size = 0
    for (let e = relations.start[r] as number; e < (relations.start[r + 1] as number); e++) {
      const count = counts[relations.cells[e] as number] as number
      sum += count * (relations.signs[e] as number)
      size += Math.abs(count)
    }
    // Sums with an unmeasured part cannot be checked.
    if (Number.isNaN(sum) || Math.abs(sum) <= (whole ? 0 : 1e-9 * size)) continue
    const total = keys[relations.cells[relations.start[r] as number] as number] as string
    const sentence = `${nameOf(total)} differs by ${-sum} from the sum of its parts; correct the table first`
    throw new DisclosureError('not-additive', sentence, total)
  }
}
