import { describe, expect, it } from 'vitest'
import { relative } from '../test/golden.ts'

import {
  betaCdf,
  betaQuantile,
  chiSquaredCdf,
  chiSquaredQuantile,
  gammaCdf,
  gammaQuantile,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
} from './index.ts'

describe('distributions', () => {
  it('have R’s values', () => {
    for (const [found, wanted] of [
      [normalQuantile(0.975), 1.959963984540054],
      [normalQuantile(0.999), 3.090232306167813],
      [tQuantile(0.975, 7), 2.364624251592785],
      [tQuantile(0.975, 1), 12.706204736432095],
      [chiSquaredQuantile(0.95, 1), 3.841458820694124],
      [chiSquaredQuantile(0.975, 10), 20.48317735029393],
      [betaCdf(0.5, 3, 4), 0.65625],
      [gammaQuantile(0.975, 1), 3.6888794541139363],
    ] as const) {
      expect(relative(found, wanted)).toBeLessThan(1e-9)
    }
  })

  it('have quantiles that undo their cumulative shares', () => {
    for (const p of [1e-6, 0.001, 0.025, 0.4, 0.5, 0.9, 0.999, 1 - 1e-6]) {
      expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12)
      for (const a of [0.5, 1, 3.7, 40, 2000]) {
        expect(relative(tCdf(tQuantile(p, a), a), p)).toBeLessThan(1e-8)
        expect(relative(chiSquaredCdf(chiSquaredQuantile(p, a), a), p)).toBeLessThan(1e-8)
        expect(relative(gammaCdf(gammaQuantile(p, a), a), p)).toBeLessThan(1e-8)
        // With a second shape below 1 the upper quantiles crowd against 1, where doubles are too coarse.
        for (const b of [2, 300]) {
          expect(relative(betaCdf(betaQuantile(p, a, b), a, b), p)).toBeLessThan(1e-8)
        }
      }
    }
  })

  it('have the Poisson’s sums for large values, where the library’s own gamma is wrong', () => {
    // Above x lies what a Poisson with mean x gives to counts below a whole shape.
    const above = (x: number, shape: number): number => {
      const terms = [-x]
      for (let k = 1; k < shape; k++) terms.push((terms[k - 1] as number) + Math.log(x / k))
      return terms.sort((a, b) => a - b).reduce((sum, term) => sum + Math.exp(term), 0)
    }
    for (const x of [990, 1001, 1500, 10_000]) {
      for (const z of [-4, -2, -1, 0, 1, 2, 4]) {
        const shape = Math.round(x + z * Math.sqrt(x))
        expect(Math.abs(gammaCdf(x, shape) - (1 - above(x, shape)))).toBeLessThan(1e-9)
        expect(Math.abs(chiSquaredCdf(2 * x, 2 * shape) - (1 - above(x, shape)))).toBeLessThan(1e-9)
      }
    }
    for (const shape of [950, 1100, 6000, 100_000]) {
      for (const p of [0.001, 0.025, 0.5, 0.975, 0.999]) {
        const x = gammaQuantile(p, shape)
        expect(Math.abs(1 - above(x, shape) - p)).toBeLessThan(1e-8)
      }
    }
  })

  it('have no step where one way of computing them gives way to another', () => {
    for (const shape of [900, 940, 1000, 1100]) {
      const slope = gammaCdf(999.99, shape) - gammaCdf(999.98, shape)
      const across = gammaCdf(1000.005, shape) - gammaCdf(999.995, shape)
      expect(relative(across, slope)).toBeLessThan(0.01)
    }
    expect(relative(gammaQuantile(0.5, 900.5), gammaQuantile(0.5, 899.5) + 1)).toBeLessThan(1e-9)
  })

  it('refuse what they cannot answer', () => {
    expect(() => normalQuantile(1)).toThrow(/invalid p/)
    expect(() => tQuantile(0.5, 0)).toThrow(/invalid degrees/)
    expect(() => betaQuantile(0.5, 1, Number.NaN)).toThrow(/invalid b/)
    expect(() => gammaQuantile(0.5, -1)).toThrow(/invalid shape/)
    expect(() => normalCdf(Number.NaN)).toThrow(/invalid x/)
  })
})
