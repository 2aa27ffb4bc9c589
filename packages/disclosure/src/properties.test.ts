import { randomSource } from '@plumbline/statistics/random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attackTables, published } from '../test/attacker.ts'
import {
  lowestTwoByRank,
  noSecondary,
  oneTableAtATime,
  rules,
  type Suppressor,
} from '../test/broken-suppressors.ts'
import {
  anyLinkedTables,
  anyTable,
  anyTableWithUnpublished,
  category,
  keyOfRow,
  type WholeTable,
  withTotals,
  withUnpublished,
} from '../test/tables.ts'
import {
  attackerIntervals,
  auditPattern,
  type CellStatus,
  type CellTable,
  crossTable,
  linkTables,
  protect,
} from './index.ts'
import { statusOf } from './table/table.ts'

const tableOf = (tables: readonly WholeTable[]): CellTable =>
  linkTables(tables.map((table) => crossTable(table)))

const suppressor =
  (method: 'auto' | 'heuristic'): Suppressor =>
  async (tables) => {
    const { table, hidden, audit } = await protect(tableOf(tables), rules, { method })
    // A table that cannot be made safe is refused as a whole, which gives nothing away.
    if (!audit.safe) return new Set(table.keys)
    return new Set(table.keys.filter((_, cell) => hidden[cell] === 1))
  }

/** Hides one or more tables by a suppressor, gives what is left to the second attacker, and says what it finds. */
async function leaksOf(suppress: Suppressor, tables: readonly WholeTable[]): Promise<string[]> {
  const hidden = await suppress(tables)
  const found = attackTables(
    tables.map((table) =>
      published(table.dimensions, table.rows, (row) => hidden.has(keyOfRow(table, row))),
    ),
    // A 0 is never hidden, so the attacker knows that what is hidden is not 0, unless someone did hide one.
    tables.some((table) =>
      table.rows.some((row) => row.count === 0 && hidden.has(keyOfRow(table, row))),
    )
      ? 0
      : 1,
  )
  const counts = new Map(
    tables.flatMap((table) => table.rows.map((row) => [keyOfRow(table, row), row.count] as const)),
  )
  return found.flatMap(({ codes, lower, upper }) => {
    const table = tables.find(({ rows }) => rows.some((row) => row.codes === codes)) as WholeTable
    const key = keyOfRow(table, { codes, count: 0 })
    const count = counts.get(key) as number
    const asked = count > 0 && count < 5 ? 4 : 1
    return upper - lower < asked ? [`${key} = ${count} is in ${lower} to ${upper}`] : []
  })
}

const nothingLeaks = (
  suppress: Suppressor,
  tables: fc.Arbitrary<readonly WholeTable[]>,
): fc.IAsyncProperty<[readonly WholeTable[]]> =>
  fc.asyncProperty(tables, async (some) => {
    const leaks = await leaksOf(suppress, some)
    if (leaks.length > 0) throw new Error(leaks.join('; '))
  })

const oneTable = anyTable.map((table) => [table])

describe('an attacker with all sums', () => {
  it('finds nothing in tables of two to four dimensions that were protected exactly', async () => {
    await fc.assert(nothingLeaks(suppressor('auto'), oneTable), { numRuns: 10 })
  })

  it('finds nothing in tables that the heuristic protected', async () => {
    await fc.assert(nothingLeaks(suppressor('heuristic'), oneTable), { numRuns: 15 })
  })

  it('finds nothing in linked tables', async () => {
    await fc.assert(nothingLeaks(suppressor('auto'), anyLinkedTables), { numRuns: 15 })
    await fc.assert(nothingLeaks(suppressor('heuristic'), anyLinkedTables), { numRuns: 10 })
  })

  it.each([
    ['none', noSecondary, oneTable],
    ['the lowest two by rank', lowestTwoByRank, oneTable],
    ['one table at a time', oneTableAtATime, anyLinkedTables],
  ] as const)('finds what a suppressor that protects by %s leaves open', async (_, broken, any) => {
    const { failed, errorInstance } = await fc.check(nothingLeaks(broken, any), {
      numRuns: 300,
      endOnFailure: true,
    })
    expect(failed).toBe(true)
    expect(String(errorInstance)).toMatch(/is in \d+ to \d+/)
  })
})

describe('a table of a thousand cells', () => {
  const dimensions = [
    { name: 'place', total: category('t', [3, 5, 6]) },
    { name: 'age', total: category('t', [2]) },
    { name: 'sex', total: category('t', [2]) },
  ]
  const random = randomSource(1)
  const counts = Array.from({ length: 360 }, () => Math.floor(-20 * Math.log(1 - random.uniform())))
  const table = crossTable(withTotals(dimensions, counts))

  it('is protected by the heuristic, each interval as wide as its rule asks', async () => {
    const { hidden, audit, report } = await protect(table, rules)
    expect(report.method).toBe('heuristic')
    expect(audit.safe).toBe(true)
    const { lower, upper } = await attackerIntervals(table, rules, hidden)
    let narrowest = Number.POSITIVE_INFINITY
    hidden.forEach((is, cell) => {
      if (is === 0) return
      const small = (table.counts[cell] as number) < 5
      const width = (upper[cell] as number) - (lower[cell] as number)
      expect(width).toBeGreaterThanOrEqual(small ? 4 : 1)
      // What the audit proved is never more than what is true.
      expect(audit.lower[cell]).toBeGreaterThanOrEqual(lower[cell] as number)
      expect(audit.upper[cell]).toBeLessThanOrEqual(upper[cell] as number)
      if (small) narrowest = Math.min(narrowest, width)
    })
    expect(narrowest).toBeLessThan(20)
  })
})

