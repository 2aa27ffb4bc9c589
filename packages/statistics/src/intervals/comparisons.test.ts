import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clopperPearsonInterval,
  clopperPearsonIntervals,
  differenceOfProportions,
  differenceOfRates,
  differencesOfProportions,
  differencesOfRates,
  type Interval,
  meanInterval,
  meanOf,
  observedOverExpected,
  observedOverExpecteds,
  poissonInterval,
  rateInterval,
  ratioOfIntervals,
  ratioOfProportions,
  ratioOfRates,
  ratiosOfProportions,
  ratiosOfRates,
  StatisticsError,
  wilsonInterval,
} from '../index.ts'

const proportion = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
const pairs = fc.tuple(proportion, proportion)
const rate = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 1_000_000 }))

const one = (x: number): Float64Array => Float64Array.of(x)
const first = (columns: { lower: Float64Array; upper: Float64Array }): Interval => ({
  lower: columns.lower[0] as number,
  upper: columns.upper[0] as number,
})

describe('Clopper and Pearson', () => {
  it('gives the textbook figures (Newcombe 1998, table I, method 5)', () => {
    for (const [count, n, lower, upper] of [
      [81, 263, 0.2527, 0.3676],
      [15, 148, 0.0578, 0.1617],
      [0, 20, 0, 0.1684],
      [1, 29, 0.0009, 0.1776],
    ] as const) {
      const found = clopperPearsonInterval(count, n)
      expect(found.lower).toBeCloseTo(lower, 4)
      expect(found.upper).toBeCloseTo(upper, 4)
    }
  })

  it('holds the proportion, is symmetric, and is wider than Wilson’s at one end at least', () => {
    fc.assert(
      fc.property(proportion, ([k, n]) => {
        const exact = clopperPearsonInterval(k, n)
        expect(exact.lower).toBeLessThanOrEqual(k / n)
        expect(exact.upper).toBeGreaterThanOrEqual(k / n)
        expect(exact.lower).toBeCloseTo(1 - clopperPearsonInterval(n - k, n).upper, 9)
        const wilson = wilsonInterval(k, n)
        expect(exact.lower < wilson.lower || exact.upper > wilson.upper || k % n === 0).toBe(true)
        expect(first(clopperPearsonIntervals(one(k), one(n)))).toEqual(exact)
      }),
    )
  })

  it('narrows with n', () => {
    const width = (n: number): number => {
      const { lower, upper } = clopperPearsonInterval(n / 4, n)
      return upper - lower
    }
    for (let n = 4; n < 100_000; n *= 2) expect(width(2 * n)).toBeLessThan(width(n))
  })

  it('refuses what is no proportion, and says NaN of it in bulk', () => {
    expect(() => clopperPearsonInterval(1, 0)).toThrow(/invalid n/)
    expect(() => clopperPearsonInterval(-1, 2)).toThrow(/invalid count/)
    const none = clopperPearsonIntervals(Float64Array.of(1, -1, 3), Float64Array.of(0, 2, 2))
    expect([...none.lower, ...none.upper].every(Number.isNaN)).toBe(true)
  })
})

describe('means', () => {
  it('have answers for equal values and none for one', () => {
    expect(meanOf(Float64Array.of(3, 3, 3))).toEqual({ value: 3, lower: 3, upper: 3 })
    expect(() => meanOf(Float64Array.of(3))).toThrow(/invalid n/)
    expect(() => meanOf(new Float64Array())).toThrow(/invalid values/)
    expect(() => meanInterval(1, -1, 5)).toThrow(/invalid deviation/)
    expect(() => meanInterval(Number.NaN, 1, 5)).toThrow(/invalid mean/)
  })
})

