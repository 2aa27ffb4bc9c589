import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adjustPValues,
  differenceInDifferences,
  differenceOfChanges,
  pairedChange,
  pairedProportionChange,
  periodChanges,
} from '../index.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)

describe('difference in differences', () => {
  const data = {
    outcomes: of(
      3.1,
      4.2,
      2.8,
      5,
      3.3,
      6.1,
      4.4,
      3.9,
      5.2,
      4.8,
      2.2,
      3,
      2.9,
      3.4,
      7.5,
      8.1,
      6.6,
      9,
    ),
    treated: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    after: Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1),
  }
  const clusters = Uint32Array.of(0, 1, 2, 2, 0, 1, 2, 3, 4, 5, 6, 6, 4, 5, 4, 5, 6, 6)

  it('is the interaction’s coefficient with the errors of statsmodels’ regression', () => {
    const hc1 = differenceInDifferences(data)
    expect(hc1.value).toBeCloseTo(3.5666666666666664, 12)
    expect(hc1.standardError).toBeCloseTo(1.04303957145405, 12)
    expect(hc1.pValue).toBeCloseTo(0.004148867036402428, 9)
    expect(hc1.lower).toBeCloseTo(1.32956928, 7)
    expect(differenceInDifferences(data, { errors: 'HC0' }).standardError).toBeCloseTo(
      0.9198744378889335,
      12,
    )
    const cr1 = differenceInDifferences({ ...data, clusters })
    expect(cr1.standardError).toBeCloseTo(0.6544273999737651, 12)
    expect(cr1.pValue).toBeCloseTo(0.0015873023541571477, 9)
    expect(cr1.upper).toBeCloseTo(5.16799283, 7)
    const cr0 = differenceInDifferences({ ...data, clusters }, { errors: 'CR0' })
    expect(cr0.standardError).toBeCloseTo(0.5498289927752974, 12)
  })

  it('is Card and Krueger’s (1994, table 3): New Jersey’s change less Pennsylvania’s, 1.36', () => {
    const jersey = { value: 0.59, standardError: 0.54 }
    const found = differenceOfChanges(jersey, { value: -2.16, standardError: 1.25 })
    // They give 2.76: their changes are rounded.
    expect(found.value).toBeCloseTo(2.75, 10)
    expect(found.standardError).toBeCloseTo(1.36, 2)
  })

  it('does not change when everyone gets the same more, and turns its sign with the groups', () => {
    const more = { ...data, outcomes: data.outcomes.map((y) => y + 100) }
    expect(differenceInDifferences(more).value).toBeCloseTo(3.5666666666666664, 9)
    const turned = { ...data, treated: data.treated.map((t) => 1 - t) }
    expect(differenceInDifferences(turned).value).toBeCloseTo(-3.5666666666666664, 9)
    expect(differenceInDifferences(turned).standardError).toBeCloseTo(1.04303957145405, 9)
  })

  it('is sure of no effect where nothing varies', () => {
    for (const y of [7, 0.1]) {
      const flat = { ...data, outcomes: data.outcomes.map(() => y) }
      expect(differenceInDifferences(flat)).toMatchObject({ value: 0, standardError: 0, pValue: 1 })
    }
  })

  it('names what cannot be', () => {
    const nobody = { ...data, treated: data.treated.map(() => 0) }
    expect(() => differenceInDifferences(nobody)).toThrow(/none is treated before/)
    expect(() => differenceInDifferences(data, { errors: 'CR1' })).toThrow(/invalid errors/)
    expect(() => differenceInDifferences({ ...data, clusters }, { errors: 'HC1' })).toThrow(
      /invalid errors/,
    )
    const alone = Uint32Array.from(data.treated, (t, row) => (t === 1 ? 0 : 1 + (row % 3)))
    expect(() => differenceInDifferences({ ...data, clusters: alone })).toThrow(/treated are one/)
    const single = { ...data, clusters: new Uint32Array(18) }
    expect(() => differenceInDifferences(single)).toThrow(/invalid clusters/)
    const odd = { ...data, after: data.after.map((a) => 2 * a) }
    expect(() => differenceInDifferences(odd)).toThrow(/invalid after/)
    const small = {
      outcomes: of(1, 2, 3, 4),
      treated: Uint8Array.of(0, 0, 1, 1),
      after: Uint8Array.of(0, 1, 0, 1),
    }
    expect(() => differenceInDifferences(small)).toThrow(/invalid outcomes/)
  })
})

