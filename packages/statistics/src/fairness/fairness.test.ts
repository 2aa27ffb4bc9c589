import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absoluteGap,
  concentrationIndex,
  disparityIndex,
  relativeGap,
  ridits,
  StatisticsError,
  simulatedSlopeIndex,
  slopeIndex,
  slopeIndexInterval,
  theilIndex,
  wilsonInterval,
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

describe('gaps', () => {
  const group = (k: number, n: number) => ({ value: k / n, ...wilsonInterval(k, n) })

  it('is the difference with Newcombe’s limits, and the ratio with limits about it', () => {
    expect(absoluteGap(group(56, 70), group(48, 80)).lower).toBeCloseTo(0.0524, 4)
    const ratio = relativeGap(group(56, 70), group(48, 80))
    expect(ratio.value).toBeCloseTo(0.8 / 0.6, 12)
    // MOVER-R solves a/b = R where R's own difference a - R b has 0 as its limit.
    for (const end of [ratio.lower, ratio.upper]) {
      const a = group(56, 70)
      const b = group(48, 80)
      const scaled = { value: b.value * end, lower: b.lower * end, upper: b.upper * end }
      const gap = absoluteGap(a, scaled)
      expect(Math.min(Math.abs(gap.lower), Math.abs(gap.upper))).toBeCloseTo(0, 10)
    }
  })

  it('has a least and no greatest where the second group could be 0', () => {
    const found = relativeGap({ value: 5, lower: 4, upper: 6 }, { value: 1, lower: 0, upper: 3 })
    expect(found.lower).toBeGreaterThan(0)
    expect(found.upper).toBe(Number.POSITIVE_INFINITY)
    expect(() => relativeGap(group(1, 5), { value: 0, lower: 0, upper: 1 })).toThrow(/invalid b/)
    expect(() => absoluteGap({ value: 5, lower: 6, upper: 7 }, group(1, 5))).toThrow(/invalid a/)
  })

  it('holds its value', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
    fc.assert(
      fc.property(counts, ([a, b]) => {
        const ratio = relativeGap(group(a, 100), group(b, 100))
        expect(ratio.lower).toBeLessThanOrEqual(ratio.value + 1e-9)
        expect(ratio.upper).toBeGreaterThanOrEqual(ratio.value - 1e-9)
      }),
    )
  })
})

describe('concentration index', () => {
  // Under-five deaths in India by wealth (O'Donnell and others 2008, table 8.1; World Bank note 7).
  const india = {
    values: of(154.7, 152.9, 119.5, 86.9, 54.3),
    weights: of(29939, 28776, 26528, 24689, 19739),
  }

  it('is the published -0.1694', () => {
    expect(concentrationIndex(india).value).toBeCloseTo(-0.1694, 4)
  })

  it('is 0 at equality, does not change with scale, and changes sign when the ranking is turned', () => {
    fc.assert(
      fc.property(columns, ({ values, populations }) => {
        const one = concentrationIndex({ values, weights: populations })
        expect(Math.abs(one.value)).toBeLessThanOrEqual(1)
        expect(one.lower).toBeLessThanOrEqual(one.value)
        const twice = concentrationIndex({ values: values.map((v) => v * 2), weights: populations })
        expect(twice.value).toBeCloseTo(one.value, 10)
        expect(twice.standardError).toBeCloseTo(one.standardError, 8)
        const turned = concentrationIndex({
          values: values.slice().reverse(),
          weights: populations.slice().reverse(),
        })
        expect(turned.value).toBeCloseTo(-one.value, 10)
        expect(
          concentrationIndex({ values: values.map(() => 3), weights: populations }).value,
        ).toBeCloseTo(0, 10)
      }),
    )
  })

  it('Erreygers is the same for health and ill health, with the sign changed', () => {
    fc.assert(
      fc.property(columns, ({ values, populations }) => {
        const health = values.map((v) => v / 1000)
        const options = { variant: 'erreygers' } as const
        const one = concentrationIndex({ values: health, weights: populations }, options)
        const other = concentrationIndex(
          { values: health.map((v) => 1 - v), weights: populations },
          options,
        )
        expect(other.value).toBeCloseTo(-one.value, 10)
      }),
    )
    const per1000 = { variant: 'erreygers', bounds: [0, 1000] } as const
    const mean = 118.8
    expect(concentrationIndex(india, per1000).value).toBeCloseTo((4 * mean * -0.1694) / 1000, 3)
  })

  it('is wider where the groups’ own errors are told', () => {
    const few = { values: of(3, 2, 1), weights: of(100, 100, 100) }
    const told = concentrationIndex({ ...few, standardErrors: of(0.2, 0.2, 0.2) })
    const sure = concentrationIndex({ ...few, standardErrors: of(0, 0, 0) })
    expect(told.standardError).toBeGreaterThan(sure.standardError)
  })

  it('names what cannot be, and answers one person', () => {
    expect(concentrationIndex({ values: of(4) }).value).toBe(0)
    expect(() => concentrationIndex({ values: of(0, 0) })).toThrow(/invalid values/)
    expect(concentrationIndex({ values: of(0, 0) }, { variant: 'erreygers' }).value).toBe(0)
    expect(() => concentrationIndex({ values: of(1, 2) }, { variant: 'erreygers' })).toThrow(
      /values/,
    )
    expect(() => concentrationIndex({ values: of(1, 1) }, { variant: 'wagstaff' })).toThrow(
      /values/,
    )
  })
})

