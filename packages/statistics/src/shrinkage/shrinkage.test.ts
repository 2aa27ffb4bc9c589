import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baseball, bcg, lipCancer, rats } from '../../test/published.ts'
import {
  fitBetaBinomial,
  fitGammaPoisson,
  fitNormalNormal,
  shrinkProportions,
  shrinkRates,
  shrinkValues,
} from '../index.ts'
import { digammaRising, logRising } from '../special.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)

describe('special functions', () => {
  it('adds up logarithms and reciprocals', () => {
    for (const a of [0.3, 7, 14.9, 15, 80, 1e6]) {
      let logs = 0
      let reciprocals = 0
      for (let j = 0; j < 50; j++) {
        logs += Math.log(a + j)
        reciprocals += 1 / (a + j)
      }
      expect(Math.abs(logRising(a, 50) / logs - 1)).toBeLessThan(1e-12)
      expect(Math.abs(digammaRising(a, 50) / reciprocals - 1)).toBeLessThan(1e-11)
    }
  })
})

describe('gamma-Poisson', () => {
  it('fits the lip cancer of Clayton and Kaldor (1987; R’s SpatialEpi: shape 1.8795, mean 1.4221)', () => {
    const fit = fitGammaPoisson(lipCancer.observed, lipCancer.expected)
    expect(fit.shape).toBeCloseTo(1.8795, 3)
    expect(fit.mean).toBeCloseTo(1.4221, 3)
  })

  it('shrinks the extremes towards the mean: (count + shape) / (expected + shape / mean)', () => {
    const { estimates, fit } = shrinkRates(lipCancer.observed, lipCancer.expected)
    expect(estimates[0]).toBeCloseTo((9 + fit.shape) / (1.4 + fit.shape / fit.mean), 8)
    // Districts without a case are not free of risk.
    expect(estimates[55]).toBeGreaterThan(0.3)
  })
})

describe('beta-binomial', () => {
  it('fits the rat tumours of Tarone (1982; likelihood maximised and profiled by SciPy)', () => {
    const fit = fitBetaBinomial(rats.counts, rats.ns)
    expect(fit.mean).toBeCloseTo(0.1422918655110849, 6)
    expect(fit.size / 16.456420403930156).toBeCloseTo(1, 5)
    expect(fit.betweenSd.value).toBeCloseTo(0.08361461700322748, 6)
    expect(fit.betweenSd.lower).toBeCloseTo(0.05891320433172222, 6)
    expect(fit.betweenSd.upper).toBeCloseTo(0.11364799301225792, 6)
  })

  it('fits fractions of people too, and large numbers', () => {
    const few = fitBetaBinomial(of(1.5, 5.5, 9), of(10, 10, 10))
    expect(few.betweenSd.value).toBeGreaterThan(0.1)
    const many = fitBetaBinomial(of(1e6, 2e6, 3e6), of(1e7, 1e7, 1e7))
    expect(many.mean).toBeCloseTo(0.2, 2)
    expect(many.betweenSd.value).toBeCloseTo(0.0816, 2)
  })
})

describe('normal-normal', () => {
  it('gives metafor’s figures for the BCG trials (Viechtbauer 2010, dat.bcg)', () => {
    const variance = (method: 'dersimonian-laird' | 'paule-mandel' | 'reml'): number =>
      fitNormalNormal(bcg.values, bcg.standardErrors, { method }).sd ** 2
    expect(variance('dersimonian-laird')).toBeCloseTo(0.3088, 4)
    expect(variance('paule-mandel')).toBeCloseTo(0.3181, 4)
    expect(variance('reml')).toBeCloseTo(0.3132, 4)
    const { betweenSd, mean, q } = fitNormalNormal(bcg.values, bcg.standardErrors, {
      method: 'reml',
    })
    expect(mean).toBeCloseTo(-0.7145, 4)
    expect(q).toBeCloseTo(152.233, 3)
    expect(betweenSd.lower ** 2).toBeCloseTo(0.1197, 4)
    expect(betweenSd.upper ** 2).toBeCloseTo(1.1115, 4)
    expect(betweenSd.value).toBeCloseTo(0.5597, 4)
  })

  it('shrinks batting averages as far as Efron and Morris (1975) do, but for degrees of freedom', () => {
    const errors = baseball.early.map(() => Math.sqrt((0.2654 * (1 - 0.2654)) / 45))
    const { estimates, reliability } = shrinkValues(baseball.early, errors)
    // Theirs is 1 - 15 / Q, as of 18 players; the moment estimate is 1 - 17 / Q.
    const q = (17 / (1 - (reliability[0] as number))) as number
    expect(1 - 15 / q).toBeCloseTo(0.212, 2)
    const miss = (column: Float64Array): number =>
      column.reduce((a, x, i) => a + (x - (baseball.season[i] as number)) ** 2, 0)
    expect(miss(estimates)).toBeLessThan(miss(baseball.early) / 2)
  })
})

