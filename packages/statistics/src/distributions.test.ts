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

  it('refuse what they cannot answer', () => {
    expect(() => normalQuantile(1)).toThrow(/invalid p/)
    expect(() => tQuantile(0.5, 0)).toThrow(/invalid degrees/)
    expect(() => betaQuantile(0.5, 1, Number.NaN)).toThrow(/invalid b/)
    expect(() => gammaQuantile(0.5, -1)).toThrow(/invalid shape/)
    expect(() => normalCdf(Number.NaN)).toThrow(/invalid x/)
  })
})
