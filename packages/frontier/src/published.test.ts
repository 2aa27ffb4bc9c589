import { describe, expect, it } from 'vitest'
import { fromRows } from '../test/data.ts'
import type { FrontierAnalysis } from './analysis.ts'
import { analyseFrontier, efficiencyScores, type SolvedUnit, superEfficiency } from './index.ts'

const solved = (analysis: FrontierAnalysis): SolvedUnit[] =>
  analysis.units.map((unit) => {
    if (unit.kind !== 'solved') throw new Error('a unit is not solved')
    return unit
  })

const closeTo = (found: ArrayLike<number>, wanted: readonly number[], digits: number): void => {
  expect(found.length).toBe(wanted.length)
  wanted.forEach((value, at) => {
    expect(found[at], `number ${at}`).toBeCloseTo(value, digits)
  })
}

describe('the twelve hospitals of Cooper, Seiford and Tone', () => {
  // Data Envelopment Analysis, 2nd edition 2007, table 1.5: doctors, nurses, outpatients, inpatients.
  const hospitals = fromRows(
    [
      [20, 151, 100, 90],
      [19, 131, 150, 50],
      [25, 160, 160, 55],
      [27, 168, 180, 72],
      [22, 158, 94, 66],
      [55, 255, 230, 90],
      [33, 235, 220, 88],
      [31, 206, 152, 80],
      [30, 244, 190, 100],
      [50, 268, 250, 100],
      [53, 306, 260, 147],
      [38, 284, 250, 120],
    ],
    2,
  )

  it('have the scores of table 1.6 under constant returns', () => {
    const { scores } = efficiencyScores(hospitals, { returns: 'constant' })
    closeTo(scores, [1, 1, 0.883, 1, 0.763, 0.835, 0.902, 0.796, 0.96, 0.871, 0.955, 0.958], 3)
  })

  it('find no hospital less efficient under variable returns', () => {
    for (const unit of solved(analyseFrontier(hospitals))) {
      expect(unit.variableScore).toBeGreaterThanOrEqual(unit.constantScore - 1e-9)
    }
  })
})

describe('eight stores with one input and one output', () => {
  // Cooper, Seiford and Tone 2007, table 1.1 (employees, sales) and its efficiencies, table 1.2.
  const stores = fromRows(
    [
      [2, 1],
      [3, 3],
      [3, 2],
      [4, 3],
      [5, 4],
      [5, 2],
      [6, 3],
      [8, 5],
    ],
    1,
  )

  it('are as efficient as sales per employee, the best store being 1', () => {
    const { scores } = efficiencyScores(stores, { returns: 'constant' })
    closeTo(scores, [0.5, 1, 2 / 3, 0.75, 0.8, 0.4, 0.5, 0.625], 9)
  })

  it('have returns to scale that grow below the most productive size and fall above it', () => {
    const returns = solved(analyseFrontier(stores)).map((unit) => unit.returnsToScale)
    expect(returns[0]).toBe('increasing')
    expect(returns[1]).toBe('constant')
    expect(returns[7]).toBe('decreasing')
  })
})

describe('six supermarkets with two inputs, weak efficiency among them', () => {
  // Cooper, Seiford and Tone 2007, example 2.2 and table 2.3. Three units that A dominates are added, as
  // six are fewer than three for each column; they change no other score.
  const analysis = solved(
    analyseFrontier(
      fromRows(
        [
          [4, 3, 1],
          [7, 3, 1],
          [8, 1, 1],
          [4, 2, 1],
          [2, 4, 1],
          [10, 1, 1],
          [9, 9, 1],
          [9, 8, 1],
          [8, 9, 1],
        ],
        2,
      ),
      { returns: 'constant' },
    ),
  )

  it('have the scores of the book', () => {
    closeTo(
      analysis.slice(0, 6).map((unit) => unit.score),
      [0.8571, 0.6316, 1, 1, 1, 1],
      4,
    )
  })

  it('name D and E as peers of A, C and D of B, with the weights of the book', () => {
    const [a, b] = analysis
    expect(a?.peers.map(({ unit }) => unit)).toEqual([3, 4])
    closeTo(a?.peers.map(({ weight }) => weight) ?? [], [0.7143, 0.2857], 4)
    expect(b?.peers.map(({ unit }) => unit)).toEqual([3, 2])
    closeTo(b?.peers.map(({ weight }) => weight) ?? [], [0.8947, 0.1053], 4)
  })

  it('know F as weak: it could save 2 of the first input and be C', () => {
    const f = analysis[5]
    expect(f?.efficient).toBe('weak')
    closeTo(f?.inputSlacks ?? [], [2, 0], 9)
    closeTo(f?.inputTargets ?? [], [8, 1], 9)
    expect(f?.peers).toEqual([{ unit: 2, weight: expect.closeTo(1, 9) }])
    expect(analysis[2]?.efficient).toBe('strong')
  })
})