describe('shrinkage', () => {
  const units = fc.array(
    fc.record({
      n: fc.integer({ min: 1, max: 400 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 2, maxLength: 20 },
  )

  it('lies between the unit and the mean, for every model', () => {
    fc.assert(
      fc.property(units, (list) => {
        const ns = Float64Array.from(list, (u) => u.n)
        const counts = Float64Array.from(list, (u) => Math.round(u.n * u.share))
        const values = Float64Array.from(list, (u) => u.share)
        const errors = ns.map((n) => 1 / Math.sqrt(n))
        for (const [found, raw] of [
          [shrinkProportions(counts, ns), (i: number) => (counts[i] as number) / (ns[i] as number)],
          [shrinkRates(counts, ns), (i: number) => (counts[i] as number) / (ns[i] as number)],
          [shrinkValues(values, errors), (i: number) => values[i] as number],
        ] as const) {
          const { estimates, fit } = found
          expect(fit.betweenSd.lower).toBeLessThanOrEqual(fit.betweenSd.value)
          expect(fit.betweenSd.upper).toBeGreaterThanOrEqual(fit.betweenSd.value)
          for (let i = 0; i < estimates.length; i++) {
            const ends = [raw(i), fit.mean].sort((a, b) => a - b) as [number, number]
            expect(estimates[i]).toBeGreaterThanOrEqual(ends[0] - 1e-9)
            expect(estimates[i]).toBeLessThanOrEqual(ends[1] + 1e-9)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('holds its value in the limits, also of a few units that are nothing alike', () => {
    const { betweenSd } = fitBetaBinomial(of(1222, 0, 0, 129711, 0), of(1906, 879506, 2, 510611, 3))
    expect(betweenSd.lower).toBeLessThanOrEqual(betweenSd.value)
    expect(betweenSd.upper).toBeGreaterThan(betweenSd.value)
  })

  it('gives the same to units in another order', () => {
    const { observed, expected } = lipCancer
    const one = shrinkRates(observed, expected)
    const other = shrinkRates(observed.slice().reverse(), expected.slice().reverse())
    one.estimates.forEach((x, i) => {
      expect(other.estimates[observed.length - 1 - i]).toBeCloseTo(x, 8)
    })
  })

  it('answers one unit, equal units, no events and everyone', () => {
    expect(shrinkProportions(of(3), of(10)).estimates[0]).toBeCloseTo(0.3, 12)
    expect(shrinkProportions(of(0, 0), of(10, 5)).estimates[1]).toBe(0)
    expect(shrinkProportions(of(10, 5), of(10, 5)).estimates[1]).toBe(1)
    expect(shrinkProportions(of(5, 0), of(10, 0)).estimates[1]).toBeCloseTo(0.5, 12)
    const equal = shrinkProportions(of(5, 5, 5), of(10, 10, 10))
    expect(equal.fit.betweenSd.value).toBe(0)
    expect(equal.fit.betweenSd.lower).toBe(0)
    expect(equal.fit.betweenSd.upper).toBeGreaterThan(0)
    expect(shrinkRates(of(0, 0), of(1, 2)).estimates[0]).toBe(0)
    expect(shrinkRates(of(4), of(2)).estimates[0]).toBeCloseTo(2, 12)
    expect(shrinkValues(of(4), of(1)).estimates[0]).toBe(4)
    expect(shrinkValues(of(4, 4), of(1, 1)).fit.sd).toBe(0)
  })

  it('names what cannot be', () => {
    expect(() => shrinkProportions(of(3), of(2))).toThrow(/invalid counts/)
    expect(() => shrinkProportions(of(-1), of(2))).toThrow(/invalid counts/)
    expect(() => shrinkProportions(of(0), of(0))).toThrow(/invalid ns/)
    expect(() => shrinkProportions(of(), of())).toThrow(/invalid counts/)
    expect(() => shrinkRates(of(1), of(0))).toThrow(/invalid exposures/)
    expect(() => shrinkRates(of(1, 2), of(1))).toThrow(/invalid exposures/)
    expect(() => shrinkValues(of(1), of(0))).toThrow(/invalid standardErrors/)
    expect(() => shrinkValues(of(Number.NaN), of(1))).toThrow(/invalid values/)
    expect(() => fitBetaBinomial(of(1), of(2), { confidence: 1 })).toThrow(/invalid confidence/)
  })
})
