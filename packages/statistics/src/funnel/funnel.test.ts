import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relative } from '../../test/golden.ts'
import {
  criticalValue,
  estimateFunnel,
  exactPoissonInterval,
  funnel,
  funnelScores,
  noVerdict,
  overDispersion,
  proportionFunnel,
  rateFunnel,
  ratioFunnel,
  wilsonInterval,
} from '../index.ts'

describe('limits of proportions', () => {
  // PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv, 8 digits.
  it.each([
    [1, 3.204264, 100, 0, 100],
    [4, 41.923356, 100, 19.594903, 100],
    [18, 62.390093, 98.894803, 51.864359, 100],
    [41, 68.548635, 92.73626, 61.574398, 99.710497],
    [1008, 78.203374, 83.081521, 76.796814, 84.488082],
    [110000, 80.408963, 80.875933, 80.274317, 81.010578],
  ])('of %s are those of phe_funnels', (n, lower, upper, lowest, highest) => {
    const at = (confidence: number) => {
      const found = proportionFunnel(Float64Array.of(n), 0.80642448, { confidence })
      return [found.lower[0] as number, found.upper[0] as number]
    }
    const found = [...at(0.95), ...at(0.998)].map((x) => 100 * x)
    for (const [i, wanted] of [lower, upper, lowest, highest].entries()) {
      if (wanted === 0) expect(found[i]).toBe(0)
      else expect(relative(found[i] as number, wanted)).toBeLessThan(1e-6)
    }
  })

  it('by the score are where Wilson’s interval touches the target', () => {
    const { lower, upper } = proportionFunnel(Float64Array.of(250), 0.3)
    expect(wilsonInterval(250 * (lower[0] as number), 250).upper).toBeCloseTo(0.3, 12)
    expect(wilsonInterval(250 * (upper[0] as number), 250).lower).toBeCloseTo(0.3, 12)
  })

  it('by the binomial’s own steps come near the normal’s for large n, and are never outside 0 to 1', () => {
    const ns = Float64Array.of(1, 5, 50, 100_000)
    const exact = proportionFunnel(ns, 0.3, { method: 'exact', confidence: 0.998 })
    const score = proportionFunnel(ns, 0.3, { confidence: 0.998 })
    expect(relative(exact.lower[3] as number, score.lower[3] as number)).toBeLessThan(1e-3)
    expect(relative(exact.upper[3] as number, score.upper[3] as number)).toBeLessThan(1e-3)
    for (const limit of [...exact.lower, ...exact.upper]) {
      expect(limit).toBeGreaterThanOrEqual(0)
      expect(limit).toBeLessThanOrEqual(1)
    }
    // Of 5 at 0.2: P(<= 2) = 0.94208, P(<= 3) = 0.99328; so 3 - (0.99328 - 0.975) / 0.0512.
    const five = proportionFunnel(Float64Array.of(5), 0.2, { method: 'exact' })
    expect(five.upper[0]).toBeCloseTo((3 - (0.99328 - 0.975) / 0.0512) / 5, 9)
    expect(five.lower[0]).toBe(0)
  })
})

