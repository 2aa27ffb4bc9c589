import type { CellTable } from '../table/table.ts'
import type { Freedom } from './freedom.ts'
import { rowsOf } from './programme.ts'

/**
 * Cells in bundles that move in step: where all else of a sum is known, two cells of it move as one, and one alone
 * stands still. Tables of many releases are full of such sums, and what is left of them is a small programme with the
 * same answers.
 */
export interface Bundles {
  /** The bundle of each cell, by its place among the cells; -1 where it stands still. */
  readonly of: Int32Array
  /** 1 where a cell moves with its bundle, -1 where it moves against it. */
  readonly signs: Int8Array
  /** How many there are. */
  readonly size: number
  /** How far each may move up and down. */
  readonly up: Float64Array
  readonly down: Float64Array
  /** The sums that bind them: entries rowStart[r] to rowStart[r + 1] add up to 0. Each is there once. */
  readonly rowStart: Int32Array
  readonly entries: Int32Array
  readonly values: Float64Array
}

/**
 * The bundles of some cells, all others standing still.
 * @param cells in the order of the table.
 */
export function bundlesOf(table: CellTable, cells: Int32Array, freedom: Freedom): Bundles {
  const rows = rowsOf(table, cells)
  const ties = tiesOf(cells, freedom)
  const sumIn = sumsIn(rows, ties, cells.length)
  const ofCell = rowsByPlace(rows, cells.length)
  const waiting = Array.from(rows.sums.keys()).reverse()
  const waits = new Uint8Array(rows.sums.length).fill(1)
  const wake = (members: readonly number[]): void => {
    for (const place of members)
      for (let e = ofCell.start[place] as number; e < (ofCell.start[place + 1] as number); e++) {
        const row = ofCell.rows[e] as number
        if (waits[row] === 1) continue
        waits[row] = 1
        waiting.push(row)
      }
  }
  for (let place = 0; place < cells.length; place++) ties.settle(place)
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    waits[row] = 0
    const terms = sumIn(row)
    const [one, other] = terms
    if (!one || terms.length > 2) continue
    if (!other) wake(ties.stop(one[0]))
    else if (Math.abs(one[1]) === Math.abs(other[1]))
      wake(ties.join(one[0], other[0], one[1] === other[1] ? -1 : 1))
  }
  return numbered(rows, ties, sumIn)
}

type Rows = ReturnType<typeof rowsOf>

/** Which cells move in step so far, by their places. */
interface Ties {
  /** The place that stands for all in step with one, and whether it moves with it (1) or against it (-1). */
  readonly root: Int32Array
  readonly sign: Int8Array
  /** 1 for each place that stands for some which stand still. */
  readonly still: Uint8Array
  /** How far those in step may move, by the place that stands for them. */
  readonly up: Float64Array
  readonly down: Float64Array
  /** Stops a cell and all in step with it; says which those are. */
  stop(root: number): readonly number[]
  /** Ties two that move in step; says which hang together by it. */
  join(one: number, other: number, sign: number): readonly number[]
  /** Stops what has nowhere to go. */
  settle(root: number): void
}

function tiesOf(cells: Int32Array, freedom: Freedom): Ties {
  const root = Int32Array.from(cells.keys())
  const sign = new Int8Array(cells.length).fill(1)
  const still = new Uint8Array(cells.length)
  const members = Array.from(root, (place) => [place])
  const up = Float64Array.from(cells, (c) => Math.min(freedom.farthest, freedom.up[c] as number))
  const down = Float64Array.from(cells, (c) =>
    Math.min(freedom.farthest, freedom.down[c] as number),
  )
  const stop = (at: number): readonly number[] => {
    still[at] = 1
    return members[at] as number[]
  }
  return {
    ...{ root, sign, still, up, down },
    stop,
    join(one, other, way) {
      const [into, from] =
        (members[one] as number[]).length < (members[other] as number[]).length
          ? [other, one]
          : [one, other]
      const [above, below] = way > 0 ? [up[from], down[from]] : [down[from], up[from]]
      up[into] = Math.min(up[into] as number, above as number)
      down[into] = Math.min(down[into] as number, below as number)
      for (const place of members[from] as number[]) {
        root[place] = into
        sign[place] = (sign[place] as number) * way
        members[into]?.push(place)
      }
      if (up[into] === 0 && down[into] === 0) stop(into)
      return members[into] as number[]
    },
    settle(at) {
      if (up[at] === 0 && down[at] === 0) stop(at)
    },
  }
}

/** A bundle in a sum: the place that stands for it, and how often the sum has it. */
type Term = readonly [root: number, by: number]

