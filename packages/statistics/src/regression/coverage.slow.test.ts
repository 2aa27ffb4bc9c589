import { describe, expect, it } from 'vitest'
import { coverage } from '../../test/coverage.ts'
import { drawsOf } from '../draws/draws.ts'
import { cStatistic, logisticRegression, normalCdf } from '../index.ts'

describe('coverage at 95% of case mix, simulated', () => {
  const draws = drawsOf(59)

  it('of a logistic coefficient of 500 people: within 0.94 and 0.96', () => {
    const found = coverage(4000, 0.7, () => {
      const x = Float64Array.from({ length: 500 }, () => draws.normal())
      const outcomes = x.map((v) => Number(draws.uniform() < 1 / (1 + Math.exp(1 - 0.7 * v))))
      const { coefficients, standardErrors } = logisticRegression({ outcomes, predictors: [x] })
      const width = 1.959964 * (standardErrors[1] as number)
      const value = coefficients[1] as number
      return { lower: value - width, upper: value + width }
    })
    expect(found).toBeGreaterThan(0.94)
    expect(found).toBeLessThan(0.96)
  })

  it('of the c statistic of 100 and 200 people: within 0.93 and 0.965', () => {
    const outcomes = Float64Array.from({ length: 300 }, (_, i) => (i < 100 ? 1 : 0))
    const found = coverage(4000, normalCdf(1 / Math.SQRT2), () =>
      cStatistic(
        outcomes,
        outcomes.map((y) => y + draws.normal()),
      ),
    )
    expect(found).toBeGreaterThan(0.93)
    expect(found).toBeLessThan(0.965)
  })
})
