import type { CellTable } from '../table/table.ts'
import { noReach, type Reach, remember } from './reach.ts'

/** Cells that move together, each by so much, while all sums hold. */
export interface Witness {
  readonly cells: ArrayLike<number>
  readonly by: ArrayLike<number>
}

/**
 * Witnesses of how far cells can move, which can be withdrawn when a cell is shown after all and all witnesses
 * that moved it are void.
 */
export interface Proofs {
  readonly reach: Reach
  add(witness: Witness): void
  /**
   * Voids what moved a cell; says which cells lost reach by it, and which of some others moved along.
   * @param unproved cells of which no proof was found.
   */
  withdraw(cell: number, unproved: Iterable<number>): number[]
  /** Takes all withdrawals since the last `keep` or `restore` back. */
  restore(): void
  keep(): void
}

/** No witness yet. */
export function noProofs(table: CellTable): Proofs {
  const size = table.keys.length
  const reach = noReach(size)
  const witnesses: Int32Array[] = []
  // When each was withdrawn, by a number of its own for each withdrawal; 0 while it holds.
  const voidAt: number[] = []
  // What moves each cell, and by how much: two rows of numbers take a third of the room of objects.
  const moving = new Map<number, { ids: number[]; by: number[] }>()
  // The witness that takes each cell furthest, and of each witness the cells that it took furthest once. Thousands of
  // cells move in hundreds of witnesses each; few lose reach by a withdrawal.
  const furthestUp = new Int32Array(size).fill(-1)
  const furthestDown = new Int32Array(size).fill(-1)
  const held: number[][] = []
  const lostAt = new Int32Array(size)
  let now = 0
  let withdrawn: number[] = []
  let before = new Map<number, Furthest>()

  const hold = (cell: number, id: number, by: number): void => {
    if (by > (reach.up[cell] as number)) furthestUp[cell] = id
    else if (-by > (reach.down[cell] as number)) furthestDown[cell] = id
    else return
    remember(reach, cell, by)
    held[id]?.push(cell)
  }
  const weighAll = (cell: number): void => {
    if (!before.has(cell))
      before.set(cell, {
        up: [reach.up[cell] as number, furthestUp[cell] as number],
        down: [reach.down[cell] as number, furthestDown[cell] as number],
      })
    reach.up[cell] = reach.down[cell] = 0
    furthestUp[cell] = furthestDown[cell] = -1
    const own = moving.get(cell)
    own?.ids.forEach((id, i) => {
      if (voidAt[id] === 0) hold(cell, id, own.by[i] as number)
    })
  }
  return {
    reach,
    add(witness) {
      const cells = Int32Array.from(witness.cells)
      const id = witnesses.push(cells) - 1
      voidAt.push(0)
      held.push([])
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] as number
        const by = witness.by[i] as number
        const own = moving.get(cell) ?? { ids: [], by: [] }
        moving.set(cell, own)
        own.ids.push(id)
        own.by.push(by)
        hold(cell, id, by)
      }
    },
    withdraw(cell, unproved) {
      const lost: number[] = []
      now += 1
      for (const id of moving.get(cell)?.ids ?? []) {
        if (voidAt[id] !== 0) continue
        voidAt[id] = now
        withdrawn.push(id)
        for (const other of held[id] ?? []) {
          if (furthestUp[other] !== id && furthestDown[other] !== id) continue
          if (lostAt[other] !== now) lost.push(other)
          lostAt[other] = now
        }
      }
      for (const other of lost) weighAll(other)
      for (const other of unproved)
        if (lostAt[other] !== now && moving.get(other)?.ids.some((id) => voidAt[id] === now))
          lost.push(other)
      return lost
    },
    restore() {
      for (const id of withdrawn) voidAt[id] = 0
      for (const [cell, { up, down }] of before) {
        if (up[0] > (reach.up[cell] as number)) [reach.up[cell], furthestUp[cell]] = up
        if (down[0] > (reach.down[cell] as number)) [reach.down[cell], furthestDown[cell]] = down
      }
      withdrawn = []
      before = new Map()
    },
    keep() {
      const touched = new Set<number>()
      for (const id of withdrawn) {
        for (const cell of witnesses[id] ?? []) touched.add(cell)
        witnesses[id] = new Int32Array(0)
        held[id] = []
      }
      for (const cell of touched) {
        const { ids = [], by = [] } = moving.get(cell) ?? {}
        const holds = (_: number, i: number): boolean => voidAt[ids[i] as number] === 0
        moving.set(cell, { ids: ids.filter(holds), by: by.filter(holds) })
      }
      withdrawn = []
      before = new Map()
    },
  }
}

/** How far a cell moved, and by which witness. */
interface Furthest {
  readonly up: readonly [by: number, witness: number]
  readonly down: readonly [by: number, witness: number]
}