describe('Theil', () => {
  it('is 0 at equality and ln n when one has everything', () => {
    expect(theilIndex({ values: of(2, 2, 2) })).toEqual({ total: 0, between: 0, within: 0 })
    expect(theilIndex({ values: of(0, 0, 0, 5) }).total).toBeCloseTo(Math.log(4), 12)
  })

  it('adds up, and does not change with the scale of values or weights', () => {
    fc.assert(
      fc.property(columns, ({ values, populations }) => {
        for (const index of ['T', 'L'] as const) {
          const groups = Uint32Array.from(values, (_, i) => i % 3)
          const one = theilIndex({ values, weights: populations, groups }, { index })
          expect(one.within).toBeGreaterThanOrEqual(0)
          expect(one.between + one.within).toBeCloseTo(one.total, 12)
          const scaled = {
            values: values.map((v) => v * 5),
            weights: populations.map((v) => v * 3),
            groups,
          }
          expect(theilIndex(scaled, { index }).between).toBeCloseTo(one.between, 8)
          const apart = Uint32Array.from(values, (_, i) => i)
          const alone = theilIndex({ values, weights: populations, groups: apart }, { index })
          expect(alone.within).toBeCloseTo(0, 10)
        }
      }),
    )
  })

  it('takes zeros as it is told', () => {
    const values = of(0, 1, 3)
    expect(theilIndex({ values }, { zeros: 'drop' }).total).toBeCloseTo(
      theilIndex({ values: of(1, 3) }).total,
      12,
    )
    expect(() => theilIndex({ values }, { index: 'L' })).toThrow(/invalid values/)
    expect(() => theilIndex({ values }, { zeros: 'error' })).toThrow(/invalid values/)
    expect(() => theilIndex({ values: of(0, 0) })).toThrow(/invalid values/)
    expect(() => theilIndex({ values: of(1, -1) })).toThrow(/invalid values/)
  })
})

describe('index of disparity', () => {
  it('is the mean distance from the reference, in per cent of it', () => {
    expect(disparityIndex(of(8, 10, 12))).toBeCloseTo(40 / 3, 12)
    expect(disparityIndex(of(8, 10, 12), of(1, 1, 1), { reference: 'best-low' })).toBeCloseTo(
      37.5,
      12,
    )
    expect(disparityIndex(of(8, 10, 12), of(1, 1, 1), { reference: 'best-high' })).toBeCloseTo(
      25,
      12,
    )
  })

  it('is 0 at equality and for one group, and names a reference of 0', () => {
    expect(disparityIndex(of(5, 5, 5))).toBe(0)
    expect(disparityIndex(of(5), of(1), { reference: 'best-low' })).toBe(0)
    expect(() => disparityIndex(of(0, 0))).toThrow(/invalid reference/)
  })
})
