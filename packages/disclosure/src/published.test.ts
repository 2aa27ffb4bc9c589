import { describe, expect, it } from 'vitest'
import {
  attackerIntervals,
  auditPattern,
  type CellTable,
  cellKey,
  cellOf,
  crossTable,
  parseRules,
  protect,
  type Row,
  roundControlled,
  sensitiveCells,
} from './index.ts'

const categories = (codes: string) => codes.split(' ').map((code) => ({ code }))

/** A table in two dimensions from its inner cells; totals are published too. */
function table(
  rowCodes: string,
  columnCodes: string,
  inner: readonly (readonly number[])[],
  extra: (codes: readonly string[]) => Partial<Row> = () => ({}),
): CellTable {
  const rows: { codes: string[]; count: number }[] = []
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
  rowCodes.split(' ').forEach((row, i) => {
    const values = inner[i] as readonly number[]
    columnCodes.split(' ').forEach((column, j) => {
      rows.push({ codes: [row, column], count: values[j] as number })
    })
    rows.push({ codes: [row, 'tot'], count: sum(values) })
  })
  columnCodes.split(' ').forEach((column, j) => {
    rows.push({ codes: ['tot', column], count: sum(inner.map((values) => values[j] as number)) })
  })
  rows.push({ codes: ['tot', 'tot'], count: sum(inner.map(sum)) })
  return crossTable({
    dimensions: [
      { name: 'row', total: { code: 'tot', children: categories(rowCodes) } },
      { name: 'column', total: { code: 'tot', children: categories(columnCodes) } },
    ],
    rows: rows.map((row) => ({ ...row, ...extra(row.codes) })),
  })
}

const key = (row: string, column: string): string => cellKey({ row, column })

const hide = (of: CellTable, cells: readonly (readonly [string, string])[]): Uint8Array => {
  const keys = new Set(cells.map(([row, column]) => key(row, column)))
  return Uint8Array.from(of.keys, (k) => (keys.has(k) ? 1 : 0))
}

const hiddenKeys = (of: CellTable, hidden: Uint8Array): string[] =>
  of.keys.filter((_, cell) => hidden[cell] === 1)

/**
 * sdcTable, tests/testthat/test-simpleheuristic.R (github.com/sdcTools/sdcTable, commit a9999019): nine cells are
 * hidden, at least two in each line, and yet w|b can be worked out.
 */
const simple = table('w x y z', 'a b c d', [
  [30, 47, 64, 89],
  [90, 124, 5, 31],
  [92, 100, 59, 85],
  [800, 991, 651, 685],
])
const nine = [
  ...['a', 'b', 'c'].map((column) => ['w', column] as const),
  ...['a', 'c'].map((column) => ['x', column] as const),
  ...['b', 'd'].map((column) => ['y', column] as const),
  ...['b', 'd'].map((column) => ['z', column] as const),
]
/** There a hidden cell may be 0. */
const fromZero = { threshold: 2, zeros: 'hidden' } as const

describe('the table of sdcTable that two hidden cells in each line do not protect', () => {
  it('adds up to the totals that are given there', () => {
    const count = (row: string, column: string) =>
      simple.counts[cellOf(simple, cellKey({ ...(row && { row }), ...(column && { column }) }))]
    expect(['w', 'x', 'y', 'z'].map((row) => count(row, ''))).toEqual([230, 250, 336, 3127])
    expect(['b', 'd'].map((column) => count('', column))).toEqual([1262, 890])
  })

  it('gives 47 away, which the audit says', async () => {
    const { safe, leaks } = await auditPattern(simple, fromZero, hide(simple, nine))
    expect(safe).toBe(false)
    expect(leaks.find((leak) => leak.key === key('w', 'b'))).toMatchObject({
      lower: 47,
      upper: 47,
      sentence: 'column=b&row=w can be worked out exactly',
    })
  })

  it('has the interval from 0 to 141 once x|b is hidden too', async () => {
    const hidden = hide(simple, [...nine, ['x', 'b']])
    expect((await auditPattern(simple, fromZero, hidden)).safe).toBe(true)
    const { lower, upper } = await attackerIntervals(simple, fromZero, hidden)
    const cell = cellOf(simple, key('w', 'b'))
    expect([lower[cell], upper[cell]]).toEqual([0, 141])
  })
})

/**
 * sdcTable's microdata1 (data-raw/microdata1.R, commit 2de84133) by region and gender: how many people, and the two
 * largest of their values and the sum of all.
 */
const people: Readonly<Record<string, readonly number[]>> = {
  A: [18, 2],
  B: [14, 19],
  C: [12, 10],
  D: [11, 14],
}
const byRegion = table('A B C D', 'male female', Object.values(people))
const values: Readonly<Record<string, readonly [number, number, number]>> = {
  'A male': [178, 18, 15],
  'A female': [20, 11, 9],
  'B male': [140, 15, 14],
  'B female': [204, 18, 16],
  'C male': [118, 18, 12],
  'C female': [106, 19, 12],
  'D male': [366, 280, 11],
  'D female': [152, 18, 16],
  'A tot': [198, 18, 15],
  'B tot': [344, 18, 16],
  'C tot': [224, 19, 18],
  'D tot': [518, 280, 18],
  'tot male': [802, 280, 18],
  'tot female': [482, 19, 18],
  'tot tot': [1284, 280, 19],
}
const amounts = crossTable({
  whole: false,
  dimensions: [
    { name: 'row', total: { code: 'tot', children: categories('A B C D') } },
    { name: 'column', total: { code: 'tot', children: categories('male female') } },
  ],
  rows: Object.entries(values).map(([codes, [count, ...contributions]]) => ({
    codes: codes.split(' '),
    count,
    contributions,
  })),
})