/** Says of a sum which bundles are in it; those that stand still are left out. */
function sumsIn(rows: Rows, ties: Ties, cells: number): (row: number) => Term[] {
  const by = new Float64Array(cells)
  return (row) => {
    const roots: number[] = []
    for (let e = rows.rowStart[row] as number; e < (rows.rowStart[row + 1] as number); e++) {
      const place = rows.entries[e] as number
      const root = ties.root[place] as number
      if (ties.still[root] === 1) continue
      // A bundle that comes to 0 and then to something again is there twice, and the first finds all of it.
      if (by[root] === 0) roots.push(root)
      by[root] = (by[root] as number) + (ties.sign[place] as number) * (rows.values[e] as number)
    }
    const terms: Term[] = []
    for (const root of roots) {
      if (by[root] !== 0) terms.push([root, by[root] as number])
      by[root] = 0
    }
    return terms
  }
}

/** Of each place the rows that it is in, in their order. */
export function rowsByPlace(
  { rowStart, entries }: Pick<Rows, 'rowStart' | 'entries'>,
  size: number,
): { readonly start: Int32Array; readonly rows: Int32Array } {
  const start = new Int32Array(size + 1)
  for (const place of entries) start[place + 1] = (start[place + 1] as number) + 1
  for (let p = 0; p < size; p++) start[p + 1] = (start[p + 1] as number) + (start[p] as number)
  const next = start.slice(0, size)
  const rows = new Int32Array(entries.length)
  for (let row = 0; row + 1 < rowStart.length; row++) {
    for (let e = rowStart[row] as number; e < (rowStart[row + 1] as number); e++) {
      const place = entries[e] as number
      const at = next[place] as number
      rows[at] = row
      next[place] = at + 1
    }
  }
  return { start, rows }
}

/** Numbers the bundles by the first cell of each, and keeps each sum once. */
function numbered(rows: Rows, ties: Ties, sumIn: (row: number) => Term[]): Bundles {
  const number = new Int32Array(ties.root.length).fill(-1)
  const roots: number[] = []
  const of = new Int32Array(ties.root.length).fill(-1)
  for (const [place, root] of ties.root.entries()) {
    if (ties.still[root] === 1) continue
    if (number[root] === -1) number[root] = roots.push(root) - 1
    of[place] = number[root] as number
  }
  const kept = new KeptSums(rows)
  for (let row = 0; row < rows.sums.length; row++) {
    const sum = sumIn(row)
      .map(([root, by]): Term => [number[root] as number, by])
      .sort(([a], [b]) => a - b)
    if (sum.length > 0) kept.add(sum, Math.sign((sum[0] as Term)[1]))
  }
  return {
    of,
    signs: ties.sign,
    size: roots.length,
    up: Float64Array.from(roots, (root) => ties.up[root] as number),
    down: Float64Array.from(roots, (root) => ties.down[root] as number),
    ...kept.all(),
  }
}

/** Sums one after another, each once: found again by a number that is made of its terms. */
class KeptSums {
  readonly #start: Int32Array
  readonly #entries: Int32Array
  readonly #values: Float64Array
  readonly #slots: Int32Array
  #size = 0

  /** @param rows as many sums as there may be, and their terms. */
  constructor({ sums, entries }: Rows) {
    this.#start = new Int32Array(sums.length + 1)
    this.#entries = new Int32Array(entries.length)
    this.#values = new Float64Array(entries.length)
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * sums.length + 1))).fill(-1)
  }

  add(sum: readonly Term[], way: number): void {
    let hash = sum.length
    for (const [at, by] of sum)
      hash = Math.imul(hash ^ (at + 31 * by * way), 0x9e3779b1) ^ (hash >>> 15)
    const last = this.#slots.length - 1
    let slot = hash & last
    for (let own = this.#slots[slot] as number; own !== -1; own = this.#slots[slot] as number) {
      if (this.#is(own, sum, way)) return
      slot = (slot + 1) & last
    }
    this.#slots[slot] = this.#size
    let end = this.#start[this.#size] as number
    for (const [at, by] of sum) {
      this.#entries[end] = at
      this.#values[end++] = by * way
    }
    this.#start[++this.#size] = end
  }

  #is(own: number, sum: readonly Term[], way: number): boolean {
    const from = this.#start[own] as number
    if ((this.#start[own + 1] as number) - from !== sum.length) return false
    return sum.every(
      ([at, by], i) => this.#entries[from + i] === at && this.#values[from + i] === by * way,
    )
  }

  all(): Pick<Bundles, 'rowStart' | 'entries' | 'values'> {
    const end = this.#start[this.#size] as number
    return {
      rowStart: this.#start.subarray(0, this.#size + 1),
      entries: this.#entries.subarray(0, end),
      values: this.#values.subarray(0, end),
    }
  }
}
