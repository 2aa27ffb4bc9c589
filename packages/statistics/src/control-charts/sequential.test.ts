import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ewma, randomSource, riskAdjustedCusum } from '../index.ts'

describe('exponentially weighted moving averages', () => {
  it('are Montgomery’s (7th edition, table 9.10)', () => {
    const values = Float64Array.of(
      ...[9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4],
      ...[10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38],
      ...[11.62, 11.31, 10.52],
    )
    const found = ewma(values, { target: 10, deviation: 1, weight: 0.1, sigmas: 2.7 })
    const published = [9.945, 9.7495, 9.70355, 9.8992, 10.1253, 10.1307, 9.92167, 10.0755]
    published.forEach((wanted, i) => {
      expect(found.average[i]).toBeCloseTo(wanted, 4)
    })
    expect(found.average[27]).toBeCloseTo(10.5731, 4)
    expect(found.average[28]).toBeCloseTo(10.6468, 4)
    expect(found.average[29]).toBeCloseTo(10.6341, 4)
    expect(found.upper[0]).toBeCloseTo(10.27, 9)
    expect(found.upper[29]).toBeCloseTo(10.62, 2)
    expect([...found.signal.slice(26)]).toEqual([0, 0, 1, 1])
  })

  it('are the values themselves with all the weight on the newest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (values) => {
        const column = Float64Array.from(values)
        expect(ewma(column, { target: 0, deviation: 1, weight: 1 }).average).toEqual(column)
      }),
    )
  })

  it('stay where they are without a value, and refuse a weight that cannot be', () => {
    const found = ewma(Float64Array.of(1, Number.NaN), { target: 0, deviation: 1 })
    expect(found.average[1]).toBe(found.average[0])
    expect(() => ewma(Float64Array.of(1), { target: 0, deviation: 1, weight: 0 })).toThrow(/weight/)
    expect(() => ewma(Float64Array.of(1), { target: 0, deviation: 0 })).toThrow(/deviation/)
  })
})

describe('risk-adjusted cumulative sums', () => {
  it('add the weights of Steiner and others (2000)', () => {
    // Their example: odds doubled; a patient with risk p who dies adds log(2 / (1 + p)), one who lives
    // -log(1 + p).
    const found = riskAdjustedCusum(Float64Array.of(1, 0, 1), Float64Array.of(0.2, 0.05, 0.5))
    expect(found.sum[0]).toBeCloseTo(Math.log(2 / 1.2), 12)
    expect(found.sum[1]).toBeCloseTo(Math.log(2 / 1.2) - Math.log(1.05), 12)
    expect(found.sum[2]).toBeCloseTo(Math.log(2 / 1.2) - Math.log(1.05) + Math.log(2 / 1.5), 12)
  })

  it('watch for better outcomes with an odds ratio below 1', () => {
    const found = riskAdjustedCusum(Float64Array.of(0, 0, 1), new Float64Array(3).fill(0.2), {
      oddsRatio: 0.5,
    })
    expect(found.sum[0]).toBeCloseTo(-Math.log(0.9), 12)
    expect(found.sum[2]).toBe(0)
  })

  it('signal and start again', () => {
    const deaths = new Float64Array(20).fill(1)
    const risks = new Float64Array(20).fill(0.1)
    const each = Math.log(2 / 1.1)
    const again = riskAdjustedCusum(deaths, risks)
    const first = again.signal.indexOf(1)
    expect(first).toBe(Math.ceil(4.5 / each) - 1)
    expect(again.sum[first + 1]).toBeCloseTo(each, 12)
    const on = riskAdjustedCusum(deaths, risks, { restart: false })
    expect(on.sum[19]).toBeCloseTo(20 * each, 9)
  })

  it('are never below 0, and seldom high while outcomes follow the risks', () => {
    const source = randomSource(20)
    const risks = Float64Array.from({ length: 5000 }, () => 0.02 + 0.2 * source.uniform())
    const outcomes = risks.map((p) => (source.uniform() < p ? 1 : 0))
    const found = riskAdjustedCusum(outcomes, risks)
    expect(Math.min(...found.sum)).toBeGreaterThanOrEqual(0)
    expect(found.signal.reduce((a, b) => a + b, 0)).toBeLessThan(5)
  })

  it('refuse what is neither event nor risk', () => {
    const one = Float64Array.of(1)
    expect(() => riskAdjustedCusum(Float64Array.of(2), Float64Array.of(0.5))).toThrow(/outcomes/)
    expect(() => riskAdjustedCusum(one, one)).toThrow(/invalid risks/)
    expect(() => riskAdjustedCusum(one, Float64Array.of(0.5), { oddsRatio: 1 })).toThrow(
      /oddsRatio/,
    )
  })
})
