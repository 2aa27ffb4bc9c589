import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ridits,
  StatisticsError,
  simulatedSlopeIndex,
  slopeIndex,
  slopeIndexInterval,
  slopeIndices,
} from '../index.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)

// The two areas of phe_sii's own example (PHEindicatormethods 2.1.0, help page): life expectancy by decile.
const area1 = {
  populations: of(7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534),
  values: of(75.9, 78.3, 83.8, 83.6, 80.5, 81.1, 81.7, 84.2, 80.6, 86.3),
  standardErrors: of(1.64, 1.58, 1.51, 1.78, 1.7, 1.56, 1.37, 1.4, 2.43, 1.57),
}
const area2 = {
  populations: of(21675, 20065, 19750, 24713, 20112, 19618, 22408, 19752, 18939, 19312),
  values: of(70.5, 71.6, 72.5, 73.5, 73.1, 76.2, 78.7, 80.6, 80.9, 80),
  standardErrors: of(0.23, 0.26, 0.3, 0.16, 0.79, 0.78, 0.4, 0.28, 0.23, 0.35),
}

const columns = fc.integer({ min: 2, max: 12 }).chain((n) =>
  fc.record({
    values: fc.float64Array({ minLength: n, maxLength: n, min: 0.01, max: 1000, noNaN: true }),
    populations: fc.float64Array({ minLength: n, maxLength: n, min: 1, max: 1e5, noNaN: true }),
  }),
)

describe('ridits', () => {
  it('is the middle of each range (phe_sii, help page: 12% then 10% lie at 0.06 and 0.17)', () => {
    const [first, second] = ridits(of(12, 10, 78))
    expect(first).toBeCloseTo(0.06, 12)
    expect(second).toBeCloseTo(0.17, 12)
  })

  it('has a weighted mean of a half', () => {
    fc.assert(
      fc.property(columns, ({ populations }) => {
        const total = populations.reduce((a, b) => a + b)
        const mean = ridits(populations).reduce(
          (a, r, i) => a + (r * (populations[i] as number)) / total,
          0,
        )
        expect(mean).toBeCloseTo(0.5, 10)
      }),
    )
  })

  it('names what cannot be', () => {
    expect(() => ridits(of())).toThrow(/invalid populations/)
    expect(() => ridits(of(0, 0))).toThrow(/invalid populations/)
    expect(() => ridits(of(1, -1))).toThrow(StatisticsError)
  })
})

