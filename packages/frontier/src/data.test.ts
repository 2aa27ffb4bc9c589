import { describe, expect, it } from 'vitest'
import { efficiencyScores, type FrontierData, FrontierError, superEfficiency } from './index.ts'

const good: FrontierData = {
  inputs: [Float64Array.of(2, 3, 3, 4, 5, 5)],
  outputs: [Float64Array.of(1, 3, 2, 3, 4, 2)],
}

function refusal(data: FrontierData): FrontierError {
  try {
    efficiencyScores(data)
  } catch (error) {
    if (error instanceof FrontierError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('data without a frontier', () => {
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('is refused: an input of %d', (value) => {
    const inputs = [Float64Array.of(2, 3, value, 4, 5, 5)]
    const error = refusal({ ...good, inputs, inputNames: ['cost'], unitNames: ['A', 'B', 'C'] })
    expect(error.code).toBe('invalid-data')
    expect(error.column).toBe('cost')
    expect(error.unit).toBe(2)
    expect(error.message).toBe(`cost of C is ${value}, not a finite number above 0`)
  })

  it.each([-1, Number.NaN])('is refused: an output of %d', (value) => {
    const error = refusal({ ...good, outputs: [Float64Array.of(1, 3, 2, value, 4, 2)] })
    expect(error.message).toBe(`output 0 of unit 3 is ${value}, not a finite number from 0 up`)
  })

  it('is refused: a unit that achieves nothing', () => {
    const error = refusal({ ...good, outputs: [Float64Array.of(1, 3, 2, 0, 4, 2)] })
    expect(error.unit).toBe(3)
  })

  it('is refused: fewer units than three for each column, in one sentence', () => {
    const error = refusal({
      inputs: [Float64Array.of(1, 2, 3, 4, 5)],
      outputs: [Float64Array.of(1, 2, 3, 4, 5)],
    })
    expect(error.code).toBe('too-few-units')
    expect(error.message).toBe(
      '5 units are too few for 2 inputs and outputs: at least 6 are needed, or nearly all would look efficient',
    )
  })

  it('is refused: columns of different lengths, none at all, or nothing that can change', () => {
    expect(refusal({ ...good, outputs: [Float64Array.of(1, 2)] }).column).toBe('output 0')
    expect(refusal({ inputs: [], outputs: [] }).code).toBe('invalid-data')
    expect(refusal({ ...good, fixed: { inputs: [0] } }).message).toMatch(/must not be fixed/)
    expect(refusal({ ...good, fixed: { outputs: [3] } }).message).toMatch(/no column 3/)
  })
})

describe('what may be in the data', () => {
  it('is an output of 0 beside another', () => {
    const outputs = [
      Float64Array.of(1, 3, 2, 3, 4, 2, 1, 1, 1),
      Float64Array.of(0, 1, 0, 2, 0, 1, 1, 1, 1),
    ]
    const inputs = [Float64Array.of(2, 3, 3, 4, 5, 5, 6, 7, 8)]
    expect(efficiencyScores({ inputs, outputs }).unsolved).toEqual([])
  })

  it('is a condition below 0, whose zero point does not matter', () => {
    const inputs = [Float64Array.of(2, 3, 3, 4, 5, 5, 6, 7, 8)]
    const output = Float64Array.of(1, 3, 2, 3, 4, 2, 1, 1, 1)
    const condition = Float64Array.of(-1, 0, 1, 2, -2, 3, 0, 1, 1)
    const scores = (shift: number): Float64Array => {
      const outputs = [output, condition.map((value) => value + shift)]
      const data = { inputs, outputs, fixed: { outputs: [1] } }
      return efficiencyScores(data, { returns: 'constant' }).scores
    }
    scores(100).forEach((score, unit) => {
      expect(score).toBeCloseTo(scores(0)[unit] as number, 9)
    })
    expect(
      superEfficiency({ inputs, outputs: [output, condition], fixed: { outputs: [1] } }).infeasible,
    ).toContain(5)
  })
})
