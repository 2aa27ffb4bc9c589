import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRules } from '../rules/schema.ts'
import { sensitiveCells } from '../rules/sensitive.ts'
import { loadSolver } from '../solver.ts'
import { crossTable } from '../table/cross-table.ts'
import { linkTables } from '../table/link.ts'
import type { CellTable } from '../table/table.ts'
import { bundlesOf } from './bundles.ts'
import { farthestOf } from './farthest.ts'
import { freedomOf } from './freedom.ts'
import { attackProgramme } from './programme.ts'

/** Places by sex of one release. */
function release(name: string, counts: readonly number[]): CellTable {
  const codes = ['a', 'b', 'c']
  const rows = codes.flatMap((code, at) => {
    const [girls = 0, boys = 0] = counts.slice(2 * at)
    return [
      { codes: [code, 'girls'], count: girls },
      { codes: [code, 'boys'], count: boys },
      { codes: [code, 'all'], count: girls + boys },
    ]
  })
  const all = ['girls', 'boys', 'all'].map((sex) => {
    const own = rows.filter((r) => r.codes[1] === sex)
    return { codes: ['all', sex], count: own.reduce((n, r) => n + r.count, 0) }
  })
  return crossTable({
    dimensions: [
      { name: 'place', total: { code: 'all', children: codes.map((code) => ({ code })) } },
      { name: 'sex', total: { code: 'all', children: [{ code: 'girls' }, { code: 'boys' }] } },
    ],
    rows: [...rows, ...all],
    population: name,
  })
}

/** Two releases of which the cells that have the same count are the same. */
function both(first: readonly number[], second: readonly number[]): CellTable {
  const [one, two] = [release('one', first), release('two', second)]
  const sums = one.keys.flatMap((total, at) =>
    one.counts[at] === two.counts[at] ? [{ total, parts: [two.keys[at] as string] }] : [],
  )
  return linkTables([one, two], { sums })
}

const protectionOf = (table: CellTable) => sensitiveCells(table, parseRules({ threshold: 5 }))

describe('cells that move in step', () => {
  it('go as far as each by itself, and every sum holds', async () => {
    const solver = await loadSolver()
    const counts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 })
    const changes = fc.array(fc.constantFrom(0, 0, 0, 1, 3), { minLength: 6, maxLength: 6 })
    const dark = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 })
    let [together, moved] = [0, 0]
    fc.assert(
      fc.property(counts, changes, dark, (first, by, hidden) => {
        const table = both(
          first,
          first.map((n, at) => n + (by[at] as number)),
        )
        const cells = Int32Array.from(hidden.keys()).filter((cell) => hidden[cell])
        const freedom = freedomOf(table, protectionOf(table))
        const plain = attackProgramme(solver, table, cells, freedom)
        const found = farthestOf(solver, table, cells, freedom)
        if (bundlesOf(table, cells, freedom).size < cells.length) together += 1
        for (const place of cells.keys()) {
          for (const direction of [1, -1] as const) {
            const moves = found.attack(place, direction)
            const expected = plain.attack(place, direction).moves[place] as number
            expect(moves[place]).toBeCloseTo(expected, 6)
            expectSums(table, cells, moves)
            if (Math.abs(expected) > 0.5) moved += 1
          }
        }
        plain.dispose()
        found.dispose()
      }),
      { numRuns: 60 },
    )
    expect(together).toBeGreaterThan(10)
    expect(moved).toBeGreaterThan(50)
  })

  it('are one where all else of a sum is known, and stand still where nothing else is unknown', () => {
    const table = release('one', [3, 8, 9, 7, 6, 5])
    const cellsOf = (...keys: string[]) =>
      Int32Array.from(keys, (key) => table.keys.findIndex((k) => k.endsWith(key))).sort()
    const freedom = freedomOf(table, protectionOf(table))
    const square = cellsOf(
      'place=a&sex=girls',
      'place=a&sex=boys',
      'place=b&sex=girls',
      'place=b&sex=boys',
    )
    const { of, signs, size, up, down, rowStart } = bundlesOf(table, square, freedom)
    expect([size, rowStart.length, new Set(of).size]).toEqual([1, 1, 1])
    // What girls of one place lose those of the other gain, and boys the other way round.
    expect(signs.reduce((a, b) => a + b, 0)).toBe(0)
    // Nobody hidden is fewer than 1: 2 girls of one place may go, or 7 boys of it.
    expect([up[0], down[0]].sort()).toEqual([2, 7])
    const alone = bundlesOf(table, cellsOf('place=a&sex=girls', 'place=b&sex=boys'), freedom)
    expect([alone.size, [...alone.of]]).toEqual([0, [-1, -1]])
  })
})

function expectSums({ relations }: CellTable, cells: Int32Array, moves: Float64Array): void {
  const by = new Map(Array.from(cells, (cell, at) => [cell, moves[at] as number]))
  for (let r = 0; r + 1 < relations.start.length; r++) {
    let sum = 0
    for (let e = relations.start[r] as number; e < (relations.start[r + 1] as number); e++)
      sum += (by.get(relations.cells[e] as number) ?? 0) * (relations.signs[e] as number)
    expect(sum).toBeCloseTo(0, 6)
  }
}
