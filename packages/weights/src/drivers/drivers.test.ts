import { randomSource } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../test/answers.ts'
import { swiss } from '../../test/swiss.ts'
import { sampleDesign } from '../estimates/design.ts'
import { weightedCorrelations } from './correlations.ts'
import { analyseDrivers } from './drivers.ts'
import { expectationGap } from './gap.ts'
import { shapleyShares } from './shapley.ts'

const sharesOf = (columns: readonly Float64Array[], weights: Float64Array): Float64Array =>
  shapleyShares(weightedCorrelations(columns, weights).correlations, columns.length - 1)

describe('Shapley values of R²', () => {
  const { outcome, predictors } = swiss
  const columns = [...predictors, outcome]

  it('are the lmg of Grömping (2006), swiss data: all orders enumerated with lm of R', () => {
    const shares = sharesOf(columns, new Float64Array(47).fill(1))
    const expected = [
      0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265,
    ]
    for (const [k, share] of shares.entries()) expect(share).toBeCloseTo(expected[k] as number, 10)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(0.706735001593, 10)
  })

  it('weigh rows as lm does', () => {
    const shares = sharesOf(
      columns,
      Float64Array.from({ length: 47 }, (_, i) => 1 + (i % 3)),
    )
    const expected = [
      0.0610202170761, 0.1841669334062, 0.2602683981478, 0.1019928051967, 0.1162567597222,
    ]
    for (const [k, share] of shares.entries()) expect(share).toBeCloseTo(expected[k] as number, 10)
  })

  it('of two predictors are the mean of the two orders', () => {
    const correlation = fc.double({ min: -0.6, max: 0.6, noNaN: true })
    fc.assert(
      fc.property(correlation, correlation, correlation, (a, b, between) => {
        const all = (a * a + b * b - 2 * a * b * between) / (1 - between * between)
        const found = shapleyShares(Float64Array.of(1, between, a, between, 1, b, a, b, 1), 2)
        expect(found[0]).toBeCloseTo((a * a + all - b * b) / 2, 9)
        expect(found[1]).toBeCloseTo((b * b + all - a * a) / 2, 9)
      }),
    )
  })

  it('follow their predictors in another order', () => {
    const ones = new Float64Array(47).fill(1)
    const turned = sharesOf([...[...predictors].reverse(), outcome], ones)
    const plain = sharesOf(columns, ones)
    for (const [k, share] of plain.entries()) expect(turned[4 - k]).toBeCloseTo(share, 10)
  })
})

/** Staff decide, the form matters little, the room not at all; the form and staff are scored low. */
function invented(rows: number) {
  const random = randomSource(9)
  const noise = (): number => random.uniform() + random.uniform() - 1
  const common = Float64Array.from({ length: rows }, noise)
  const of = (mean: number) => Float64Array.from(common, (one) => mean + one + 1.5 * noise())
  const drivers = [
    { name: 'Staff', values: of(2) },
    { name: 'Form', values: of(2.2) },
    { name: 'Room', values: of(4) },
    { name: 'Outcome', values: of(4.2) },
  ]
  const outcome = Float64Array.from(common, (_, i) => {
    const at = (k: number): number => drivers[k]?.values[i] as number
    return at(0) + 0.2 * at(1) + 1.2 * at(3) + noise()
  })
  return { outcome, drivers, design: answered(sampleDesign({ weights: common.map(() => 1) })) }
}

describe('what matters most', () => {
  it('says what to improve first and what to keep up, with doubt', () => {
    const { outcome, drivers, design } = invented(600)
    const found = answered(analyseDrivers(design, outcome, drivers, { seed: 1, replicates: 200 }))
    expect(found.drivers.map(({ priority }) => priority)).toEqual([
      'improve first',
      'improve later',
      'leave as it is',
      'keep up',
    ])
    expect(found.drivers[0]?.sentence).toBe(
      'Improve first: Staff. It matters more than most and is done less well.',
    )
    for (const { importance, satisfaction, certainty } of found.drivers) {
      expect(importance.lower).toBeLessThan(importance.value)
      expect(importance.upper).toBeGreaterThan(importance.value)
      expect(satisfaction.upper).toBeGreaterThan(satisfaction.lower)
      expect(certainty).toBeGreaterThan(0.9)
    }
    const sum = found.drivers.reduce((total, { importance }) => total + importance.value, 0)
    expect(sum).toBeCloseTo(1, 10)
  })

  it('is not sure of few answers, and says so', () => {
    const { outcome, drivers, design } = invented(14)
    const found = answered(analyseDrivers(design, outcome, drivers, { seed: 1, replicates: 200 }))
    expect(found.drivers.some(({ sentence }) => sentence.includes('not sure'))).toBe(true)
  })

  it('leaves out answers without a score, and says how many', () => {
    const { outcome, drivers, design } = invented(100)
    const gone = outcome.map((value, i) => (i < 5 ? Number.NaN : value))
    const found = answered(analyseDrivers(design, gone, drivers, { seed: 1, replicates: 50 }))
    expect(found).toMatchObject({ rows: 95, missing: 5 })
    expect(found.notes[0]).toContain('5 of 100')
  })

  it('refuses drivers that say the same, that do not vary, and too few or too many', () => {
    const { outcome, drivers, design } = invented(50)
    const [first] = drivers
    if (!first) throw new Error('there is no driver')
    const twin = { name: 'Twin', values: first.values.map((value) => 2 * value + 1) }
    const options = { seed: 1, replicates: 20 }
    const found = refused(analyseDrivers(design, outcome, [first, twin], options))
    expect(found.code).toBe('dependent-drivers')
    const flat = { name: 'Flat', values: first.values.map(() => 3) }
    expect(refused(analyseDrivers(design, outcome, [first, flat], options))).toMatchObject({
      code: 'dependent-drivers',
      variable: 'Flat',
    })
    const still = outcome.map(() => 1)
    expect(refused(analyseDrivers(design, still, drivers, options)).code).toBe('dependent-drivers')
    expect(refused(analyseDrivers(design, outcome, [first], options)).code).toBe('invalid-number')
  })

  it('measures the gap from what was expected, pair by pair', () => {
    const design = answered(sampleDesign({ weights: Float64Array.of(1, 1, 2, 1) }))
    const expected = Float64Array.of(5, 4, 5, 5)
    const received = Float64Array.of(4, 4, 3, Number.NaN)
    const found = answered(expectationGap(design, expected, received))
    expect(found).toMatchObject({ value: -1.25, rows: 3, missing: 1 })
    expect(refused(expectationGap(design, expected, received.subarray(1))).code).toBe(
      'unlike-columns',
    )
  })
})
