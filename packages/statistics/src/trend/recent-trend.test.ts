import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chiSquaredQuantile,
  noTrend,
  recentProportionTrend,
  recentProportionTrends,
  recentTrend,
  recentTrends,
} from '../index.ts'

const of = (...values: number[]): Float64Array => Float64Array.from(values)

describe('recent trends', () => {
  it('use Fingertips’ threshold (TrendMarkerCalculator: 9.54953570608324)', () => {
    expect(chiSquaredQuantile(0.998, 1)).toBeCloseTo(9.54953570608324, 9)
  })

  it('of values are those of PHEindicatormethods’ example (assign_trend_markers): decreasing', () => {
    const value = [30.6, 30.2, 28, 24.6, 24.67]
    const lower = [28.98, 28.63, 26.44, 23.15, 23.16]
    const upper = [32.25, 31.9, 29.64, 26.19, 26.25]
    const found = recentTrend(of(...value), of(...lower), of(...upper))
    // Weighted least squares about the weighted means, another way to the same numbers.
    const w = value.map((_, i) => (3.919927969080108 / ((upper[i] ?? 0) - (lower[i] ?? 0))) ** 2)
    const sum = (f: (i: number) => number): number => w.reduce((a, x, i) => a + x * f(i), 0)
    const all = sum(() => 1)
    const t = sum((i) => i) / all
    const y = sum((i) => value[i] as number) / all
    const spread = sum((i) => (i - t) ** 2)
    const slope = sum((i) => (i - t) * ((value[i] as number) - y)) / spread
    expect(found).toMatchObject({ kind: 'trend', direction: 'decreasing', outlier: false })
    if (found.kind === 'none') return
    expect(found.slope).toBeCloseTo(slope, 12)
    expect(found.chiSquared).toBeCloseTo(slope ** 2 * spread, 9)
  })

  it('of proportions are Armitage’s chi-squared (the textbook sum, divided out)', () => {
    const x = [20, 28, 25, 41, 45]
    const n = [200, 210, 190, 220, 215]
    const found = recentProportionTrend(of(...x), of(...n))
    const total = n.reduce((a, b) => a + b, 0)
    const p = x.reduce((a, b) => a + b, 0) / total
    const t = n.reduce((a, b, i) => a + b * i, 0) / total
    const top = x.reduce((a, b, i) => a + (b - (n[i] as number) * p) * (i - t), 0)
    const bottom = p * (1 - p) * n.reduce((a, b, i) => a + b * (i - t) ** 2, 0)
    if (found.kind === 'none') throw new Error(found.reason)
    expect(found.chiSquared).toBeCloseTo(top ** 2 / bottom, 9)
  })

  it('are none where one period makes them, unless asked', () => {
    // The slope rises only through the last period; without it, it falls.
    const column = of(103, 102, 101, 100, 150)
    const n = new Float64Array(5).fill(400)
    expect(recentProportionTrend(column, n)).toMatchObject({
      direction: 'no-change',
      outlier: true,
    })
    expect(recentProportionTrend(column, n, { leaveOneOut: false })).toMatchObject({
      direction: 'increasing',
    })
  })

  const series = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 5, maxLength: 9 })

  it('turn with time, look at the last five only, and are the same in bulk', () => {
    fc.assert(
      fc.property(series, (counts) => {
        const ns = of(...counts.map((_, i) => 200 + 10 * i))
        const found = recentProportionTrend(of(...counts), ns)
        const last = recentProportionTrend(of(...counts.slice(-5)), ns.slice(-5))
        expect(last).toEqual(found)
        const back = recentProportionTrend(
          of(...counts.slice(-5)).reverse(),
          ns.slice(-5).reverse(),
        )
        if (found.kind === 'none' || back.kind === 'none') throw new Error('none')
        expect(back.chiSquared).toBeCloseTo(found.chiSquared, 6)
        expect(back.slope).toBeCloseTo(-found.slope, 9)
        const twice = recentProportionTrends(
          of(...counts, ...counts),
          of(...ns, ...ns),
          counts.length,
        )
        expect(twice.chiSquared[1]).toBe(found.chiSquared)
        const sign = { increasing: 1, decreasing: -1, 'no-change': 0 }[found.direction]
        expect(twice.direction[0]).toBe(sign)
      }),
    )
  })

  it('have answers for none at all, all, and no change; reasons for the rest', () => {
    const ten = new Float64Array(5).fill(10)
    for (const column of [new Float64Array(5), ten, new Float64Array(5).fill(4)]) {
      expect(recentProportionTrend(column, ten)).toMatchObject({
        direction: 'no-change',
        chiSquared: 0,
      })
    }
    expect(recentProportionTrend(of(1), of(2))).toEqual({ kind: 'none', reason: 'too-few-periods' })
    expect(recentProportionTrend(of(1, 2, Number.NaN, 3, 4), ten)).toEqual({
      kind: 'none',
      reason: 'missing',
    })
    expect(recentTrend(ten, ten, ten)).toEqual({ kind: 'none', reason: 'missing' })
    const bulk = recentTrends(ten, ten, ten, 5)
    expect(bulk.direction[0]).toBe(noTrend)
    expect(bulk.slope[0]).toBeNaN()
    expect(() => recentProportionTrend(of(3), of(2))).toThrow(/invalid counts/)
    expect(() => recentTrend(of(Number.POSITIVE_INFINITY), of(1), of(2))).toThrow(/invalid values/)
    expect(() => recentTrend(ten, ten, ten, { periods: 2 })).toThrow(/invalid periods/)
    expect(() => recentTrends(ten, ten, ten, 3)).toThrow(/invalid length/)
  })
})