describe('limits of ratios and rates', () => {
  // PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv: observed events, the expected
  // events that put them on a limit (found there by halving to 1e-7).
  it.each([
    [1, 5.571644585, 0.025317898, 9.233410143, 0.001000547],
    [10, 18.39035799, 4.795387629, 24.13397235, 2.960519925],
    [100, 121.6268111, 81.36400699, 134.9243187, 71.92139974],
    [716, 770.4222128, 664.5083011, 802.60414, 636.1521174],
  ])('for %s events are those of phe_funnels', (observed, low95, high95, low998, high998) => {
    for (const [expected, confidence, side] of [
      [low95, 0.95, 'lower'],
      [high95, 0.95, 'upper'],
      [low998, 0.998, 'lower'],
      [high998, 0.998, 'upper'],
    ] as const) {
      const found = ratioFunnel(Float64Array.of(expected), { confidence })
      const tolerance = expected < 1 ? 1e-3 : 1e-5
      expect(relative((found[side][0] as number) * expected, observed)).toBeLessThan(tolerance)
    }
  })

  it('inverse, are where the exact interval of the observed touches the target', () => {
    fc.assert(
      fc.property(fc.double({ min: 4, max: 5000, noNaN: true }), (expected) => {
        const found = ratioFunnel(Float64Array.of(expected))
        const low = (found.lower[0] as number) * expected
        const high = (found.upper[0] as number) * expected
        expect(relative(exactPoissonInterval(low).upper, expected)).toBeLessThan(1e-9)
        expect(relative(exactPoissonInterval(high).lower, expected)).toBeLessThan(1e-9)
      }),
    )
  })

  it.each(['inverse', 'gamma', 'exact', 'normal', 'log', 'square-root'] as const)(
    'by %s hold the target, narrow as more is expected, and scale to rates',
    (method) => {
      const expected = Float64Array.of(0.3, 1, 5, 30, 200, 5000)
      const found = ratioFunnel(expected, { method })
      for (let i = 0; i < expected.length; i++) {
        expect(found.lower[i]).toBeLessThan(1)
        expect(found.upper[i]).toBeGreaterThan(1)
        if (i > 0) {
          expect(found.upper[i]).toBeLessThan(found.upper[i - 1] as number)
          expect(found.lower[i]).toBeGreaterThanOrEqual(found.lower[i - 1] as number)
        }
      }
      const rates = rateFunnel(expected, 500, { method, multiplier: 500 })
      expect(rates.upper[3]).toBeCloseTo(500 * (found.upper[3] as number), 9)
    },
  )

  it('of estimates are the target and z errors, on either scale', () => {
    const z = criticalValue(0.998)
    const linear = estimateFunnel(Float64Array.of(10), 500, { confidence: 0.998 })
    expect(linear.upper[0]).toBeCloseTo(500 + 10 * z, 12)
    const log = estimateFunnel(Float64Array.of(10), 500, { confidence: 0.998, scale: 'log' })
    expect(log.upper[0]).toBeCloseTo(500 * Math.exp((10 * z) / 500), 9)
  })

  it('are NaN for units without a denominator, and refuse a target that cannot be', () => {
    expect(ratioFunnel(Float64Array.of(0, -1)).lower.every(Number.isNaN)).toBe(true)
    expect(proportionFunnel(Float64Array.of(0), 0.5).upper[0]).toBeNaN()
    expect(() => proportionFunnel(Float64Array.of(1), 1)).toThrow(/invalid target/)
    expect(() => ratioFunnel(Float64Array.of(1), { target: 0 })).toThrow(/invalid target/)
    expect(() => rateFunnel(Float64Array.of(1), -1)).toThrow(/invalid target/)
  })
})

describe('over-dispersion', () => {
  it('is what the formulas give, worked by hand for the six units of FunnelPlotR’s tests', () => {
    // Scores 2(√O - √E) of 100/108, 150/112, 180/165, 80/95, 120/100, 225/220, drawn in to the 10% and
    // 90% quantiles (R's type 7: halfway between the two outermost at each end).
    const observed = [100, 150, 180, 80, 120, 225]
    const expected = [108, 112, 165, 95, 100, 220]
    const z = observed.map((o, i) => 2 * (Math.sqrt(o) - Math.sqrt(expected[i] as number)))
    const sorted = [...z].sort((a, b) => a - b) as [number, number, number, number, number, number]
    const low = (sorted[0] + sorted[1]) / 2
    const high = (sorted[4] + sorted[5]) / 2
    const drawn = z.map((score) => Math.min(high, Math.max(low, score)))
    const phi = drawn.reduce((sum, score) => sum + score * score, 0) / 6
    const w = expected.map((e) => 4 * e)
    const sum = w.reduce((a, b) => a + b, 0)
    const tau = (6 * phi - 5) / (sum - w.reduce((a, b) => a + b * b, 0) / sum)
    const units = {
      kind: 'ratio',
      observed: Float64Array.from(observed),
      expected: Float64Array.from(expected),
    } as const
    const found = funnel(units, { scale: 'square-root', dispersion: 'additive' })
    expect(found.dispersion.phi).toBeCloseTo(phi, 12)
    expect(found.dispersion.tauSquared).toBeCloseTo(tau, 12)
    // Their CQC limits: (1 ± z √(1/4E + τ²))².
    const upper = (1 + criticalValue(0.95) * Math.sqrt(1 / (4 * 108) + tau)) ** 2
    expect(found.limits[0]?.upper[0]).toBeCloseTo(upper, 12)
    const log = funnel(units, { scale: 'log', dispersion: 'additive', by: 'truncate' })
    const s = Math.sqrt(1 / 108 + log.dispersion.tauSquared)
    expect(log.limits[1]?.lower[0]).toBeCloseTo(Math.exp(-criticalValue(0.998) * s), 12)
  })

  it('truncates by rank as SHMI does: the lowest and highest tenth are left out', () => {
    const z = Float64Array.from({ length: 19 }, (_, i) => i - 9)
    const found = overDispersion(z, new Float64Array(19).fill(1), { by: 'truncate' })
    // Ranks 1 and 18, 19 of 19: floor(10 rank / 20) is 0 for 1 and 9 for 18 and 19.
    expect(found.units).toBe(16)
    expect(found.phi).toBeCloseTo(
      Array.from(z)
        .slice(1, 17)
        .reduce((a, b) => a + b * b, 0) / 16,
      12,
    )
  })

  it('shows none where units do not differ, and does not change with their order', () => {
    const ones = new Float64Array(20).fill(1)
    expect(overDispersion(new Float64Array(20), ones)).toEqual({ phi: 0, tauSquared: 0, units: 20 })
    expect(overDispersion(Float64Array.of(3), Float64Array.of(1))).toEqual({
      phi: 1,
      tauSquared: 0,
      units: 1,
    })
    const scores = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
      minLength: 2,
      maxLength: 60,
    })
    fc.assert(
      fc.property(scores, (z) => {
        const errors = Float64Array.from(z, (_, i) => 1 + (i % 3))
        const one = overDispersion(Float64Array.from(z), errors)
        const other = overDispersion(Float64Array.from(z).reverse(), errors.slice().reverse())
        expect(other.phi).toBeCloseTo(one.phi, 9)
        expect(other.tauSquared).toBeCloseTo(one.tauSquared, 9)
      }),
    )
  })
})

