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
  readonly relations: readonly (Relation & { readonly dimension: string })[]
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

interface Entries {
  readonly cells: readonly number[]
  readonly signs: readonly number[]
  readonly dimension: string
}

function relationsOf(
  draft: Draft,
  place: (key: string) => number,
  size: number,
): Pick<CellTable, 'relations' | 'ofCell'> {
  const found = new Map<string, Entries>()
  for (const { total, parts, dimension } of draft.relations) {
    const entries = [
      [place(total), -1] as const,
      ...parts.map((part) => [place(part), 1] as const).sort(([a], [b]) => a - b),
    ]
    const cells = entries.map(([cell]) => cell)
    // Linked tables share sums; each is kept once.
    found.set(cells.join(' '), { cells, signs: entries.map(([, sign]) => sign), dimension })
  }
  const all = [...found.values()].sort((a, b) => inOrder(a.cells, b.cells))
  const start = new Int32Array(all.length + 1)
  all.forEach(({ cells }, r) => {
    start[r + 1] = (start[r] as number) + cells.length
  })
  const relations = {
    start,
    cells: Int32Array.from(all.flatMap(({ cells }) => cells)),
    signs: Int8Array.from(all.flatMap(({ signs }) => signs)),
    dimensions: all.map(({ dimension }) => dimension),
  }
  return { relations, ofCell: transpose(relations, size) }
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const by = (a[i] as number) - (b[i] as number)
    if (by !== 0) return by
  }
  return a.length - b.length
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
