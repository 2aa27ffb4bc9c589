import type { CellTable } from '../table/table.ts'
import { noReach, type Reach } from './reach.ts'

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
  const void_: boolean[] = []
  const moving: number[][] = Array.from({ length: size }, () => [])
  let withdrawn: number[] = []

  const weigh = (cell: number, id: number): void => {
    const { cells, by } = witnesses[id] as Witness
    for (let i = 0; i < cells.length; i++) {
      if (cells[i] !== cell) continue
      reach.up[cell] = Math.max(reach.up[cell] as number, by[i] as number)
      reach.down[cell] = Math.max(reach.down[cell] as number, -(by[i] as number))
    }
  }
  const weighAll = (cell: number): void => {
    reach.up[cell] = reach.down[cell] = 0
    for (const id of moving[cell] as number[]) if (!void_[id]) weigh(cell, id)
  }
  const cellsOf = (id: number): number[] => Array.from((witnesses[id] as Witness).cells)

  return {
    reach,
    add(witness) {
      const id = witnesses.push(witness) - 1
      void_.push(false)
      for (const cell of cellsOf(id)) {
        moving[cell]?.push(id)
        weigh(cell, id)
      }
    },
    withdraw(cell) {
      const lost = new Set<number>()
      for (const id of moving[cell] as number[]) {
        if (void_[id]) continue
        void_[id] = true
        withdrawn.push(id)
        for (const other of cellsOf(id)) lost.add(other)
      }
      for (const other of lost) weighAll(other)
      return lost
    },
    restore() {
      const found = new Set<number>()
      for (const id of withdrawn) {
        void_[id] = false
        for (const cell of cellsOf(id)) found.add(cell)
      }
      for (const cell of found) weighAll(cell)
      withdrawn = []
    },
    keep() {
      withdrawn = []
    },
  }
}
