import { describe, expect, it } from 'vitest'
import { coverage } from '../../test/coverage.ts'
import { drawsOf } from '../draws/draws.ts'
import { systematicComponent } from '../index.ts'

describe('coverage at 95% of the systematic component of variation, simulated', () => {
  it('lies within 0.85 and 0.97 for 100 areas: the draws do not know the doubt about the variance', () => {
    const draws = drawsOf(43)
    const found = coverage(500, 0.1, () => {
      const expected = Float64Array.from({ length: 100 }, () => 10 + 40 * draws.uniform())
      const observed = expected.map((e) => draws.poisson((e * draws.gamma(10)) / 10))
      return systematicComponent(observed, expected, { seed: 1, repetitions: 400 })
    })
    expect(found).toBeGreaterThan(0.85)
    expect(found).toBeLessThan(0.97)
  })
})
