import { categoriesOf, estimateProportion, isRefused, sampleDesign } from '@plumbline/weights'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishedShare, stratifiedShare, told } from './published-share.ts'

const part = fc.record({
  people: fc.integer({ min: 1, max: 900 }),
  answered: fc.integer({ min: 1, max: 30 }),
  satisfied: fc.integer({ min: 0, max: 30 }),
})

function weightsOf(parts: readonly { readonly people: number }[]): number[] {
  const people = parts.reduce((n, p) => n + p.people, 0)
  return parts.map((p) => p.people / people)
}

/** How likely each number of satisfied people is, of so many who answer and are satisfied so often. */
function binomial(n: number, p: number): number[] {
  const chances: number[] = []
  let ways = 1
  for (let k = 0; k <= n; k++) {
    chances.push(ways * p ** k * (1 - p) ** (n - k))
    ways = (ways * (n - k)) / (k + 1)
  }
  return chances
}

describe('a share by parts, in one step for each', () => {
  it('is what the package of weights estimates from single answers', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        const weights = weightsOf(parts)
        const answered = parts.map((p) => p.answered)
        const satisfied = parts.map((p) => Math.min(p.satisfied, p.answered))
        const each = answered.flatMap((n, h) =>
          Array.from({ length: n }, (_, i) => ({ h, has: i < (satisfied[h] as number) ? 1 : 0 })),
        )
        const design = sampleDesign({
          weights: Float64Array.from(each, ({ h }) => (weights[h] as number) / (answered[h] ?? 0)),
          strata: categoriesOf(each.map(({ h }) => `part ${h}`)),
          lonely: 'centre',
        })
        const own = stratifiedShare(weights, { answered, satisfied })
        const estimate = isRefused(design)
          ? design
          : estimateProportion(
              design,
              Float64Array.from(each, (e) => e.has),
            )
        if (isRefused(estimate)) {
          expect(own.degrees, estimate.sentence).toBeLessThan(1)
          return
        }
        expect(own.share).toBeCloseTo(estimate.value, 9)
        expect(own.variance).toBeCloseTo(estimate.standardError ** 2, 9)
        expect(own.effective).toBeCloseTo(estimate.effectiveSize, 6)
        expect(own.degrees).toBe(estimate.degrees)
      }),
    )
  })

  it('has limits in whole per cent that hold it, and are wider the less the answers are worth', () => {
    for (let percent = 0; percent <= 100; percent++) {
      let before = { lower95: 0, upper95: 100 }
      for (let worth = 5; worth <= 200; worth += 5) {
        const { lower95, upper95 } = publishedShare({ percent, worth })
        expect([lower95, upper95].every(Number.isInteger)).toBe(true)
        expect(lower95).toBeGreaterThanOrEqual(Math.max(0, before.lower95))
        expect(upper95).toBeLessThanOrEqual(Math.min(100, before.upper95))
        expect(lower95).toBeLessThanOrEqual(percent)
        expect(upper95).toBeGreaterThanOrEqual(percent)
        before = { lower95, upper95 }
      }
    }
  })
})

/** How often the limits hold the true share of two parts, added up over all that may be answered; always where hidden. */
function coverage(weights: number[], answered: number[], shares: number[]): number {
  const truth = 100 * weights.reduce((sum, w, h) => sum + w * (shares[h] ?? 0), 0)
  const [first, second] = answered.map((n, h) => binomial(n, shares[h] ?? 0)) as [
    number[],
    number[],
  ]
  return first
    .flatMap((one, a) =>
      second.map((other, b) => {
        const found = told(weights, { answered, satisfied: [a, b] })
        if (found.worth === 0) return one * other
        const { lower95, upper95 } = publishedShare(found)
        return lower95 <= truth + 1e-9 && truth - 1e-9 <= upper95 ? one * other : 0
      }),
    )
    .reduce((a, b) => a + b, 0)
}

describe('the limits of a share by parts', () => {
  const shares = [0.05, 0.2, 0.5, 0.8, 0.95]
  it.each([
    [
      [0.72, 0.28],
      [24, 16],
    ],
    [
      [0.5, 0.5],
      [10, 30],
    ],
    [
      [0.9, 0.1],
      [20, 20],
    ],
    [
      [0.7, 0.3],
      [60, 40],
    ],
  ])('hold the true share 95 times in 100 at least: %j, %j answers', (weights, answered) => {
    for (const first of shares)
      for (const second of shares)
        expect(coverage(weights, answered, [first, second])).toBeGreaterThan(0.95)
  })
})
