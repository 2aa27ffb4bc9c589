import { describe, expect, it } from 'vitest'
import { answered } from '../test/answers.ts'
import { categoriesOf, crossed } from './categories.ts'
import { calibrate } from './weighting/calibrate.ts'
import type { Margin } from './weighting/margin.ts'
import { postStratify } from './weighting/post-stratify.ts'
import { rake } from './weighting/rake.ts'

/**
 * The example of Kalton and Flores-Cervantes (2003), Weighting methods, Journal of Official Statistics 19(2), 81-97:
 * 1,000 respondents and a population of 1,600 by two variables, and the weights of table 2, to two digits.
 */
const respondents = [
  [20, 40, 40],
  [50, 140, 310],
  [100, 50, 50],
  [30, 100, 70],
]
const population = [
  [80, 40, 55],
  [60, 150, 340],
  [170, 60, 200],
  [55, 165, 125],
]

const cells = respondents.flatMap((row, a) =>
  row.flatMap((count, b) => new Array<[number, number]>(count).fill([a, b])),
)
const rows = categoriesOf(cells.map(([a]) => `A${a + 1}`))
const columns = categoriesOf(cells.map(([, b]) => `B${b + 1}`))
const ones = new Float64Array(cells.length).fill(1)
const rowTotals = Object.fromEntries(
  population.map((row, a) => [`A${a + 1}`, row.reduce((sum, n) => sum + n, 0)]),
)
const columnTotals = Object.fromEntries(
  [0, 1, 2].map((b) => [`B${b + 1}`, population.reduce((sum, row) => sum + (row[b] ?? 0), 0)]),
)
const margins: Margin[] = [
  { variable: 'A', categories: rows, totals: rowTotals },
  { variable: 'B', categories: columns, totals: columnTotals },
]

/** The weight of each cell, by rows of the table, to two digits. */
function table(weights: Float64Array): number[][] {
  return respondents.map((row, a) =>
    row.map((_, b) => {
      const at = cells.findIndex((cell) => cell[0] === a && cell[1] === b)
      return Math.round(100 * (weights[at] as number)) / 100
    }),
  )
}

describe('Kalton and Flores-Cervantes (2003), table 2', () => {
  it('cell weighting', () => {
    const totals = Object.fromEntries(
      population.flatMap((row, a) => row.map((n, b) => [`A${a + 1}, B${b + 1}`, n])),
    )
    const margin = { variable: 'A x B', categories: crossed(rows, columns), totals }
    expect(table(answered(postStratify(ones, margin)).weights)).toEqual([
      [4, 1, 1.38],
      [1.2, 1.07, 1.1],
      [1.7, 1.2, 4],
      [1.83, 1.65, 1.79],
    ])
  })

  const raked = [
    [1.81, 1.45, 2.02],
    [1.08, 0.87, 1.21],
    [2.2, 1.76, 2.45],
    [1.83, 1.47, 2.04],
  ]
  it('raking', () => {
    expect(table(answered(rake(ones, margins)).weights)).toEqual(raked)
  })

  it('raking, as calibration', () => {
    expect(table(answered(calibrate(ones, margins, { method: 'raking' })).weights)).toEqual(raked)
  })

  it('generalised regression on A and B as numbers', () => {
    const sumOver = (of: (a: number, b: number) => number): number =>
      population.reduce(
        (sum, row, a) => row.reduce((part, n, b) => part + n * of(a + 1, b + 1), sum),
        0,
      )
    const { weights } = answered(
      calibrate(ones, [
        { variable: 'people', values: ones, total: sumOver(() => 1) },
        {
          variable: 'A',
          values: Float64Array.from(cells, ([a]) => a + 1),
          total: sumOver((a) => a),
        },
        {
          variable: 'B',
          values: Float64Array.from(cells, ([, b]) => b + 1),
          total: sumOver((_, b) => b),
        },
      ]),
    )
    expect(table(weights)).toEqual([
      [1.21, 1.17, 1.14],
      [1.43, 1.4, 1.36],
      [1.66, 1.62, 1.59],
      [1.88, 1.85, 1.81],
    ])
  })
})