describe('a funnel', () => {
  const units = fc.array(
    fc
      .integer({ min: 1, max: 2000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))),
    { minLength: 2, maxLength: 40 },
  )
  const proportions = (rows: [number, number][]) =>
    ({
      kind: 'proportion',
      counts: Float64Array.from(rows, (row) => row[0]),
      ns: Float64Array.from(rows, (row) => row[1]),
    }) as const

  it('gives verdicts that agree with its limits, whatever the order of the units', () => {
    fc.assert(
      fc.property(units, (rows) => {
        const total = rows.reduce((sum, row) => sum + row[0], 0)
        fc.pre(total > 0 && total < rows.reduce((sum, row) => sum + row[1], 0))
        for (const scale of ['none', 'arcsine'] as const) {
          const found = funnel(proportions(rows), { scale, dispersion: 'additive' })
          const turned = funnel(proportions([...rows].reverse()), { scale, dispersion: 'additive' })
          found.verdict.forEach((verdict, i) => {
            const v = found.value[i] as number
            const [inner, outer] = found.limits
            if (verdict === 0) expect(v).toBeLessThanOrEqual(inner?.upper[i] as number)
            if (verdict === 2) expect(v).toBeGreaterThan(outer?.upper[i] as number)
            if (verdict === -1) expect(v).toBeLessThan(inner?.lower[i] as number)
          })
          expect(turned.dispersion.phi).toBeCloseTo(found.dispersion.phi, 9)
        }
      }),
    )
  })

  it('widens with over-dispersion, never narrows', () => {
    const rows = proportions([
      [10, 100],
      [30, 100],
      [50, 100],
      [20, 100],
    ])
    const none = funnel(rows)
    for (const dispersion of ['multiplicative', 'additive'] as const) {
      const wide = funnel(rows, { dispersion })
      expect(wide.limits[0]?.upper[0]).toBeGreaterThan(none.limits[0]?.upper[0] as number)
    }
    const same = funnel(
      { ...rows, counts: Float64Array.of(27, 28, 27, 28) },
      { dispersion: 'multiplicative' },
    )
    expect(same.limits[0]?.upper[0]).toBeCloseTo(
      0.275 + criticalValue(0.95) * Math.sqrt((0.275 * 0.725) / 100),
      12,
    )
  })

  it('has an answer for nothing observed on the log scale, one unit, and units without a value', () => {
    const scores = funnelScores(
      { kind: 'ratio', observed: Float64Array.of(0, 5), expected: Float64Array.of(4, 5) },
      'log',
    )
    expect(scores.z[0]).toBeCloseTo(Math.log(0.5 / 4) * 2, 12)
    const one = funnel({
      kind: 'rate',
      counts: Float64Array.of(5),
      denominators: Float64Array.of(50),
    })
    expect([...one.verdict]).toEqual([0])
    const none = funnel({
      kind: 'proportion',
      counts: Float64Array.of(1, 3, 0),
      ns: Float64Array.of(2, 2, 0),
    })
    expect([...none.verdict]).toEqual([0, noVerdict, noVerdict])
  })

  it('takes standardised rates with their errors, by default around their weighted mean', () => {
    const found = funnel({
      kind: 'estimate',
      values: Float64Array.of(100, 200),
      errors: Float64Array.of(10, 20),
    })
    expect(found.target).toBeCloseTo((100 / 100 + 200 / 400) / (1 / 100 + 1 / 400), 12)
  })

  it('refuses what does not go together', () => {
    const rows = proportions([[1, 2]])
    expect(() => funnel(rows, { scale: 'log' })).toThrow(/invalid scale/)
    expect(() => funnel(rows, { confidences: [0.998, 0.95] })).toThrow(/invalid confidences/)
    expect(() => funnel(rows, { trim: 0.5 })).toThrow(/invalid trim/)
    expect(() => funnel({ ...rows, ns: new Float64Array(2) })).toThrow(/invalid ns/)
    expect(() => funnel({ ...rows, target: 2 })).toThrow(/invalid target/)
    const two = new Float64Array(2)
    expect(() => funnel({ kind: 'ratio', observed: two, expected: new Float64Array(1) })).toThrow(
      /invalid expected/,
    )
  })
})
