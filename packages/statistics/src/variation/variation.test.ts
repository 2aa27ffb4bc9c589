import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bcg, lipCancer, rats } from '../../test/published.ts'
import {
  iSquared,
  medianOddsRatio,
  normalCdf,
  spreadOfProportions,
  spreadOfRates,
  spreadOfValues,
  systematicComponent,
} from '../index.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)

describe('I-squared', () => {
  it('is metafor’s 92.12% for the BCG trials', () => {
    const { iSquared: found } = spreadOfValues(bcg.values, bcg.standardErrors)
    expect(found.value).toBeCloseTo(0.9212, 4)
    expect(found.lower).toBeGreaterThan(0.88)
    expect(found.upper).toBeLessThan(0.95)
  })

  it('stays within 0 to 1 and holds its value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 5000 }),
        (q, units) => {
          const { value, lower, upper } = iSquared(q, units)
          expect(lower).toBeGreaterThanOrEqual(0)
          expect(lower).toBeLessThanOrEqual(value)
          expect(upper).toBeGreaterThanOrEqual(value)
          expect(upper).toBeLessThanOrEqual(1)
        },
      ),
    )
    expect(() => iSquared(Number.NaN, 3)).toThrow(/invalid q/)
    expect(() => iSquared(1, 0)).toThrow(/invalid units/)
  })
})

describe('median odds ratio', () => {
  it('is 1 without spread, and the median of the ratio of two units', () => {
    expect(medianOddsRatio(0)).toBe(1)
    // |difference| of two units is below ln MOR half the time.
    const sd = 0.7
    const at = Math.log(medianOddsRatio(sd)) / (Math.SQRT2 * sd)
    expect(2 * normalCdf(at) - 1).toBeCloseTo(0.5, 12)
    // Merlo and others (2006) write it exp(0.95 x sd).
    expect(Math.log(medianOddsRatio(1))).toBeCloseTo(0.9539, 4)
    // The documentation of R's GLMMmisc: a variance of 1.3 is a factor of 3.
    expect(medianOddsRatio(Math.sqrt(1.3))).toBeCloseTo(3, 1)
    expect(() => medianOddsRatio(-1)).toThrow(/invalid sd/)
  })
})

describe('systematic component of variation', () => {
  it('is the formula of McPherson and others, by hand', () => {
    // Ratios 0.5, 1.5, 1: squares 0.25 + 0.25 + 0, less 3 x 1/10, over 3.
    const { value } = systematicComponent(of(5, 15, 10), of(10, 10, 10), { seed: 1 })
    expect(value).toBeCloseTo((0.5 - 0.3) / 3, 12)
    const other = systematicComponent(of(5, 15, 10), of(1, 1, 1), {
      seed: 1,
      divisor: 'units-1',
      multiplier: 100,
    })
    expect(other.value).toBeCloseTo((100 * (0.5 - 0.3)) / 2, 10)
  })

  it('is below 0 where there is less than chance, and answers no events', () => {
    expect(systematicComponent(of(10, 10, 10), of(10, 10, 10), { seed: 1 }).value).toBeCloseTo(
      -0.1,
      12,
    )
    expect(systematicComponent(of(0, 0), of(1, 2), { seed: 1 }).value).toBe(0)
    expect(systematicComponent(of(4), of(2), { seed: 1 }).value).toBeCloseTo(-0.25, 12)
    expect(() => systematicComponent(of(4), of(2), { seed: 1, divisor: 'units-1' })).toThrow(
      /observed/,
    )
    expect(() => systematicComponent(of(4), of(0), { seed: 1 })).toThrow(/invalid expected/)
  })

  it('draws the same interval for a seed, about the value', () => {
    const one = systematicComponent(lipCancer.observed, lipCancer.expected, { seed: 3 })
    expect(systematicComponent(lipCancer.observed, lipCancer.expected, { seed: 3 })).toEqual(one)
    expect(one.lower).toBeLessThan(one.value)
    expect(one.upper).toBeGreaterThan(one.value)
  })
})

describe('spread', () => {
  it('takes the ratio and the median odds at the limits of the spread', () => {
    const found = spreadOfProportions(rats.counts, rats.ns)
    expect(found.betweenSd.value).toBeCloseTo(0.0836, 4)
    expect(found.ratio90To10.lower).toBeGreaterThan(1)
    expect(found.ratio90To10.value).toBeGreaterThan(found.ratio90To10.lower)
    expect(found.ratio90To10.upper).toBeGreaterThan(found.ratio90To10.value)
    expect(found.medianRatio.value).toBeGreaterThan(1.5)
    const cancer = spreadOfRates(lipCancer.observed, lipCancer.expected)
    expect(cancer.medianRatio.value).toBeGreaterThan(1.5)
    expect(cancer.iSquared.value).toBeGreaterThan(0.8)
  })

  it('does not change with the unit of exposure, but for the standard deviation', () => {
    const one = spreadOfRates(lipCancer.observed, lipCancer.expected)
    const other = spreadOfRates(
      lipCancer.observed,
      lipCancer.expected.map((e) => e * 1000),
    )
    expect(other.ratio90To10.value).toBeCloseTo(one.ratio90To10.value, 6)
    expect(other.medianRatio.upper).toBeCloseTo(one.medianRatio.upper, 6)
    expect(other.iSquared.value).toBeCloseTo(one.iSquared.value, 10)
    expect(other.betweenSd.value * 1000).toBeCloseTo(one.betweenSd.value, 6)
  })

  it('answers one unit, equal units, no events: no spread', () => {
    for (const found of [
      spreadOfProportions(of(3), of(10)),
      spreadOfProportions(of(0, 0), of(10, 10)),
      spreadOfProportions(of(5, 5), of(10, 10)),
      spreadOfRates(of(3), of(10)),
      spreadOfRates(of(0, 0), of(10, 10)),
    ]) {
      expect(found.betweenSd.value).toBe(0)
      expect(found.iSquared.value).toBe(0)
      expect(found.ratio90To10.value).toBe(1)
      expect(found.medianRatio.value).toBe(1)
      expect(found.medianRatio.upper).toBeGreaterThanOrEqual(1)
      expect(Object.values(found.medianRatio).some(Number.isNaN)).toBe(false)
    }
    expect(spreadOfValues(of(3), of(1)).ratio90To10?.value).toBe(1)
    expect(spreadOfValues(of(-3, 0, 3), of(1, 1, 1)).ratio90To10).toBeUndefined()
  })
})
