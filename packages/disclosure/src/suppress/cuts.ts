import type { Freedom } from '../attack/freedom.ts'
import { widthAsked } from '../attack/reach.ts'
import type { Protection } from '../rules/sensitive.ts'
import type { CellTable } from '../table/table.ts'

/** What every safe choice of hidden cells keeps: the weights of those that it hides add up to `least` or more. */
export interface Cut {
  readonly weights: ReadonlyMap<number, number>
  readonly least: number
}

/** Prices of sums, by the place of the sum. */
export type Prices = ReadonlyMap<number, number>

/** The prices of one sum alone that bound a cell in it. */
export function pricesOfSum(
  { relations }: CellTable,
  sum: number,
  cell: number,
): Map<number, number> {
  for (let e = relations.start[sum] as number; e < (relations.start[sum + 1] as number); e++) {
    if (relations.cells[e] === cell) return new Map([[sum, relations.signs[e] as number]])
  }
  return new Map()
}

/**
 * The cuts of a pair of attacks on a cell. Whatever the prices, the cell moves by the sum of what others move
 * times their prices; so those others must be free enough together. No weight need be above what is asked
 * (the strengthened capacity constraints of Fischetti and Salazar 2000).
 * @param cell one that must be protected, if only when it is hidden.
 */
export function cutsOf(
  table: CellTable,
  protection: Protection,
  freedom: Freedom,
  cell: number,
  up: Prices,
  down: Prices,
): Cut[] {
  const ups = weightsOf(table, freedom, cell, up, 1)
  const downs = weightsOf(table, freedom, cell, down, -1)
  const both = new Map(ups)
  for (const [other, weight] of downs) both.set(other, (both.get(other) ?? 0) + weight)
  const width = widthAsked(table, protection, cell)
  const forced = (protection.reasons[cell] as number) > 0
  return [
    cut(ups, protection.above[cell] as number, cell, true),
    cut(downs, protection.below[cell] as number, cell, true),
    cut(both, width, cell, forced),
  ].filter(({ least, weights }) => least > 0 || weights.get(cell) !== undefined)
}

/** A cell that need not be hidden asks for protection only when it is. */
function cut(all: ReadonlyMap<number, number>, asked: number, cell: number, forced: boolean): Cut {
  const weights = new Map<number, number>()
  if (asked <= 0) return { weights, least: 0 }
  for (const [other, weight] of all) weights.set(other, Math.min(weight, asked))
  if (forced) return { weights, least: asked }
  weights.set(cell, (weights.get(cell) ?? 0) - asked)
  return { weights, least: 0 }
}

/** How much each cell, if hidden, lets the cell move in a direction, at most. */
function weightsOf(
  { relations }: CellTable,
  freedom: Freedom,
  cell: number,
  prices: Prices,
  direction: 1 | -1,
): Map<number, number> {
  const rates = new Map([[cell, direction as number]])
  for (const [sum, price] of prices) {
    if (Math.abs(price) < 1e-9) continue
    for (let e = relations.start[sum] as number; e < (relations.start[sum + 1] as number); e++) {
      const other = relations.cells[e] as number
      rates.set(other, (rates.get(other) ?? 0) - price * (relations.signs[e] as number))
    }
  }
  const weights = new Map<number, number>()
  for (const [other, rate] of rates) {
    if (Math.abs(rate) < 1e-9) continue
    const free = rate > 0 ? freedom.up[other] : freedom.down[other]
    if ((free as number) > 0) weights.set(other, Math.abs(rate) * (free as number))
  }
  return weights
}
