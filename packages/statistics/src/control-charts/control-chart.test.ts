import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relative } from '../../test/golden.ts'
import {
  assuranceAt,
  assurances,
  controlChart,
  controlCharts,
  rule,
  StatisticsError,
  variationAt,
  variations,
} from '../index.ts'

const of = (...values: number[]): Float64Array => Float64Array.from(values)

describe('limits as published', () => {
  // NHSRplotthedots, tests/testthat/_snaps/ptd_spc.md: set.seed(123); rnorm(20).
  const normal = of(
    ...[-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621],
    ...[-1.26506123, -0.68685285, -0.44566197, 1.2240818, 0.35981383, 0.40077145, 0.11068272],
    ...[-0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.7013559, -0.47279141],
  )

  it('by NHSRplotthedots, whole and in two steps', () => {
    const whole = controlChart(normal, undefined, { improvement: 'increase', target: 0.5 })
    expect(whole.centre[0]).toBeCloseTo(0.142, 3)
    expect(whole.lower[19]).toBeCloseTo(-3.01, 2)
    expect(whole.upper[0]).toBeCloseTo(3.29, 2)
    expect([...whole.flags]).toEqual(new Array(20).fill(0))
    expect(whole.variation).toBe('common-cause')
    expect(whole.assurance).toBe('inconsistent')
    const steps = controlChart(normal, undefined, { steps: [10] })
    expect(steps.centre[9]).toBeCloseTo(0.0746, 4)
    expect(steps.lower[9]).toBeCloseTo(-2.6, 2)
    expect(steps.upper[9]).toBeCloseTo(2.75, 2)
    expect(steps.centre[10]).toBeCloseTo(0.209, 3)
    expect(steps.lower[19]).toBeCloseTo(-3.28, 2)
    expect(steps.upper[19]).toBeCloseTo(3.7, 2)
  })

  it('by Montgomery (7th edition): loan costs, example 6.5', () => {
    const costs = of(
      ...[310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306],
      ...[301, 304],
    )
    const found = controlChart(costs, undefined, { factor: 3 / 1.128, screen: false })
    expect(found.centre[0]).toBeCloseTo(300.5, 1)
    expect(found.upper[0]).toBeCloseTo(321.22, 1)
    expect(found.lower[0]).toBeCloseTo(279.78, 1)
  })

  it('by Montgomery: proportions (7.1), counts (7.3) and rates (7.4)', () => {
    const cans = of(
      ...[
        12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9,
      ],
      ...[12, 7, 13, 9, 6],
    )
    const p = controlChart(cans, new Float64Array(30).fill(50), { kind: 'p' })
    expect(p.centre[0]).toBeCloseTo(0.2313, 4)
    expect(p.upper[0]).toBeCloseTo(0.4102, 4)
    expect(p.lower[0]).toBeCloseTo(0.0524, 4)
    expect(Array.from(p.flags, (f, i) => (f & rule.outside ? i + 1 : 0)).filter(Boolean)).toEqual([
      15, 23,
    ])
    const boards = of(
      ...[
        21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16,
      ],
      ...[19, 17, 15],
    )
    const c = controlChart(boards, undefined, { kind: 'c' })
    expect(c.centre[0]).toBeCloseTo(19.85, 2)
    expect(c.upper[0]).toBeCloseTo(33.21, 1)
    expect(c.lower[0]).toBeCloseTo(6.48, 2)
    expect(Array.from(c.flags, (f, i) => (f & rule.outside ? i + 1 : 0)).filter(Boolean)).toEqual([
      6, 20,
    ])
    const shipments = of(2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4)
    const u = controlChart(shipments, new Float64Array(20).fill(50), { kind: 'u' })
    expect(u.centre[0]).toBeCloseTo(0.074, 4)
    expect(u.upper[0]).toBeCloseTo(0.1894, 4)
    expect(u.lower[0]).toBe(0)
  })

  it('by qicharts2’s formulas for g, t and the primes', () => {
    const g = controlChart(of(3, 10, 4, 7, 26), undefined, { kind: 'g' })
    expect(g.centre[0]).toBe(7)
    expect(g.upper[0]).toBeCloseTo(10 + 3 * Math.sqrt(110), 12)
    expect(g.lower[0]).toBe(0)
    const times = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8]
    const t = controlChart(of(...times), undefined, { kind: 't' })
    const y = times.map((x) => x ** (1 / 3.6))
    const mean = y.reduce((a, b) => a + b, 0) / 10
    const range = y.slice(1).reduce((a, b, i) => a + Math.abs(b - (y[i] as number)), 0) / 9
    expect(t.value[0]).toBeCloseTo(286, 9)
    expect(relative(t.centre[0] as number, mean ** 3.6)).toBeLessThan(1e-12)
    expect(relative(t.upper[3] as number, (mean + (3 * range) / 1.128) ** 3.6)).toBeLessThan(1e-12)
    expect(t.lower[0]).toBe(0)
    const counts = [50, 70, 40, 66]
    const ns = [1000, 1200, 900, 1100]
    const middle = 226 / 4200
    const sd = ns.map((n) => Math.sqrt((middle * (1 - middle)) / n))
    const z = counts.map((x, i) => (x / (ns[i] as number) - middle) / (sd[i] as number))
    const spread = z.slice(1).reduce((a, b, i) => a + Math.abs(b - (z[i] as number)), 0) / 3 / 1.128
    const prime = controlChart(of(...counts), of(...ns), { kind: 'p-prime' })
    expect(prime.upper[1]).toBeCloseTo(middle + 3 * (sd[1] as number) * spread, 12)
  })
})

