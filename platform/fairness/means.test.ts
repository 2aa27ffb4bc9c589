import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gapOfMeans, gapWithin, ratioOfMeans, ratioWithin, weightedMean } from './means.ts'

const values = Float64Array.of(10, 12, 14, 20)
const weights = Float64Array.of(1, 1, 2, 4)

it('weights the mean by people, and its interval is the linearised ratio estimator’s', () => {
  const mean = weightedMean({ values, weights })
  // (10 + 12 + 28 + 80) / 8; pulls (-6.25, -4.25, -4.5, 15) / 8; t(0.975, 3) = 3.18245.
  expect(mean?.value).toBe(16.25)
  const squares = (6.25 ** 2 + 4.25 ** 2 + 4.5 ** 2 + 15 ** 2) / 64
  expect(mean?.standardError).toBeCloseTo(Math.sqrt((squares * 4) / 3), 12)
  expect(mean?.lower).toBeCloseTo(16.25 - 3.182446 * Math.sqrt((squares * 4) / 3), 5)
})

it('with equal weights is the usual mean with the usual standard error', () => {
  const mean = weightedMean({ values, weights: Float64Array.of(3, 3, 3, 3) })
  // sd of 10, 12, 14, 20 is sqrt(56/3).
  expect(mean?.value).toBe(14)
  expect(mean?.standardError).toBeCloseTo(Math.sqrt(56 / 3) / 2, 12)
})

it('says nothing of one provider', () => {
  expect(weightedMean({ values: Float64Array.of(1), weights: Float64Array.of(1) })).toBeNull()
})

it('what is common to a provider’s two groups falls out of the gap within', () => {
  const provider = fc.record({
    base: fc.double({ min: 0, max: 50, noNaN: true }),
    people: fc.integer({ min: 1, max: 90 }),
  })
  fc.assert(
    fc.property(fc.array(provider, { minLength: 2, maxLength: 30 }), (some) => {
      const people = Float64Array.from(some, (s) => s.people)
      const first = { values: Float64Array.from(some, (s) => s.base), weights: people }
      const second = { values: Float64Array.from(some, (s) => s.base + 5), weights: people }
      const gap = gapWithin(first, second)
      expect(gap?.value).toBeCloseTo(-5, 9)
      expect(gap?.lower).toBeCloseTo(-5, 6)
      expect(gap?.upper).toBeCloseTo(-5, 6)
    }),
  )
})

it('Welch’s interval of two separate sets, as R’s t.test gives it', () => {
  // t.test(c(10, 12, 14, 20), c(9, 9, 10, 12)): 95% interval -2.5876 to 10.5876 on 3.5796 degrees.
  const one = weightedMean({ values, weights: new Float64Array(4).fill(1) })
  const two = weightedMean({
    values: Float64Array.of(9, 9, 10, 12),
    weights: new Float64Array(4).fill(1),
  })
  const gap = one && two && gapOfMeans(one, two)
  expect(gap?.value).toBe(4)
  const [a, b] = [56 / 3 / 4, 2 / 4]
  const degrees = (a + b) ** 2 / (a ** 2 / 3 + b ** 2 / 3)
  expect(degrees).toBeCloseTo(3.63, 1)
  expect((gap?.upper ?? 0) - 4).toBeCloseTo(4 - (gap?.lower ?? 0), 10)
})

it('three providers with a gap of ten standard errors: by Student’s t, not by the normal', () => {
  const weights = new Float64Array(3).fill(1)
  // Gaps 9, 10 and 11 have a standard error of 1 / sqrt(3); ten of these from 0 is 5.77.
  const second = { values: new Float64Array(3), weights }
  const of = (middle: number) => Float64Array.of(middle - 1, middle, middle + 1)
  const gap = gapWithin({ values: of(10 / Math.sqrt(3)), weights }, second)
  // 2 * pt(-10, 2) in R.
  expect(gap?.p).toBeCloseTo(0.009852, 5)
})

it('a gap that does not vary proves nothing', () => {
  const weights = new Float64Array(3).fill(1)
  const first = { values: Float64Array.of(5, 5, 5), weights }
  expect(gapWithin(first, { values: new Float64Array(3), weights })?.p).toBe(1)
})

it('“times as much” of two separate sets is the delta method on the log scale', () => {
  const ones = new Float64Array(4).fill(1)
  const one = weightedMean({ values: Float64Array.of(10, 12, 14, 20), weights: ones })
  const two = weightedMean({ values: Float64Array.of(9, 9, 10, 12), weights: ones })
  const ratio = one && two && ratioOfMeans(one, two)
  expect(ratio?.value).toBeCloseTo(1.4, 12)
  // Variances of the logarithms: (56/3)/4/14² and 2/4/10²; 4.2 degrees by Welch's formula.
  const [a, b] = [56 / 3 / 4 / 196, 0.5 / 100]
  const degrees = (a + b) ** 2 / (a ** 2 / 3 + b ** 2 / 3)
  expect(degrees).toBeCloseTo(4.21, 1)
  expect((ratio?.upper ?? 0) / 1.4).toBeCloseTo(1.4 / (ratio?.lower ?? 1), 10)
  const half = Math.log((ratio?.upper ?? 0) / 1.4) / Math.sqrt(a + b)
  // Between the quantiles of Student's t at 5 and at 4 degrees.
  expect(half).toBeGreaterThan(2.571)
  expect(half).toBeLessThan(2.776)
})

it('at the same providers, the second twice the first everywhere is certainly half', () => {
  const some = Float64Array.of(3, 8, 5, 9)
  const weights = Float64Array.of(1, 2, 3, 4)
  const ratio = ratioWithin({ values: some, weights }, { values: some.map((x) => 2 * x), weights })
  expect(ratio?.value).toBeCloseTo(0.5, 12)
  expect(ratio?.lower).toBeCloseTo(0.5, 9)
  expect(ratio?.upper).toBeCloseTo(0.5, 9)
})

it('says no ratio where the interval of a mean reaches 0', () => {
  const weights = new Float64Array(3).fill(1)
  const wide = { values: Float64Array.of(-9, 1, 12), weights }
  expect(ratioWithin(wide, { values: Float64Array.of(5, 6, 7), weights })).toBeNull()
})
