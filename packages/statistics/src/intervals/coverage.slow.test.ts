import { describe, expect, it } from 'vitest'
import { binomialChances, normalDraw, poissonChances } from '../../test/chances.ts'
import {
  byarInterval,
  clopperPearsonInterval,
  differenceOfProportions,
  differenceOfRates,
  exactPoissonInterval,
  type Interval,
  meanOf,
  poissonInterval,
  randomSource,
  ratioOfProportions,
  ratioOfRates,
  wilsonInterval,
} from '../index.ts'

// How often an interval holds the truth, worked out over all outcomes where they can be counted, which is
// what a simulation of endless length would give, else simulated.

const shares = Array.from({ length: 99 }, (_, i) => (i + 1) / 100)
const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length

function coverageOf(
  interval: (k: number, n: number) => Interval,
  n: number,
  truths: readonly number[] = shares,
): number[] {
  const limits = Array.from({ length: n + 1 }, (_, k) => interval(k, n))
  return truths.map((p) =>
    binomialChances(n, p).reduce((sum, chance, k) => {
      const { lower, upper } = limits[k] as Interval
      return sum + (lower <= p && p <= upper ? chance : 0)
    }, 0),
  )
}

describe('coverage at 95% of proportions', () => {
  it.each([5, 10, 20, 50, 200])(
    'of %s: Clopper and Pearson never below, Wilson on average',
    (n) => {
      const exact = coverageOf(clopperPearsonInterval, n)
      expect(Math.min(...exact)).toBeGreaterThanOrEqual(0.95 - 1e-9)
      const wilson = coverageOf(wilsonInterval, n)
      expect(mean(wilson)).toBeGreaterThan(0.945)
      expect(mean(wilson)).toBeLessThan(0.96)
      // Agresti and Coull (1998): its dips, near 0 and 1, go no deeper than about 0.83.
      expect(Math.min(...wilson)).toBeGreaterThan(0.83)
      expect(mean(wilson)).toBeLessThan(mean(exact))
    },
  )

  it('also at 99.8%', () => {
    const exact = coverageOf((k, n) => clopperPearsonInterval(k, n, 0.998), 100)
    expect(Math.min(...exact)).toBeGreaterThanOrEqual(0.998 - 1e-9)
    expect(mean(coverageOf((k, n) => wilsonInterval(k, n, 0.998), 100))).toBeGreaterThan(0.995)
  })
})

describe('coverage at 95% of counts of events', () => {
  const means = Array.from({ length: 60 }, (_, i) => 0.5 + i * 1.25)
  const coverage = (interval: (k: number) => Interval): number[] =>
    means.map((truth) =>
      poissonChances(truth).reduce((sum, chance, k) => {
        const { lower, upper } = interval(k)
        return sum + (lower <= truth && truth <= upper ? chance : 0)
      }, 0),
    )

  it('exact: never below; Byar, and Byar or exact: close to it', () => {
    expect(Math.min(...coverage((k) => exactPoissonInterval(k)))).toBeGreaterThanOrEqual(
      0.95 - 1e-9,
    )
    for (const interval of [byarInterval, poissonInterval]) {
      const found = coverage((k) => interval(k))
      expect(Math.min(...found)).toBeGreaterThan(0.945)
      expect(mean(found)).toBeLessThan(0.975)
    }
  })
})