describe('the rules of Making Data Count', () => {
  // The definitions of NHSRplotthedots (ptd_calculate_point_type.R), read off word for word, as a check on
  // the single pass that the chart makes.
  function naive(y: number[], mean: number, half: number, trend = 7): number[] {
    const side = y.map((x) => Math.sign(x - mean))
    const outside = y.map((x) => Math.abs(x - mean) > half)
    const close = y.map((x, i) => !outside[i] && Math.abs(x - mean) > (2 / 3) * half)
    const window = (i: number, n: number): number[] => Array.from({ length: n }, (_, k) => i + k)
    const flags = y.map((_, i): number => (outside[i] ? rule.outside : 0))
    for (let i = 0; i < y.length; i++) {
      const seven = window(i, 7)
      if (i + 7 <= y.length && side[i] !== 0 && seven.every((k) => side[k] === side[i])) {
        for (const k of seven) flags[k] = (flags[k] as number) | rule.shift
      }
      const run = window(i, trend)
      const moves = run.slice(1).map((k) => Math.sign((y[k] as number) - (y[k - 1] as number)))
      if (i + trend <= y.length && moves[0] !== 0 && moves.every((m) => m === moves[0])) {
        for (const k of run) flags[k] = (flags[k] as number) | rule.trend
      }
      const three = window(i, 3)
      const same = i + 3 <= y.length && side[i] !== 0 && three.every((k) => side[k] === side[i])
      if (same && three.filter((k) => close[k]).length >= 2) {
        for (const k of three) if (close[k]) flags[k] = (flags[k] as number) | rule.twoOfThree
      }
    }
    return flags
  }

  const series = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 40 })

  it('mark what their definitions mark', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(6, 7), (values, trend) => {
        const found = controlChart(of(...values), undefined, { rules: { trend } })
        const mean = found.centre[0] as number
        const half = (found.upper[0] as number) - mean
        // A hair inside or outside of a limit depends on rounding alone.
        fc.pre(
          values.every((x) =>
            [1, 2 / 3].every((s) => Math.abs(Math.abs(x - mean) - s * half) > 1e-9 || half === 0),
          ),
        )
        if (values.length > 1) expect([...found.flags]).toEqual(naive(values, mean, half, trend))
        else expect([...found.flags]).toEqual([0])
      }),
      { numRuns: 500 },
    )
  })

  it('see 7 on one side, all of them, and not 6', () => {
    const shift = (n: number) =>
      controlChart(of(...new Array(n).fill(1.1), ...new Array(n).fill(-1)), undefined, {
        baseline: 2 * n,
        rules: { outside: false, twoOfThree: false },
      }).flags
    expect([...shift(6)]).toEqual(new Array(12).fill(0))
    expect([...shift(8)]).toEqual(new Array(16).fill(rule.shift))
  })

  it('see a trend of 7 points, or of 6 where asked', () => {
    const rising = of(5, 1, 2, 3, 4, 5, 6, 0)
    const marks = (trend: number) =>
      Array.from(controlChart(rising, undefined, { rules: { trend } }).flags, (f) =>
        f & rule.trend ? 1 : 0,
      )
    expect(marks(7)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(marks(6)).toEqual([0, 1, 1, 1, 1, 1, 1, 0])
    expect(marks(0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('do not count points close to opposite limits together', () => {
    const values = [...Array.from({ length: 14 }, (_, i) => (i % 2 ? -1 : 1)), 5.5, -5.5]
    const found = controlChart(of(...values), undefined, {})
    expect([...found.flags.slice(14)]).toEqual([0, 0])
  })

  it('do not run from one step into the next', () => {
    const values = of(1, 2, 1, 2, 3, 3, 3, 3, 9, 9, 9, 8)
    expect([...controlChart(values, undefined, { steps: [4, 8] }).flags.slice(4, 8)]).toEqual([
      0, 0, 0, 0,
    ])
  })
})

describe('control charts', () => {
  const positive = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 30 })

  it('do not change what they say when values are scaled, and mirror when turned over', () => {
    fc.assert(
      fc.property(positive, (values) => {
        const found = controlChart(of(...values))
        const scaled = controlChart(of(...values.map((x) => x * 1024)))
        const turned = controlChart(of(...values.map((x) => -x)))
        expect(scaled.flags).toEqual(found.flags)
        expect(turned.lower[0]).toBeCloseTo(-(found.upper[0] as number), 9)
        expect([...turned.side].map((s) => 0 - s)).toEqual([...found.side])
      }),
    )
  })

  it.each(['xmr', 'c', 'g', 't', 'p', 'u', 'p-prime', 'u-prime'] as const)(
    'of kind %s are the same in bulk and hold their centre',
    (kind) => {
      fc.assert(
        fc.property(positive, positive, (a, b) => {
          const n = Math.min(a.length, b.length)
          const both = of(...a.slice(0, n), ...b.slice(0, n))
          const ns = ['p', 'u', 'p-prime', 'u-prime'].includes(kind)
            ? both.map((x) => x + 60)
            : undefined
          const options = { kind, improvement: 'decrease', target: 3 } as const
          const bulk = controlCharts(both, ns, n, options)
          const single = controlChart(both.slice(n), ns?.slice(n), options)
          expect(bulk.upper.slice(n)).toEqual(single.upper)
          expect(bulk.flags.slice(n)).toEqual(single.flags)
          expect(variations[bulk.variation[1] as number]).toBe(single.variation)
          expect(assurances[bulk.assurance[1] as number]).toBe(single.assurance)
          for (let i = 0; i < n; i++) {
            expect(single.lower[i] as number).toBeLessThanOrEqual(
              (single.centre[i] as number) + 1e-9,
            )
            expect(single.upper[i] as number).toBeGreaterThanOrEqual(
              (single.centre[i] as number) - 1e-9,
            )
          }
        }),
        { numRuns: 50 },
      )
    },
  )

  it('screen moving ranges once, which narrows the limits after an outlier', () => {
    const values = of(1, 2, 1, 2, 1, 2, 40, 1, 2, 1, 2, 1, 2)
    const width = (screen: boolean): number => {
      const found = controlChart(values, undefined, { screen })
      return (found.upper[0] as number) - (found.lower[0] as number)
    }
    expect(width(true)).toBeCloseTo(2 * 2.66, 9)
    expect(width(false)).toBeCloseTo((2 * 2.66 * (10 + 38 + 39)) / 12, 9)
  })

  it('take limits from the baseline of each step alone', () => {
    const found = controlChart(of(1, 2, 1, 2, 50, 60), undefined, { baseline: 4 })
    expect(found.centre[5]).toBe(1.5)
    expect(found.flags[4]).toBe(rule.outside)
  })

  it('have answers for equal points, one point, none, and points without a value', () => {
    const equal = controlChart(of(...new Array(9).fill(4)))
    expect(equal.upper[0]).toBe(4)
    expect([...equal.flags]).toEqual(new Array(9).fill(0))
    const one = controlChart(of(4))
    expect(one.centre[0]).toBe(4)
    expect(one.upper[0]).toBeNaN()
    expect(one.flags[0]).toBe(0)
    expect(controlChart(of()).variation).toBe('common-cause')
    const gap = controlChart(of(1, 2, Number.NaN, 1, 2))
    expect(gap.centre[0]).toBe(1.5)
    expect(gap.upper[0]).toBeCloseTo(1.5 + 2.66, 12)
    expect(gap.side[2]).toBe(0)
    const nobody = controlChart(of(0, 1), of(0, 10), { kind: 'p' })
    expect(nobody.value[0]).toBeNaN()
    expect(nobody.centre[1]).toBeCloseTo(0.1, 12)
  })

  it('refuse what cannot be, naming the argument', () => {
    const throws = (...args: Parameters<typeof controlChart>) => expect(() => controlChart(...args))
    throws(of(1), undefined, { kind: 'p' }).toThrow(/invalid denominators/)
    throws(of(1), of(1)).toThrow(/invalid denominators/)
    throws(of(3), of(2), { kind: 'p' }).toThrow(/invalid denominators/)
    throws(of(-1), undefined, { kind: 'c' }).toThrow(/invalid values/)
    throws(of(0), undefined, { kind: 't' }).toThrow(/invalid values/)
    throws(of(Number.POSITIVE_INFINITY)).toThrow(StatisticsError)
    throws(of(1, 2), undefined, { steps: [2] }).toThrow(/invalid steps/)
    throws(of(1, 2), undefined, { baseline: 0 }).toThrow(/invalid baseline/)
    throws(of(1, 2), undefined, { sigmas: 0 }).toThrow(/invalid sigmas/)
    expect(() => controlCharts(of(1, 2, 3), undefined, 2)).toThrow(/invalid values/)
  })
})

describe('verdicts', () => {
  it('of assurance are those of NHSRplotthedots’ tests', () => {
    const limits = [
      { lower: 1, upper: 3 },
      { lower: 5, upper: 7 },
      { lower: 1, upper: 5 },
    ]
    const said = (improvement: 'increase' | 'decrease' | 'neutral') =>
      limits.map((limit) => assuranceAt(limit, 4, improvement))
    expect(said('increase')).toEqual(['consistent-fail', 'consistent-pass', 'inconsistent'])
    expect(said('decrease')).toEqual(['consistent-pass', 'consistent-fail', 'inconsistent'])
    expect(said('neutral')).toEqual(['none', 'none', 'none'])
    expect(assuranceAt({ lower: 1, upper: 3 }, undefined, 'increase')).toBe('none')
  })

  it('of variation go by the side of the centre and which way is better', () => {
    expect(variationAt({ flags: 0, side: 1 }, 'increase')).toBe('common-cause')
    expect(variationAt({ flags: 2, side: 1 }, 'increase')).toBe('improvement')
    expect(variationAt({ flags: 2, side: -1 }, 'increase')).toBe('concern')
    expect(variationAt({ flags: 2, side: -1 }, 'decrease')).toBe('improvement')
    expect(variationAt({ flags: 2, side: -1 }, 'neutral')).toBe('neutral-low')
  })

  it('finds nothing in values that are all alike, whatever their digits', () => {
    for (const value of [0.1, 0.3, 0.7, 63.3, 1.1, 98.6, 5]) {
      const chart = controlChart(new Float64Array(12).fill(value))
      expect(Array.from(chart.flags)).toEqual(new Array(12).fill(0))
      expect(chart.centre[0]).toBe(value)
    }
  })
})
