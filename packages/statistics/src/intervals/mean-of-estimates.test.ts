import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanOfEstimates } from './mean-of-estimates.ts'

const column = (...values: number[]): Float64Array => Float64Array.from(values)

describe('the mean of estimates', () => {
  it('narrows as the root of their number: four of ±2 give ±1', () => {
    const found = meanOfEstimates(column(1, 2, 3, 4), column(-1, 0, 1, 2), column(3, 4, 5, 6))
    expect(found).toEqual({ value: 2.5, lower: 1.5, upper: 3.5 })
  })

  it('weighs: one that weighs all is the answer', () => {
    const found = meanOfEstimates(column(1, 9), column(0, 8), column(3, 10), column(5, 0))
    expect(found).toEqual({ value: 1, lower: 0, upper: 3 })
  })

  it('has no limits where one estimate has none', () => {
    const found = meanOfEstimates(column(1, 3), column(0, Number.NaN), column(2, 4))
    expect(found.value).toBe(2)
    expect(found.lower).toBeNaN()
    expect(found.upper).toBe(2 + Math.SQRT1_2)
  })

  it('refuses what has no mean', () => {
    expect(() => meanOfEstimates(column(), column(), column())).toThrow(/invalid values/)
    expect(() => meanOfEstimates(column(1), column(0), column(2), column(0))).toThrow(/weights/)
  })

  it('holds its value and does not depend on the order', () => {
    const estimate = fc.tuple(
      fc.double({ min: -100, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 9, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(estimate, { minLength: 1, maxLength: 20 }), (some) => {
        const of = (all: typeof some) =>
          meanOfEstimates(
            Float64Array.from(all, ([v]) => v),
            Float64Array.from(all, ([v, h]) => v - h),
            Float64Array.from(all, ([v, h]) => v + h),
          )
        const found = of(some)
        expect(found.lower).toBeLessThanOrEqual(found.value)
        expect(found.upper).toBeGreaterThanOrEqual(found.value)
        expect(of([...some].reverse()).upper).toBeCloseTo(found.upper, 9)
      }),
    )
  })
})