describe('slope index of inequality', () => {
  it('is the weighted regression of phe_sii (its example, by numpy’s least squares)', () => {
    const one = slopeIndex(area1)
    expect(one.sii).toBeCloseTo(7.00023476007992, 9)
    expect(one.rii).toBeCloseTo(1.0897097049119417, 9)
    const two = slopeIndex(area2)
    expect(two.sii).toBeCloseTo(12.622738563631728, 9)
    expect(two.rii).toBeCloseTo(1.1820343480014972, 9)
  })

  it('turns the ends of the line back from logarithms', () => {
    const one = slopeIndex(area1, { scale: 'log' })
    expect(one.sii).toBeCloseTo(7.066241046488273, 9)
    expect(one.rii).toBeCloseTo(1.0905687146706788, 9)
    expect(one.foot).toBeCloseTo(78.02077209754131, 9)
  })

  it('gives analytic and simulated intervals that agree (numpy, 400,000 draws: 3.17 to 10.86)', () => {
    const formula = slopeIndexInterval(area1)
    const drawn = simulatedSlopeIndex(area1, { seed: 1 })
    expect(formula.sii.upper - formula.sii.value).toBeCloseTo(
      1.959963984540054 * 1.9626921183098553,
      9,
    )
    for (const each of [formula, drawn]) {
      expect(each.sii.lower).toBeCloseTo(3.16, 1)
      expect(each.sii.upper).toBeCloseTo(10.85, 1)
      expect(each.rii.lower).toBeCloseTo(1.04, 2)
      expect(each.rii.upper).toBeCloseTo(1.143, 2)
    }
  })

  it('draws the same for a seed, and tells how much its limits move', () => {
    const options = { seed: 5, repetitions: 2000, reliability: true }
    const one = simulatedSlopeIndex(area2, options)
    expect(simulatedSlopeIndex(area2, options)).toEqual(one)
    expect(simulatedSlopeIndex(area2, { ...options, seed: 6 }).sii.lower).not.toBe(one.sii.lower)
    expect(one.reliability?.sii).toBeGreaterThan(0)
    expect(one.reliability?.sii).toBeLessThan(0.1)
  })

  it('draws rates and proportions on their own scale', () => {
    const proportions = {
      values: of(0.3, 0.25, 0.22, 0.2, 0.15),
      populations: of(100, 110, 120, 90, 100),
      standardErrors: of(0.03, 0.03, 0.02, 0.02, 0.02),
    }
    const found = simulatedSlopeIndex(proportions, { seed: 1, errors: 'logit' })
    expect(found.sii.value).toBe(slopeIndex(proportions).sii)
    expect(found.sii.lower).toBeLessThan(found.sii.value)
    expect(found.sii.upper).toBeLessThan(0)
    const line = simulatedSlopeIndex(proportions, { seed: 1, errors: 'logit', scale: 'log' })
    expect(line.rii.upper).toBeLessThan(1)
  })

  it('is the same for many areas at once, NaN where one lacks a value', () => {
    const all = (a: Float64Array, b: Float64Array) => Float64Array.from([...a, ...b])
    const values = all(area1.values, area2.values)
    const populations = all(area1.populations, area2.populations)
    for (const scale of ['linear', 'log'] as const) {
      const found = slopeIndices(values, populations, 10, { scale })
      for (const [i, area] of [area1, area2].entries()) {
        expect(found.sii[i]).toBeCloseTo(slopeIndex(area, { scale }).sii, 9)
        expect(found.rii[i]).toBeCloseTo(slopeIndex(area, { scale }).rii, 9)
      }
    }
    values[3] = Number.NaN
    populations[13] = 0
    const none = slopeIndices(values, populations, 10)
    expect([...none.sii, ...none.rii].every(Number.isNaN)).toBe(true)
    expect(() => slopeIndices(of(1, 2, 3), of(1, 2, 3), 2)).toThrow(/invalid values/)
    expect(() => slopeIndices(of(1, 2), of(1, 2), 1)).toThrow(/invalid groups/)
  })

  it('is 0 and 1 at equality, and doubles with the values', () => {
    fc.assert(
      fc.property(columns, ({ values, populations }) => {
        for (const scale of ['linear', 'log'] as const) {
          const same = slopeIndex({ values: values.map(() => 7), populations }, { scale })
          expect(same.sii).toBeCloseTo(0, 8)
          expect(same.rii).toBeCloseTo(1, 8)
          const one = slopeIndex({ values, populations }, { scale })
          const twice = slopeIndex({ values: values.map((v) => 2 * v), populations }, { scale })
          const size = Math.max(1, Math.abs(one.sii))
          expect((twice.sii - 2 * one.sii) / size).toBeCloseTo(0, 6)
          if (scale === 'log') expect(twice.rii / one.rii).toBeCloseTo(1, 8)
        }
      }),
    )
  })

  it('names what cannot be', () => {
    const populations = of(1, 1)
    expect(() => slopeIndex({ values: of(1), populations: of(1) })).toThrow(/populations/)
    expect(() => slopeIndex({ values: of(1, Number.NaN), populations })).toThrow(/values/)
    expect(() => slopeIndex({ values: of(1, 0), populations }, { scale: 'log' })).toThrow(/values/)
    expect(() => slopeIndex({ values: of(0.5, 1), populations }, { scale: 'logit' })).toThrow(
      /values/,
    )
    expect(() => slopeIndex({ values: of(1, 2), populations: of(1, 0) })).toThrow(/populations/)
    const negative = { values: of(1, 2), populations, standardErrors: of(1, -1) }
    expect(() => slopeIndexInterval(negative)).toThrow(/standardErrors/)
    expect(() => simulatedSlopeIndex(area1, { seed: 1, repetitions: 10 })).toThrow(/repetitions/)
  })
})