describe('the audit', () => {
  it('agrees with the second attacker on any pattern', async () => {
    const patterns = anyTable.chain((table) =>
      fc.record({
        table: fc.constant(table),
        picks: fc.array(fc.boolean(), {
          minLength: table.rows.length,
          maxLength: table.rows.length,
        }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(patterns, async ({ table: whole, picks }) => {
        const table = crossTable(whole)
        const keys = new Set(
          whole.rows.flatMap((row, i) =>
            row.count > 0 && (row.count < 5 || picks[i]) ? [keyOfRow(whole, row)] : [],
          ),
        )
        const hidden = Uint8Array.from(table.keys, (key) => (keys.has(key) ? 1 : 0))
        const { safe } = await auditPattern(table, rules, hidden)
        expect(safe).toBe((await leaksOf(async () => keys, [whole])).length === 0)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the choice of cells', () => {
  it('is the same in any order of rows and dimensions', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTable,
        fc.infiniteStream(fc.nat()),
        fc.constantFrom('auto', 'heuristic'),
        async (whole, keys, method) => {
          const shuffled = whole.rows
            .map((row) => ({ row, at: keys.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ row }) => ({ ...row, codes: row.codes.toReversed() }))
          const turned = { dimensions: whole.dimensions.toReversed(), rows: shuffled }
          const first = await protect(crossTable(whole), rules, { method })
          const second = await protect(crossTable(turned), rules, { method })
          expect(second.table.keys).toEqual(first.table.keys)
          expect(second.hidden).toEqual(first.hidden)
        },
      ),
      { numRuns: 10 },
    )
  })

  it('costs no less by the heuristic than exactly, and hides every small count', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (whole) => {
        const table = crossTable(whole)
        const exact = await protect(table, rules, { method: 'exact' })
        const heuristic = await protect(table, rules, { method: 'heuristic' })
        if (exact.audit.safe && heuristic.audit.safe)
          expect(heuristic.report.cost).toBeGreaterThanOrEqual(exact.report.cost)
        expect(heuristic.audit.safe).toBe(exact.audit.safe)
        table.counts.forEach((n, cell) => {
          if (n > 0 && n < 5) expect(exact.hidden[cell]).toBe(1)
          if (n === 0) expect(exact.hidden[cell]).toBe(0)
        })
      }),
      { numRuns: 10 },
    )
  })

  it('costs no more exactly than by the heuristic where nobody publishes some cells', async () => {
    await fc.assert(
      fc.asyncProperty(anyTableWithUnpublished, async (whole) => {
        const table = crossTable(whole)
        const exact = await protect(table, rules, { method: 'exact' })
        const heuristic = await protect(table, rules, { method: 'heuristic' })
        expect(exact.audit.safe).toBe(heuristic.audit.safe)
        if (!exact.audit.safe) return
        expect(exact.report.cost).toBeLessThanOrEqual(heuristic.report.cost)
      }),
      { numRuns: 30 },
    )
  })

  it('hides nothing to protect what nobody publishes and no rule names', async () => {
    const cell = (population: string, count: number, status: CellStatus = 'open'): CellTable =>
      crossTable({ dimensions: [], rows: [{ codes: [], count, status }], population })
    const table = linkTables(
      [
        ...[cell('a', 3), cell('b', 20), cell('c', 30), cell('abc', 53)],
        ...[cell('x', 43), cell('y', 60, 'unpublished'), cell('xy', 103)],
      ],
      {
        sums: [
          { total: 'abc?', parts: ['a?', 'b?', 'c?'] },
          { total: 'xy?', parts: ['x?', 'y?'] },
        ],
      },
    )
    const { report, audit } = await protect(table, rules, { method: 'exact' })
    expect(report.cells.map(({ key }) => key)).toEqual(['a?', 'b?'])
    expect(report.sentences).toContain('No other choice costs less than 20.')
    expect(audit.safe).toBe(true)
  })

  it('costs the least of all choices that pass the audit', async () => {
    const small = fc
      .tuple(
        fc.constantFrom([2], [3], [1, 2]),
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 6, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      )
      .map(([widths, counts, marks]) => {
        const dimensions = [
          { name: 'a', total: category('t', widths) },
          { name: 'b', total: category('t', [2]) },
        ]
        return { all: withTotals(dimensions, counts), marks }
      })
    await fc.assert(
      fc.asyncProperty(small, async ({ all, marks }) => {
        for (const whole of [all, withUnpublished(all, marks)]) {
          const table = crossTable(whole)
          const { report, audit } = await protect(table, rules, { method: 'exact' })
          expect(await leastCost(table)).toBe(audit.safe ? report.cost : Number.POSITIVE_INFINITY)
        }
      }),
      { numRuns: 5 },
    )
  })
})

/** Tries all choices. */
async function leastCost(table: CellTable): Promise<number> {
  const published = [...table.counts.keys()].filter((cell) => statusOf(table, cell) === 'open')
  const open = published.filter((cell) => (table.counts[cell] as number) >= 5)
  let least = Number.POSITIVE_INFINITY
  for (let choice = 0; choice < 2 ** open.length; choice++) {
    const chosen = open.filter((_, i) => (choice >> i) % 2 === 1)
    const cost = chosen.reduce((sum, cell) => sum + (table.counts[cell] as number), 0)
    if (cost >= least) continue
    const hidden = new Uint8Array(table.keys.length)
    for (const cell of published) {
      const count = table.counts[cell] as number
      hidden[cell] = (count > 0 && count < 5) || chosen.includes(cell) ? 1 : 0
    }
    if ((await auditPattern(table, rules, hidden)).safe) least = cost
  }
  return least
}