describe('eleven units computed in R', () => {
  // The data of the tests of DataEnvelopmentAnalysis.jl (test/dea.jl), whose results come from R.
  const data = fromRows(
    [
      [5, 13, 12],
      [16, 12, 14],
      [16, 26, 25],
      [17, 15, 26],
      [18, 14, 8],
      [23, 6, 9],
      [25, 10, 27],
      [27, 22, 30],
      [37, 14, 31],
      [42, 25, 26],
      [5, 17, 12],
    ],
    2,
  )
  const weights = (unit: SolvedUnit | undefined): number[] => {
    const row = new Array<number>(11).fill(0)
    for (const peer of unit?.peers ?? []) row[peer.unit] = peer.weight
    return row
  }

  it('have its scores, slacks and peers under constant returns', () => {
    const units = solved(analyseFrontier(data, { returns: 'constant' }))
    closeTo(
      units.map((unit) => unit.score),
      [
        1, 0.6222896791, 0.8198562444, 1, 0.3103709311, 0.5555555556, 1, 0.7576690896, 0.8201058201,
        0.4905660377, 1,
      ],
      9,
    )
    closeTo(units[5]?.inputSlacks ?? [], [4.444444444, 0], 7)
    closeTo(units[8]?.inputSlacks ?? [], [1.64021164, 0], 7)
    closeTo(units[10]?.inputSlacks ?? [], [0, 4], 7)
    closeTo(weights(units[1]), [0, 0, 0, 0.4249783174, 0, 0, 0.10928013877, 0, 0, 0, 0], 8)
    closeTo(weights(units[2]), [1.134321653, 0, 0, 0.4380053908, 0, 0, 0, 0, 0, 0, 0], 8)
    expect(units[10]?.efficient).toBe('weak')
  })

  it('have its scores, slacks and peers under variable returns', () => {
    const units = solved(analyseFrontier(data))
    closeTo(
      units.map((unit) => unit.score),
      [1, 0.8699861687, 1, 1, 0.7116402116, 1, 1, 1, 1, 0.4931209269, 1],
      9,
    )
    closeTo(units[4]?.outputSlacks ?? [], [2.698412698], 7)
    closeTo(units[10]?.inputSlacks ?? [], [0, 4], 7)
    closeTo(weights(units[4]), [0.56613756614, 0, 0, 0, 0, 0.4338624339, 0, 0, 0, 0, 0], 8)
    closeTo(weights(units[9]), [0.03711078928, 0, 0, 0.4433381608, 0, 0, 0.51955105, 0, 0, 0, 0], 8)
  })
})

describe('the ranking of Andersen and Petersen (1993)', () => {
  // Their five units A to E with one output (also Zhu 2014, chapter 10); four that E dominates are added.
  const data = fromRows(
    [
      [2, 12, 1],
      [2, 8, 1],
      [5, 5, 1],
      [10, 4, 1],
      [10, 6, 1],
      [12, 12, 1],
      [13, 12, 1],
      [12, 13, 1],
      [11, 14, 1],
    ],
    2,
  )

  it('puts B before D before C', () => {
    const { scores, infeasible } = superEfficiency(data, { returns: 'constant' })
    closeTo(scores.subarray(0, 5), [1, 25 / 19, 1.2, 1.25, 0.75], 9)
    expect(infeasible).toEqual([])
  })
})
