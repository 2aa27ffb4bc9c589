import { type CellTable, crossTable, parseRules, protect, sensitiveCells } from '../src/index.ts'
import type { WholeTable } from './tables.ts'

/** Says which keys of one or more linked tables to hide. */
export type Suppressor = (tables: readonly WholeTable[]) => Promise<ReadonlySet<string>>

export const rules = { threshold: 5 }

const sensitive = (table: CellTable): Set<string> => {
  const { reasons } = sensitiveCells(table, parseRules(rules))
  return new Set(table.keys.filter((_, cell) => (reasons[cell] as number) > 0))
}

/** Hides what is small and nothing else. */
export const noSecondary: Suppressor = async (tables) =>
  new Set(tables.flatMap((table) => [...sensitive(crossTable(table))]))

/** Where a sum has one hidden part, hides the next lowest too, even if it is 0: the rule of many offices. */
export const lowestTwoByRank: Suppressor = async (tables) => {
  const hidden = new Set<string>()
  for (const whole of tables) {
    const table = crossTable(whole)
    const { start, cells } = table.relations
    for (const key of sensitive(table)) hidden.add(key)
    for (let again = true; again; ) {
      again = false
      for (let r = 0; r + 1 < start.length; r++) {
        const parts = [...cells.subarray((start[r] as number) + 1, start[r + 1])]
        const keyOf = (cell: number): string => table.keys[cell] as string
        if (parts.filter((cell) => hidden.has(keyOf(cell))).length !== 1) continue
        const next = parts
          .filter((cell) => !hidden.has(keyOf(cell)))
          .sort((a, b) => (table.counts[a] as number) - (table.counts[b] as number))[0]
        if (next === undefined) continue
        hidden.add(keyOf(next))
        again = true
      }
    }
  }
  return hidden
}

/** Protects each table well, and forgets that they share cells. */
export const oneTableAtATime: Suppressor = async (tables) => {
  const hidden = new Set<string>()
  for (const whole of tables) {
    const table = crossTable(whole)
    const { hidden: is } = await protect(table, rules)
    table.keys.forEach((key, cell) => {
      if (is[cell] === 1) hidden.add(key)
    })
  }
  return hidden
}
