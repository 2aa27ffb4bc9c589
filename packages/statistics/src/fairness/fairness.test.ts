import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absoluteGap,
  concentrationIndex,
  disparityIndex,
  relativeGap,
  theilIndex,
  wilsonInterval,
} from '../index.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)

const columns = fc.integer({ min: 2, max: 12 }).chain((n) =>
  fc.record({
    values: fc.float64Array({ minLength: n, maxLength: n, min: 0.01, max: 1000, noNaN: true }),
    populations: fc.float64Array({ minLength: n, maxLength: n, min: 1, max: 1e5, noNaN: true }),
  }),
)

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

  it('has variants that keep to their definitions', () => {
    const mean = 118.8
    const generalised = concentrationIndex(india, { variant: 'generalised' }).value
    expect(generalised).toBeCloseTo(mean * -0.1694, 1)
    // Everyone gets 50 more: the generalised index stays.
    const more = { ...india, values: india.values.map((v) => v + 50) }
    expect(concentrationIndex(more, { variant: 'generalised' }).value).toBeCloseTo(generalised, 8)
    // Wagstaff's of a share is C / (1 - mean).
    const share = { ...india, values: india.values.map((v) => v / 1000) }
    const c = concentrationIndex(share).value
    const exact =
      share.values.reduce((a, v, i) => a + v * (share.weights[i] as number), 0) / 129_671
    const found = concentrationIndex(share, { variant: 'wagstaff' })
    expect(found.value).toBeCloseTo(c / (1 - exact), 10)
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
