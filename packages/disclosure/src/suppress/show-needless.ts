import { componentsOf, neighbourhood } from '../attack/components.ts'
import { type Farthest, farthestOf } from '../attack/farthest.ts'
import { freedomOf } from '../attack/freedom.ts'
import { cheapestMove, keepsSums, type Search } from '../attack/moves.ts'
import { noProofs, type Proofs } from '../attack/proofs.ts'
import { isProtected, stepAsked } from '../attack/reach.ts'
import type { Protection } from '../rules/sensitive.ts'
import type { Solver } from '../solver.ts'
import type { CellTable } from '../table/table.ts'

/**
 * Cells of the programmes that look for another proof, and how many programmes and searches one table may take:
 * numbers, since clocks differ. In tables that hide no more than `wholeUpTo` what
 * hangs together has one programme for all: in larger ones that takes several times as long.
 */
const nearestUpTo = 300
const wholeUpTo = 1500
const mostProgrammes = 2500
const mostSearches = 250_000

/**
 * Shows hidden cells again that nobody needs, the dearest first: a cell goes when every sensitive cell whose
 * protection rested on it finds another proof. Cells that were hidden only to go with it go too.
 *
 * @param dark 1 for each cell that an attacker does not see; a safe choice. It is changed.
 */
export function showNeedless(
  solver: Solver,
  table: CellTable,
  protection: Protection,
  costs: Float64Array,
  dark: Uint8Array,
): void {
  const search: Search = {
    table,
    freedom: freedomOf(table, protection),
    costs: Float64Array.from(dark, (is) => (is === 1 ? 0 : Number.POSITIVE_INFINITY)),
  }
  const shared = wholes(solver, search, dark)
  const work: Work = {
    solver,
    shared,
    protection,
    search,
    dark,
    proofs: noProofs(table),
    unproved: new Set(),
    programmes: 0,
    searches: 0,
  }
  const dearest = Array.from(dark.keys())
    .filter((cell) => dark[cell] === 1 && (costs[cell] as number) > 0)
    .sort((a, b) => (costs[b] as number) - (costs[a] as number) || a - b)
  if (dearest.length === 0) return
  try {
    for (let cell = 0; cell < dark.length; cell++) {
      if (!lacksProof(work, cell)) continue
      const near = nearOf(work, cell)
      if (!prove(work, cell, near)) work.unproved.add(cell)
      near.dispose()
    }
    for (const cell of dearest) {
      if (work.searches >= mostSearches) return
      if (dark[cell] === 1) tryWithout(work, cell)
    }
  } finally {
    shared.dispose()
  }
}

interface Work {
  readonly solver: Solver
  readonly shared: Shared
  readonly protection: Protection
  readonly search: Search
  readonly dark: Uint8Array
  readonly proofs: Proofs
  /** Cells of which no proof was found when one was looked for: they are looked at again when what moved them is void. */
  readonly unproved: Set<number>
  programmes: number
  searches: number
}

const isSensitive = ({ protection }: Work, cell: number): boolean =>
  (protection.reasons[cell] as number) > 0

function lacksProof(work: Work, cell: number): boolean {
  const { search, protection, dark, proofs } = work
  if (dark[cell] === 0) return false
  // Of what nobody publishes only what a rule names must be protected.
  if (search.table.statuses[cell] === 2 && !isSensitive(work, cell)) return false
  return !isProtected(search.table, protection, cell, proofs.reach)
}

function tryWithout(work: Work, first: number): void {
  const { proofs, unproved } = work
  const shown: number[] = []
  const waiting: number[] = []
  const queue = [first]
  const near = nearOf(work, first)
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    if (work.dark[cell] === 0) continue
    show(work, cell, true)
    shown.push(cell)
    for (const other of proofs.withdraw(cell, unproved).sort((a, b) => a - b)) {
      if (!lacksProof(work, other) || prove(work, other, near)) continue
      if (!isSensitive(work, other)) {
        queue.push(other)
        if (!unproved.has(other)) waiting.push(other)
        unproved.add(other)
        continue
      }
      for (const back of shown) show(work, back, false)
      for (const back of waiting) unproved.delete(back)
      proofs.restore()
      near.dispose()
      return
    }
  }
  for (const done of waiting) unproved.delete(done)
  proofs.keep()
  near.dispose()
}

function show({ dark, search }: Work, cell: number, is: boolean): void {
  dark[cell] = is ? 0 : 1
  search.costs[cell] = is ? Number.POSITIVE_INFINITY : 0
}

/** The attacker's programme of what lies near a cell, made when it is first needed. */
interface Near {
  programme(): Farthest | undefined
  dispose(): void
}

function nearOf(work: Work, cell: number): Near {
  const whole = work.shared.of(cell)
  let programme: Farthest | undefined
  return {
    programme() {
      if (!programme && work.programmes < mostProgrammes) {
        work.programmes += 1
        programme = whole?.() ?? nearest(work, cell)
      }
      return programme
    },
    dispose() {
      // That of all that hangs together is kept for the next cell.
      if (!whole) programme?.dispose()
    },
  }
}

function nearest({ search: { table, freedom }, dark, solver }: Work, cell: number): Farthest {
  return farthestOf(solver, table, neighbourhood(table, cell, dark, nearestUpTo), freedom)
}

/** Programmes of all that hangs together, where that is not too large. */
interface Shared {
  of(cell: number): (() => Farthest) | undefined
  dispose(): void
}

function wholes(solver: Solver, { table, freedom }: Search, dark: Uint8Array): Shared {
  const made: Farthest[] = []
  const programmeOf = new Map<number, () => Farthest>()
  const all = dark.reduce((n, is) => n + is, 0)
  for (const cells of all > wholeUpTo ? [] : componentsOf(table, dark)) {
    let programme: Farthest | undefined
    const own = (): Farthest => {
      if (!programme) made.push((programme = farthestOf(solver, table, cells, freedom)))
      return programme
    }
    for (const cell of cells) programmeOf.set(cell, own)
  }
  return {
    of: (cell) => programmeOf.get(cell),
    dispose() {
      for (const programme of made) programme.dispose()
    },
  }
}

/** Looks for a proof that a cell is protected, and keeps it. */
function prove(work: Work, cell: number, near: Near): boolean {
  const { search, protection, proofs, dark } = work
  const { table } = search
  const step = stepAsked(table, protection, cell)
  for (const grid of table.grids) {
    if (grid.positions[cell] === -1) continue
    work.searches += 1
    const move = cheapestMove(search, grid, cell, step)
    if (!move || !keepsSums(table, move)) continue
    proofs.add({ cells: move.cells, by: move.signs.map((sign) => sign * step) })
    if (!lacksProof(work, cell)) return true
  }
  const programme = near.programme()
  const place = programme ? programme.cells.indexOf(cell) : -1
  if (!programme || place === -1) return false
  programme.hide(dark)
  for (const direction of [1, -1] as const) {
    const moves = programme.attack(place, direction)
    const moved = Array.from(moves.keys()).filter((j) => Math.abs(moves[j] as number) > 1e-7)
    proofs.add({
      cells: moved.map((j) => programme.cells[j] as number),
      by: moved.map((j) => moves[j] as number),
    })
    if (!lacksProof(work, cell)) return true
  }
  return false
}
