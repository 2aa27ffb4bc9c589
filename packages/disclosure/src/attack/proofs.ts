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
  withdraw(cell: number): Set<number>
  /** Takes all withdrawals since the last `keep` or `restore` back. */
  restore(): void
  keep(): void
}

/** No witness yet. */
export function noProofs(table: CellTable): Proofs {
  const size = table.keys.length
  const reach = noReach(size)
  const witnesses: Witness[] = []
  const isVoid: boolean[] = []
  // What moves each cell, and by how much.
  const moving: { readonly id: number; readonly by: number }[][] = Array.from(
    { length: size },
    () => [],
  )
  let withdrawn: number[] = []
  let before = new Map<number, readonly [number, number]>()

  const weighAll = (cell: number): void => {
    reach.up[cell] = reach.down[cell] = 0
    for (const { id, by } of moving[cell] ?? []) if (!isVoid[id]) remember(reach, cell, by)
  }
  return {
    reach,
    add(witness) {
      const id = witnesses.push(witness) - 1
      isVoid.push(false)
      for (let i = 0; i < witness.cells.length; i++) {
        const cell = witness.cells[i] as number
        const by = witness.by[i] as number
        moving[cell]?.push({ id, by })
        remember(reach, cell, by)
      }
    },
    withdraw(cell) {
      const lost = new Set<number>()
      for (const { id } of moving[cell] ?? []) {
        if (isVoid[id]) continue
        isVoid[id] = true
        withdrawn.push(id)
        const { cells } = witnesses[id] as Witness
        for (let i = 0; i < cells.length; i++) lost.add(cells[i] as number)
      }
      for (const other of lost) {
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
        const { cells } = witnesses[id] as Witness
        for (let i = 0; i < cells.length; i++) {
          const cell = cells[i] as number
          moving[cell] = (moving[cell] ?? []).filter((entry) => entry.id !== id)
        }
        witnesses[id] = { cells: [], by: [] }
      }
      withdrawn = []
      before = new Map()
    },
  }
}
