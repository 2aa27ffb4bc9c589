import { describe, expect, it } from 'vitest'
import { fromRows } from '../test/data.ts'
import { type FrontierData, malmquist } from './index.ts'

// test/malmquist.jl of DataEnvelopmentAnalysis.jl, three periods of five units; a sixth that is always
// dominated is added, as five are fewer than three for each column.
const period = (inputs: readonly number[], outputs: readonly number[]): FrontierData =>
  fromRows(
    [...inputs, 20].map((x, i) => [x, [...outputs, 1][i] as number]),
    1,
  )
const first = period([2, 3, 5, 4, 4], [1, 4, 6, 3, 5])
const second = period([1, 2, 4, 3, 4], [1, 4, 6, 3, 3])
const third = period([0.5, 1.5, 3, 2, 4], [2, 4, 6, 3, 1])

const closeTo = (found: Float64Array, wanted: readonly number[]): void => {
  wanted.forEach((value, unit) => {
    expect(found[unit], `unit ${unit}`).toBeCloseTo(value, 7)
  })
}

describe('the Malmquist index', () => {
  it('has the published values from the first period to the second', () => {
    const found = malmquist(first, second)
    closeTo(found.index, [2, 1.5, 1.25, 4 / 3, 0.6])
    closeTo(found.efficiencyChange, [4 / 3, 1, 5 / 6, 8 / 9, 0.4])
    closeTo(found.technicalChange, [1.5, 1.5, 1.5, 1.5, 1.5])
    expect(found.unanswered).toEqual([])
  })

  it('has the published values from the second period to the third', () => {
    const found = malmquist(second, third)
    closeTo(found.index, [4, 4 / 3, 4 / 3, 1.5, 1 / 3])
    closeTo(found.efficiencyChange, [2, 2 / 3, 2 / 3, 0.75, 1 / 6])
    closeTo(found.technicalChange, [2, 2, 2, 2, 2])
  })

  it('is the product of its parts', () => {
    const found = malmquist(first, third)
    found.index.forEach((index, unit) => {
      const efficiency = found.efficiencyChange[unit] as number
      expect(efficiency * (found.technicalChange[unit] as number)).toBeCloseTo(index, 12)
      const pure = found.pureEfficiencyChange[unit] as number
      expect(pure * (found.scaleChange[unit] as number)).toBeCloseTo(efficiency, 12)
    })
  })

  it('is 1 where nothing changed, and its reciprocal back in time', () => {
    closeTo(malmquist(first, first).index, [1, 1, 1, 1, 1, 1])
    const there = malmquist(first, second).index
    closeTo(
      malmquist(second, first).index,
      Array.from(there, (index) => 1 / index),
    )
  })

  it('is turned over in the convention of input distances', () => {
    const turned = malmquist(first, second, { convention: 'below-1-improves' })
    closeTo(turned.index, [0.5, 2 / 3, 0.8, 0.75, 1 / 0.6])
  })

  it('says which unit has none', () => {
    // Peers must be at least as deprived: nobody of the second period is as deprived as unit 0 was before.
    const with3 = (data: FrontierData, deprivation: readonly number[]): FrontierData => ({
      inputs: data.inputs.map((x) => Float64Array.of(...x, 30, 31, 32)),
      outputs: [
        ...data.outputs.map((y) => Float64Array.of(...y, 1, 1, 1)),
        Float64Array.from(deprivation),
      ],
      fixed: { outputs: [1] },
    })
    const before = with3(first, [9, 1, 1, 1, 1, 1, 1, 1, 1])
    const after = with3(second, [5, 1, 1, 1, 1, 1, 1, 1, 1])
    const found = malmquist(before, after)
    expect(found.unanswered).toEqual([0])
    expect(found.index[0]).toBeNaN()
    expect(found.efficiencyChange[0]).toBeGreaterThan(0)
  })

  it('refuses periods that do not match', () => {
    const fewer = fromRows(
      [
        [1, 1],
        [2, 2],
        [3, 2],
        [4, 3],
        [5, 5],
        [6, 6],
        [7, 7],
      ],
      1,
    )
    expect(() => malmquist(first, fewer)).toThrow(/6 units before and 7 after/)
  })
})