describe('differences of proportions', () => {
  it('are Newcombe’s published figures (1998, table II)', () => {
    for (const [x1, n1, x2, n2, method, lower, upper] of [
      [56, 70, 48, 80, 'newcombe', 0.0524, 0.3339],
      [9, 10, 3, 10, 'newcombe', 0.1705, 0.809],
      [6, 7, 2, 7, 'newcombe', 0.0582, 0.8062],
      [5, 56, 0, 29, 'newcombe', -0.0381, 0.1926],
      [0, 10, 0, 20, 'newcombe', -0.1611, 0.2775],
      [10, 10, 0, 20, 'newcombe', 0.6791, 1],
      [10, 10, 0, 10, 'newcombe', 0.6075, 1],
      [56, 70, 48, 80, 'mee', 0.0533, 0.3377],
      [9, 10, 3, 10, 'mee', 0.1821, 0.837],
      [56, 70, 48, 80, 'miettinen-nurminen', 0.0528, 0.3382],
      [9, 10, 3, 10, 'miettinen-nurminen', 0.17, 0.8406],
    ] as const) {
      const found = differenceOfProportions(x1, n1, x2, n2, { method })
      expect(found.lower).toBeCloseTo(lower, 4)
      expect(found.upper).toBeCloseTo(upper, 4)
    }
  })

  it.each(['newcombe', 'mee', 'miettinen-nurminen'] as const)(
    'by %s hold the difference, turn with the groups, stay within -1 to 1, are the same in bulk',
    (method) => {
      fc.assert(
        fc.property(pairs, ([[x1, n1], [x2, n2]]) => {
          const found = differenceOfProportions(x1, n1, x2, n2, { method })
          const d = x1 / n1 - x2 / n2
          expect(found.lower).toBeLessThanOrEqual(d + 1e-12)
          expect(found.upper).toBeGreaterThanOrEqual(d - 1e-12)
          expect(found.lower).toBeGreaterThanOrEqual(-1 - 1e-12)
          expect(found.upper).toBeLessThanOrEqual(1 + 1e-12)
          const turned = differenceOfProportions(x2, n2, x1, n1, { method })
          expect(turned.lower).toBeCloseTo(-found.upper, 9)
          const options = { method }
          expect(
            first(differencesOfProportions(one(x1), one(n1), one(x2), one(n2), options)),
          ).toEqual(found)
        }),
      )
    },
  )

  it('by the score stop where the likelihood under that difference, searched for, says z', () => {
    const likeliest = (d: number, x1: number, n1: number, x2: number, n2: number): number => {
      let best = Number.NEGATIVE_INFINITY
      let at = 0
      for (let i = 1; i < 200_000; i++) {
        const p2 = i / 200_000
        const p1 = p2 + d
        if (p1 <= 0 || p1 >= 1) continue
        const log =
          x1 * Math.log(p1) +
          (n1 - x1) * Math.log(1 - p1) +
          x2 * Math.log(p2) +
          (n2 - x2) * Math.log(1 - p2)
        if (log > best) {
          best = log
          at = p2
        }
      }
      return at
    }
    for (const [x1, n1, x2, n2] of [
      [9, 10, 3, 10],
      [1, 30, 7, 11],
      [56, 70, 48, 80],
    ] as const) {
      const { lower } = differenceOfProportions(x1, n1, x2, n2, { method: 'mee' })
      const p2 = likeliest(lower, x1, n1, x2, n2)
      const p1 = p2 + lower
      const z = (x1 / n1 - x2 / n2 - lower) / Math.sqrt((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2)
      expect(z).toBeCloseTo(1.959964, 3)
    }
  })
})

describe('ratios of proportions', () => {
  it('are Koopman’s published figures (1984: 36 of 40 and 16 of 80)', () => {
    const found = ratioOfProportions(36, 40, 16, 80)
    expect(found.lower).toBeCloseTo(2.94, 2)
    expect(found.upper).toBeCloseTo(7.15, 2)
  })

  it('hold the ratio, turn with the groups, are the same in bulk', () => {
    fc.assert(
      fc.property(pairs, ([[x1, n1], [x2, n2]]) => {
        const found = ratioOfProportions(x1, n1, x2, n2)
        if (x1 > 0 && x2 > 0) {
          const ratio = x1 / n1 / (x2 / n2)
          expect(found.lower).toBeLessThanOrEqual(ratio * (1 + 1e-9))
          expect(found.upper).toBeGreaterThanOrEqual(ratio * (1 - 1e-9))
          expect(ratioOfProportions(x2, n2, x1, n1).lower * found.upper).toBeCloseTo(1, 6)
          const wide = ratioOfProportions(x1, n1, x2, n2, { method: 'miettinen-nurminen' })
          expect(wide.lower).toBeLessThanOrEqual(found.lower * (1 + 1e-9))
        }
        expect(first(ratiosOfProportions(one(x1), one(n1), one(x2), one(n2)))).toEqual(found)
      }),
    )
  })

  it('have answers for counts of 0 and for all', () => {
    expect(ratioOfProportions(0, 10, 0, 20)).toEqual({ lower: 0, upper: Number.POSITIVE_INFINITY })
    expect(ratioOfProportions(5, 10, 0, 20).upper).toBe(Number.POSITIVE_INFINITY)
    expect(ratioOfProportions(5, 10, 0, 20).lower).toBeGreaterThan(0)
    expect(ratioOfProportions(0, 10, 5, 20).lower).toBe(0)
    expect(Number.isFinite(ratioOfProportions(0, 10, 5, 20).upper)).toBe(true)
    expect(ratioOfProportions(5, 5, 5, 5).upper).toBeCloseTo(1 / 0.5655175352168, 9)
  })
})

describe('rates', () => {
  it('in ratio are R’s poisson.test(c(11, 21), c(800, 3011))', () => {
    const found = ratioOfRates(11, 800, 21, 3011)
    expect(found.lower).toBeCloseTo(0.8584264, 6)
    expect(found.upper).toBeCloseTo(4.277266, 5)
  })

  it('over what was expected are R’s poisson.test(137, 24.19893): Welsh nickel workers', () => {
    // Breslow and Day (1987), volume II; the value and its exact limits as R gives them.
    const found = observedOverExpected(137, 24.19893, { method: 'exact' })
    expect(found.value).toBeCloseTo(5.661407, 6)
    expect(found.lower).toBeCloseTo(4.753125, 6)
    expect(found.upper).toBeCloseTo(6.692709, 6)
  })

  it('in difference and ratio hold the value, turn with the groups, are the same in bulk', () => {
    fc.assert(
      fc.property(rate, rate, ([x1, t1], [x2, t2]) => {
        const difference = differenceOfRates(x1, t1, x2, t2, { multiplier: 1 })
        const d = x1 / t1 - x2 / t2
        expect(difference.lower).toBeLessThanOrEqual(d)
        expect(difference.upper).toBeGreaterThanOrEqual(d)
        expect(first(differencesOfRates(one(x1), one(t1), one(x2), one(t2)))).toEqual(
          differenceOfRates(x1, t1, x2, t2),
        )
        for (const method of ['exact', 'score'] as const) {
          const ratio = ratioOfRates(x1, t1, x2, t2, { method })
          if (x1 > 0 && x2 > 0) {
            expect(ratio.lower).toBeLessThan(x1 / t1 / (x2 / t2))
            expect(ratio.upper).toBeGreaterThan(x1 / t1 / (x2 / t2))
            expect(ratioOfRates(x2, t2, x1, t1, { method }).lower * ratio.upper).toBeCloseTo(1, 9)
          }
          expect(first(ratiosOfRates(one(x1), one(t1), one(x2), one(t2), { method }))).toEqual(
            ratio,
          )
        }
      }),
    )
  })

  it('and ratios to what was expected are the limits of the count over the denominator', () => {
    fc.assert(
      fc.property(rate, ([x, t]) => {
        const { lower, upper } = poissonInterval(x)
        expect(rateInterval(x, t, { multiplier: 1 }).lower).toBeCloseTo(lower / t, 9)
        expect(observedOverExpected(x, t).upper).toBeCloseTo(upper / t, 9)
        expect(first(observedOverExpecteds(one(x), one(t)))).toEqual({
          lower: observedOverExpected(x, t).lower,
          upper: observedOverExpected(x, t).upper,
        })
      }),
    )
  })

  it('refuse what cannot be, naming the argument', () => {
    expect(() => rateInterval(1, 0)).toThrow(/invalid denominator/)
    expect(() => rateInterval(-1, 1)).toThrow(/invalid count/)
    expect(() => differenceOfRates(1, 1, Number.POSITIVE_INFINITY, 1)).toThrow(/invalid count2/)
    expect(() => ratioOfRates(1, 1, 1, 0)).toThrow(/invalid denominator2/)
    expect(() => differenceOfProportions(1, 2, 3, 2)).toThrow(/invalid count2/)
    expect(() => ratioOfProportions(1, 0, 1, 2)).toThrow(/invalid n1/)
    expect(() => observedOverExpected(1, 0)).toThrow(StatisticsError)
    expect(() => differencesOfRates(one(1), one(1), new Float64Array(2), one(1))).toThrow(
      /invalid counts2/,
    )
  })
})

describe('ratio of intervals', () => {
  const estimate = fc
    .tuple(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .chain(([value, below]) =>
      fc.record({
        value: fc.constant(value),
        lower: fc.constant(value * below),
        upper: fc.double({ min: value, max: value * 5, noNaN: true }),
      }),
    )

  it('holds the ratio', () => {
    fc.assert(
      fc.property(estimate, estimate, (a, b) => {
        const found = ratioOfIntervals(a, b)
        expect(found.lower).toBeLessThanOrEqual((a.value / b.value) * (1 + 1e-9))
        expect(found.upper).toBeGreaterThanOrEqual((a.value / b.value) * (1 - 1e-9))
        expect(found.lower).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is that of a, divided, where b is known exactly', () => {
    const found = ratioOfIntervals(
      { value: 6, lower: 4, upper: 9 },
      { value: 2, lower: 2, upper: 2 },
    )
    expect(found.lower).toBeCloseTo(2, 12)
    expect(found.upper).toBeCloseTo(4.5, 12)
  })
})