describe('paired comparisons', () => {
  it('gives R’s figures for Student’s sleep: t = -4.0621, p = 0.002833', () => {
    const first = of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2)
    const second = of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
    const found = pairedChange(second, first)
    expect(found.value).toBeCloseTo(-1.58, 10)
    expect(found.value / found.standardError).toBeCloseTo(-4.0621, 4)
    expect(found.pValue).toBeCloseTo(0.002833, 6)
    expect(found.lower).toBeCloseTo(-2.4598858, 7)
    expect(found.upper).toBeCloseTo(-0.7001142, 7)
    expect(() => pairedChange(of(1), of(2))).toThrow(/invalid before/)
  })

  it('tests Agresti’s approval ratings (1990, page 350): chi-squared is (86 - 150)² / 236 = 17.36', () => {
    const found = pairedProportionChange(86, 150, 1600, { test: 'uncorrected' })
    expect(found.value).toBeCloseTo(-0.04, 12)
    expect(
      pairedProportionChange(86, 150, 1600, { test: 'corrected' }).pValue / 4.115e-5,
    ).toBeCloseTo(1, 2)
    expect(found.pValue / 3.099e-5).toBeCloseTo(1, 2)
    expect(found.lower).toBeLessThan(-0.04)
    expect(found.upper).toBeLessThan(0)
  })

  it('answers no change at all, and everyone changed', () => {
    expect(pairedProportionChange(0, 0, 10)).toMatchObject({ value: 0, pValue: 1 })
    expect(pairedProportionChange(10, 0, 10).upper).toBe(1)
    expect(pairedProportionChange(3, 0, 10).pValue).toBeCloseTo(0.25, 12)
    expect(() => pairedProportionChange(8, 4, 10)).toThrow(/invalid n/)
  })
})

describe('changes of many units', () => {
  it('is a difference with normal limits, NaN where there is none', () => {
    const before = { values: of(10, 5, 1), standardErrors: of(3, 0, -1) }
    const found = periodChanges(before, { values: of(20, 5, 2), standardErrors: of(4, 0, 1) })
    expect(found.value[0]).toBe(10)
    expect(found.upper[0]).toBeCloseTo(10 + 1.959963984540054 * 5, 9)
    expect(found.pValue[0]).toBeCloseTo(0.0455, 4)
    expect(found.pValue[1]).toBe(1)
    expect(found.pValue[2]).toBeNaN()
  })
})

describe('false discoveries', () => {
  // The fifteen p values of Benjamini and Hochberg (1995), section 3.2.
  const fifteen = of(
    ...[
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    ],
    ...[0.6528, 0.759, 1],
  )

  it('finds their four discoveries', () => {
    const adjusted = adjustPValues(fifteen)
    expect(adjusted.filter((p) => p <= 0.05).length).toBe(4)
    expect(adjusted[3]).toBeCloseTo(0.035625, 12)
    expect(adjusted[5]).toBeCloseTo(0.0638571428571, 10)
  })

  it('is stricter after Yekutieli, and laxer after Storey', () => {
    const strict = adjustPValues(fifteen, { method: 'benjamini-yekutieli' })
    expect(strict[0]).toBeCloseTo(0.00497734, 8)
    expect(strict.filter((p) => p <= 0.05).length).toBe(3)
    // Four of fifteen are above a half: a share of 4 / 7.5 seems null.
    const q = adjustPValues(fifteen, { method: 'storey' })
    expect(q[3]).toBeCloseTo((0.035625 * 4) / 7.5, 12)
  })

  it('keeps the order, never lowers a p value (but Storey), and follows its unit', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: 1, maxLength: 60, min: 0, max: 1, noNaN: true }),
        (p) => {
          for (const method of ['benjamini-hochberg', 'benjamini-yekutieli', 'storey'] as const) {
            const adjusted = adjustPValues(p, { method })
            const turned = adjustPValues(p.slice().reverse(), { method })
            p.forEach((x, i) => {
              const found = adjusted[i] as number
              expect(turned[p.length - 1 - i]).toBeCloseTo(found, 12)
              if (method !== 'storey') expect(found).toBeGreaterThanOrEqual(x * (1 - 1e-12))
              expect(found).toBeLessThanOrEqual(1)
              p.forEach((y, j) => {
                if (x < y) expect(found).toBeLessThanOrEqual(adjusted[j] as number)
              })
            })
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('names what cannot be', () => {
    expect(() => adjustPValues(of())).toThrow(/invalid pValues/)
    expect(() => adjustPValues(of(0.5, 1.2))).toThrow(/invalid pValues/)
    expect(() => adjustPValues(of(Number.NaN))).toThrow(/invalid pValues/)
    expect(() => adjustPValues(of(0.1), { method: 'storey', lambda: 1 })).toThrow(/invalid lambda/)
  })
})
