import { describe, expect, it } from 'vitest'
import { binomialChances, normalDraw, poissonChances, poissonDraw } from '../../test/chances.ts'
import {
  controlCharts,
  funnel,
  proportionFunnel,
  randomSource,
  ratioFunnel,
  rule,
} from '../index.ts'

describe('funnels', () => {
  it.each(['inverse', 'exact', 'gamma'] as const)(
    'of ratios, %s: leave out about 5% of units that are on target',
    (method) => {
      for (const expected of [8, 30, 150]) {
        const { lower, upper } = ratioFunnel(Float64Array.of(expected), { method })
        const outside = poissonChances(expected).reduce((sum, chance, k) => {
          const ratio = k / expected
          return sum + (ratio < (lower[0] as number) || ratio > (upper[0] as number) ? chance : 0)
        }, 0)
        expect(outside).toBeGreaterThan(0.02)
        expect(outside).toBeLessThan(0.065)
      }
    },
  )

  it('of proportions: leave out about 5%, and about 0.2%', () => {
    for (const method of ['score', 'exact'] as const) {
      for (const [confidence, least, most] of [
        [0.95, 0.03, 0.065],
        [0.998, 0.0008, 0.0045],
      ] as const) {
        const { lower, upper } = proportionFunnel(Float64Array.of(300), 0.2, { confidence, method })
        const outside = binomialChances(300, 0.2).reduce(
          (sum, chance, k) =>
            sum + (k / 300 < (lower[0] as number) || k / 300 > (upper[0] as number) ? chance : 0),
          0,
        )
        expect(outside).toBeGreaterThan(least)
        expect(outside).toBeLessThan(most)
      }
    }
  })

  it('with additive over-dispersion find the variance between units, and leave out about 5% again', () => {
    const source = randomSource(2005)
    const units = 20_000
    const expected = Float64Array.from({ length: units }, () => 60 + source.below(200))
    const observed = expected.map((e) =>
      poissonDraw(source, e * Math.exp(0.15 * normalDraw(source))),
    )
    const found = funnel(
      { kind: 'ratio', observed, expected },
      { scale: 'log', dispersion: 'additive', trim: 0 },
    )
    expect(Math.sqrt(found.dispersion.tauSquared)).toBeGreaterThan(0.14)
    expect(Math.sqrt(found.dispersion.tauSquared)).toBeLessThan(0.16)
    const out = found.verdict.reduce((sum, v) => sum + (v === 0 ? 0 : 1), 0) / units
    expect(out).toBeGreaterThan(0.04)
    expect(out).toBeLessThan(0.065)
  })
})

describe('control charts of nothing but chance', () => {
  it('mark a point outside the limits about as often as the normal would, 0.27%, or a little more', () => {
    const source = randomSource(1931)
    const points = 100
    const series = 4000
    const values = Float64Array.from({ length: points * series }, () => normalDraw(source))
    const found = controlCharts(values, undefined, points, { screen: false, factor: 3 / 1.128 })
    const outside = found.flags.reduce((sum, f) => sum + (f & rule.outside ? 1 : 0), 0)
    // The limits are estimated from 100 points, so a little more than 0.0027.
    expect(outside / values.length).toBeGreaterThan(0.0025)
    expect(outside / values.length).toBeLessThan(0.0045)
    const trends = found.flags.reduce((sum, f) => sum + (f & rule.trend ? 1 : 0), 0)
    // Seven points rise or fall with a chance of 2/7!; each such run marks seven points or so.
    expect(trends / values.length).toBeGreaterThan(0.001)
    expect(trends / values.length).toBeLessThan((7 * 2) / 5040)
  })
})
