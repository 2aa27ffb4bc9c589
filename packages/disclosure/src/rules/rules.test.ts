import { describe, expect, it } from 'vitest'
import { crossTable, type Dimension, parseRules, protect, sensitiveCells } from '../index.ts'

const dimension = (name: string, codes: string): Dimension => ({
  name,
  total: { code: 'all', children: codes.split(' ').map((code) => ({ code })) },
})

describe('rules', () => {
  it('fill in their defaults', () => {
    expect(parseRules({ threshold: 10 })).toEqual({
      threshold: 10,
      zeros: 'published',
      fullCells: [],
      width: 9,
      cost: 'count',
    })
  })

  it.each([
    [{}, /the rules hide nothing/],
    [{ threshold: 1 }, /threshold/],
    [{ threshold: 5, limit: 3 }, /limit/],
    [{ dominance: { n: 2, k: 100 } }, /dominance.k/],
    [null, /expected object/],
  ])('refuse %j', (rules, sentence) => {
    expect(() => parseRules(rules)).toThrow(sentence)
  })
})

describe('zeros', () => {
  const table = crossTable({
    dimensions: [dimension('sex', 'f m x')],
    rows: [
      { codes: ['f'], count: 0 },
      { codes: ['m'], count: 9 },
      { codes: ['x'], count: 12 },
      { codes: ['all'], count: 21 },
    ],
  })

  it('are shown, or hidden with another beside them', async () => {
    expect((await protect(table, { threshold: 5 })).report.cells).toEqual([])
    const { report, audit } = await protect(table, { threshold: 5, zeros: 'hidden' })
    expect(audit.safe).toBe(true)
    expect(report.cells).toMatchObject([
      { key: 'sex=f', why: 'zero', cost: 0 },
      { key: 'sex=m', why: 'protects others', cost: 9 },
    ])
  })
})

describe('full cells', () => {
  const table = crossTable({
    dimensions: [dimension('place', 'a b'), dimension('outcome', 'no yes')],
    rows: [
      ['a', 'no', 0],
      ['a', 'yes', 8],
      ['a', 'all', 8],
      ['b', 'no', 30],
      ['b', 'yes', 40],
      ['b', 'all', 70],
      ['all', 'no', 30],
      ['all', 'yes', 48],
      ['all', 'all', 78],
    ].map(([place, outcome, count]) => ({
      codes: [String(place), String(outcome)],
      count: Number(count),
    })),
  })

  it('are hidden with their siblings of 0 in the dimensions that are named, and not in others', async () => {
    const { hidden, audit, report } = await protect(table, { fullCells: ['outcome'], width: 3 })
    expect(audit.safe).toBe(true)
    const own = report.cells.filter(({ why }) => why === 'whole of its total')
    expect(own.map(({ key }) => key)).toEqual(['outcome=no&place=a', 'outcome=yes&place=a'])
    expect(hidden.reduce((a, b) => a + b)).toBe(4)
    const { reasons } = sensitiveCells(table, parseRules({ fullCells: ['place'] }))
    expect(table.keys.filter((_, cell) => reasons[cell] !== 0)).toEqual([
      'outcome=no&place=a',
      'outcome=no&place=b',
    ])
  })
})

describe('dominance', () => {
  it('asks for as many contributions as its rule needs', () => {
    const table = crossTable({
      whole: false,
      dimensions: [],
      rows: [{ codes: [], count: 100, contributions: [60] }],
    })
    expect(() => sensitiveCells(table, parseRules({ dominance: { n: 2, k: 80 } }))).toThrow(
      /lists 1 contributions where the rule needs the 2 largest/,
    )
  })
})

describe('cost', () => {
  it('can be the number of cells', async () => {
    const table = crossTable({
      dimensions: [dimension('sex', 'f m x')],
      rows: [
        { codes: ['f'], count: 2 },
        { codes: ['m'], count: 3 },
        { codes: ['x'], count: 400 },
        { codes: ['all'], count: 405 },
      ],
    })
    expect((await protect(table, { threshold: 5, cost: 'cells' })).report.cost).toBe(1)
    expect((await protect(table, { threshold: 5 })).report.cost).toBe(400)
  })
})
