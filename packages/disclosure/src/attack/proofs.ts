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
  /** Voids what moved a cell; says which cells lost reach by it. */
  withdraw(cell: number): number[]
  /** Takes all withdrawals since the last `keep` or `restore` back. */
  restore(): void
  keep(): void
}

/** No witness yet. */
export function noProofs(table: CellTable): Proofs {
  const size = table.keys.length
  const reach = noReach(size)
  const witnesses: { readonly cells: Int32Array; readonly by: Float64Array }[] = []
  const none = { cells: new Int32Array(0), by: new Float64Array(0) }
  const isVoid: boolean[] = []
  // What moves each cell, and by how much.
  const moving: { readonly id: number; readonly by: number }[][] = Array.from(
    { length: size },
    () => [],
  )
  // When each cell last lost a witness, by a number of its own for each withdrawal.
  const lostAt = new Int32Array(size)
  let now = 0
  let withdrawn: number[] = []
  let before = new Map<number, readonly [number, number]>()

  const weighAll = (cell: number): void => {
    reach.up[cell] = reach.down[cell] = 0
    for (const { id, by } of moving[cell] ?? []) if (!isVoid[id]) remember(reach, cell, by)
  }
  const isFarthest = (cell: number, by: number): boolean =>
    by > 0 ? by === reach.up[cell] : -by === reach.down[cell]
  return {
    reach,
    add(witness) {
      const cells = Int32Array.from(witness.cells)
      const moved = Float64Array.from(witness.by)
      const id = witnesses.push({ cells, by: moved }) - 1
      isVoid.push(false)
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] as number
        const by = moved[i] as number
        moving[cell]?.push({ id, by })
        remember(reach, cell, by)
      }
    },
    withdraw(cell) {
      const lost: number[] = []
      now += 1
      // Who loses a witness that took it less far than another loses nothing by it.
      const farthest = new Set<number>()
      for (const { id } of moving[cell] ?? []) {
        if (isVoid[id]) continue
        isVoid[id] = true
        withdrawn.push(id)
        const { cells, by } = witnesses[id] ?? none
        for (let i = 0; i < cells.length; i++) {
          const other = cells[i] as number
          if (lostAt[other] !== now) lost.push(other)
          lostAt[other] = now
          if (isFarthest(other, by[i] as number)) farthest.add(other)
        }
      }
      for (const other of farthest) {
        if (!before.has(other))
          before.set(other, [reach.up[other] as number, reach.down[other] as number])
        weighAll(other)
      }
      return lost
    },
    restore() {
      for (const id of withdrawn) isVoid[id] = false
      for (const [cell, [up, down]] of before) {
        remember(reach, cell, up)
        remember(reach, cell, -down)
      }
      withdrawn = []
      before = new Map()
    },
    keep() {
      for (const id of withdrawn) {
        const { cells } = witnesses[id] ?? none
        for (let i = 0; i < cells.length; i++) {
          const cell = cells[i] as number
          moving[cell] = (moving[cell] ?? []).filter((entry) => entry.id !== id)
        }
        witnesses[id] = none
      }
      withdrawn = []
      before = new Map()
    },
  }
}
