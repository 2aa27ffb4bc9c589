import { describe, expect, it } from 'vitest'
import { coverage } from '../../test/coverage.ts'
import { drawsOf } from '../draws/draws.ts'
import { fitBetaBinomial, fitGammaPoisson, fitNormalNormal } from '../index.ts'

const units = 100
const column = (draw: () => number): Float64Array => Float64Array.from({ length: units }, draw)

describe('coverage at 95% of the spread between 100 units, simulated', () => {
  const draws = drawsOf(41)

  it('of proportions, by profile likelihood: within 0.92 and 0.975', () => {
    const truth = Math.sqrt((0.2 * 0.8) / 101)
    const found = coverage(1000, truth, () => {
      const ns = column(() => 50 + Math.floor(200 * draws.uniform()))
      const counts = ns.map((n) => {
        const p = draws.beta(20, 80)
        let count = 0
        for (let i = 0; i < n; i++) if (draws.uniform() < p) count++
        return count
      })
      return fitBetaBinomial(counts, ns).betweenSd
    })
    expect(found).toBeGreaterThan(0.92)
    expect(found).toBeLessThan(0.975)
  })

  it('of rates, by profile likelihood: within 0.92 and 0.975', () => {
    const found = coverage(2000, 1 / Math.sqrt(10), () => {
      const expected = column(() => 5 + 40 * draws.uniform())
      const counts = expected.map((e) => draws.poisson((e * draws.gamma(10)) / 10))
      return fitGammaPoisson(counts, expected).betweenSd
    })
    expect(found).toBeGreaterThan(0.92)
    expect(found).toBeLessThan(0.975)
  })

  it('of values, by Q-profile: within 0.935 and 0.965', () => {
    const found = coverage(4000, 1, () => {
      const errors = column(() => 0.5 + draws.uniform())
      const values = errors.map((e) => draws.normal() + e * draws.normal())
      return fitNormalNormal(values, errors).betweenSd
    })
    expect(found).toBeGreaterThan(0.935)
    expect(found).toBeLessThan(0.965)
  })

  it('says none of units that do not differ, at least 19 times in 20', () => {
    const found = coverage(2000, 0, () => {
      const expected = column(() => 5 + 40 * draws.uniform())
      return fitGammaPoisson(
        expected.map((e) => draws.poisson(e)),
        expected,
      ).betweenSd
    })
    expect(found).toBeGreaterThan(0.95)
  })
})