describe('coverage at 95% of two proportions', () => {
  const groups = [
    [15, 25],
    [30, 30],
    [50, 20],
  ] as const
  const truths = [0.05, 0.15, 0.3, 0.5, 0.7, 0.9]

  function coverage(
    interval: (x1: number, n1: number, x2: number, n2: number) => Interval,
    truth: (p1: number, p2: number) => number,
  ): number[] {
    const found: number[] = []
    for (const [n1, n2] of groups) {
      const limits = Array.from({ length: (n1 + 1) * (n2 + 1) }, (_, at) =>
        interval(Math.floor(at / (n2 + 1)), n1, at % (n2 + 1), n2),
      )
      for (const p1 of truths) {
        for (const p2 of truths) {
          const one = binomialChances(n1, p1)
          const other = binomialChances(n2, p2)
          const right = truth(p1, p2)
          const held = limits.reduce((sum, { lower, upper }, at) => {
            const chance = (one[Math.floor(at / (n2 + 1))] ?? 0) * (other[at % (n2 + 1)] ?? 0)
            return sum + (lower <= right + 1e-12 && right - 1e-12 <= upper ? chance : 0)
          }, 0)
          found.push(held)
        }
      }
    }
    return found
  }

  it.each(['newcombe', 'mee', 'miettinen-nurminen'] as const)('difference, %s', (method) => {
    const found = coverage(
      (x1, n1, x2, n2) => differenceOfProportions(x1, n1, x2, n2, { method }),
      (p1, p2) => p1 - p2,
    )
    expect(mean(found)).toBeGreaterThan(0.94)
    expect(mean(found)).toBeLessThan(0.965)
    expect(Math.min(...found)).toBeGreaterThan(0.9)
  })

  it.each(['koopman', 'miettinen-nurminen'] as const)('ratio, %s', (method) => {
    const found = coverage(
      (x1, n1, x2, n2) => ratioOfProportions(x1, n1, x2, n2, { method }),
      (p1, p2) => p1 / p2,
    )
    expect(mean(found)).toBeGreaterThan(0.94)
    expect(mean(found)).toBeLessThan(0.975)
    expect(Math.min(...found)).toBeGreaterThan(0.92)
  })
})

describe('coverage at 95% of two rates', () => {
  const means = [3, 8, 15, 40]

  function coverage(
    interval: (x1: number, x2: number) => Interval,
    truth: (m1: number, m2: number) => number,
  ): number[] {
    return means.flatMap((m1) =>
      means.map((m2) => {
        const other = poissonChances(m2)
        const right = truth(m1, m2)
        return poissonChances(m1).reduce(
          (sum, chance, x1) =>
            sum +
            other.reduce((inner, also, x2) => {
              if (chance * also < 1e-12) return inner
              const { lower, upper } = interval(x1, x2)
              return inner + (lower <= right && right <= upper ? chance * also : 0)
            }, 0),
          0,
        )
      }),
    )
  }

  it('ratio: exact never below, score on average', () => {
    const ratio = (m1: number, m2: number): number => m1 / 2 / (m2 / 3)
    const exact = coverage((x1, x2) => ratioOfRates(x1, 2, x2, 3), ratio)
    expect(Math.min(...exact)).toBeGreaterThanOrEqual(0.95 - 1e-6)
    const score = coverage((x1, x2) => ratioOfRates(x1, 2, x2, 3, { method: 'score' }), ratio)
    expect(mean(score)).toBeGreaterThan(0.94)
    expect(mean(score)).toBeLessThan(0.965)
  })

  it('difference by MOVER', () => {
    const found = coverage(
      (x1, x2) => differenceOfRates(x1, 2, x2, 3, { multiplier: 1 }),
      (m1, m2) => m1 / 2 - m2 / 3,
    )
    expect(Math.min(...found)).toBeGreaterThan(0.935)
    expect(mean(found)).toBeGreaterThan(0.95)
    expect(mean(found)).toBeLessThan(0.98)
  })
})

describe('coverage of means', () => {
  it.each([2, 5, 30])('of %s normal values, simulated 40,000 times', (n) => {
    const source = randomSource(95, n)
    const values = new Float64Array(n)
    const times = 40_000
    let held95 = 0
    let held998 = 0
    for (let i = 0; i < times; i++) {
      for (let k = 0; k < n; k++) values[k] = 7 + 3 * normalDraw(source)
      const at95 = meanOf(values)
      const at998 = meanOf(values, 0.998)
      if (at95.lower <= 7 && 7 <= at95.upper) held95 += 1
      if (at998.lower <= 7 && 7 <= at998.upper) held998 += 1
    }
    // Four standard errors of a simulated share.
    expect(Math.abs(held95 / times - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / times))
    expect(Math.abs(held998 / times - 0.998)).toBeLessThan(4 * Math.sqrt((0.998 * 0.002) / times))
  })
})