describe('the test problem of sdcTable', () => {
  const sensitive = (of: CellTable, rules: Parameters<typeof protect>[1]): string[] => {
    const { reasons } = sensitiveCells(of, parseRules(rules))
    return of.keys.filter((_, cell) => (reasons[cell] as number) > 0)
  }

  it('has one count of up to 2 (test-primarySuppression.r, maxN = 2)', () => {
    expect(sensitive(byRegion, { threshold: 3 })).toEqual([key('A', 'female')])
  })

  it('has two cells that two contributors hold 75% of (nk, n = 2, k = 75)', () => {
    expect(sensitive(amounts, { dominance: { n: 2, k: 75 } })).toEqual([
      key('A', 'female'),
      key('D', 'male'),
    ])
  })

  it('has two cells in which the largest can be told to within 70% (p = 70)', () => {
    expect(sensitive(amounts, { pPercent: 70 })).toEqual([key('A', 'female'), key('D', 'male')])
  })

  it('is protected by the three cells that OPT, HITAS and HYPERCUBE choose (test-protectTable.r)', async () => {
    const expected = [
      key('A', 'female'),
      key('C', 'female'),
      key('A', 'male'),
      key('C', 'male'),
    ].sort()
    for (const method of ['exact', 'heuristic'] as const) {
      const { hidden, audit, report } = await protect(byRegion, { threshold: 3 }, { method })
      expect(hiddenKeys(byRegion, hidden)).toEqual(expected)
      expect(report.toProtectOthers).toBe(3)
      expect(audit.safe).toBe(true)
    }
  })

  it('is protected by amounts too, each as far up and down as its rule asks', async () => {
    const { hidden, audit, report } = await protect(amounts, { pPercent: 70 })
    expect(report.method).toBe('exact')
    expect(audit.safe).toBe(true)
    const { lower, upper } = await attackerIntervals(amounts, { pPercent: 70 }, hidden)
    const cell = cellOf(amounts, key('D', 'male'))
    // 70% of the largest contribution, 280, less what the others hide already, 366 - 280 - 11 = 75.
    expect(upper[cell]).toBeGreaterThanOrEqual(366 + 196 - 75 - 1e-6)
    expect(lower[cell]).toBeLessThanOrEqual(366 - 196 + 75 + 1e-6)
  })
})

/** Langsrud's data1b (vignette "The problem of singletons and zeros in easySdcTable"). */
const ones = table('r1 r2', 'A B H M W', [
  [1, 1, 7, 1, 0],
  [1, 0, 0, 2, 8],
])

describe('the ones and zeros of easySdcTable', () => {
  it('leak where 1 + 1 = 2 is shown, since a 0 would have been shown', async () => {
    const small = hide(ones, [
      ['r1', 'A'],
      ['r1', 'B'],
      ['r1', 'M'],
      ['r2', 'A'],
      ['r2', 'M'],
    ])
    const { leaks } = await auditPattern(ones, { threshold: 2 }, small)
    expect(leaks.find((leak) => leak.key === key('r1', 'A'))).toMatchObject({ lower: 1, upper: 1 })
  })

  it('leak where a 0 is hidden beside a small count', async () => {
    const beside = hide(ones, [
      ['r1', 'B'],
      ['r2', 'B'],
    ])
    const { leaks } = await auditPattern(ones, { threshold: 2 }, beside)
    expect(leaks.map((leak) => leak.key)).toContain(key('r1', 'B'))
    expect(leaks.map((leak) => leak.key)).toContain(key('r2', 'B'))
  })

  it('do not leak once protected', async () => {
    const { audit, hidden } = await protect(ones, { threshold: 3 })
    expect(audit.safe).toBe(true)
    for (const [row, column] of [
      ['r1', 'W'],
      ['r2', 'B'],
      ['r2', 'H'],
    ] as const)
      expect(hidden[cellOf(ones, key(row, column))]).toBe(0)
  })
})

/** Statistics Canada, Real Time Remote Access, "Controlled rounding", tables 3 and 4, base 100. */
const marital = table('male female', 'married divorced widowed', [
  [362, 121, 121],
  [362, 0, 241],
])

describe('the controlled rounding of Statistics Canada', () => {
  it('is nearer to the counts than their random one, and adds up', async () => {
    const { values: rounded, steps } = await roundControlled(marital, 100)
    expect(steps).toBe(1)
    const theirs = table('male female', 'married divorced widowed', [
      [400, 100, 100],
      [300, 0, 300],
    ])
    const off = (counts: Float64Array): number =>
      counts.reduce((sum, n, cell) => sum + Math.abs(n - (marital.counts[cell] as number)), 0)
    expect(off(rounded)).toBeLessThanOrEqual(off(theirs.counts))
    expect(rounded.every((n) => n % 100 === 0)).toBe(true)
  })
})
