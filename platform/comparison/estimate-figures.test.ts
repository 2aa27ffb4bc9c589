import { describe, expect, it } from 'vitest'
import { indicatorSchema } from '../evidence/indicator.ts'
import { direction } from './estimate.ts'
import { estimateFigures, estimateOf } from './estimate-figures.ts'
import type { Limits } from './figures.ts'

const indicator = (kind: 'proportion' | 'mean' | 'money') =>
  indicatorSchema.parse({
    code: 'made-up',
    name: 'Made up',
    service: null,
    topic: 'Tests',
    unit: '%',
    kind,
    scale: 100,
    polarity: 'higher',
    decimals: 1,
    why: 'To test.',
    definition: 'None.',
    method: 'None.',
  })

const around = (value: number, half: number): Limits => ({
  lower95: value - half,
  upper95: value + half,
  lower998: value - 1.577 * half,
  upper998: value + 1.577 * half,
  method: 'published',
})
const none = { limits: null, numerator: null, denominator: null }

describe('figures taken together', () => {
  it('adds counts up: 10 of 50 and 60 of 100 are 70 of 150', () => {
    const found = estimateFigures(
      [
        { value: 20, limits: null, numerator: 10, denominator: 50 },
        { value: 60, limits: null, numerator: 60, denominator: 100 },
      ],
      indicator('proportion'),
    )
    expect(found).toMatchObject({ origin: 'pooled', count: 2 })
    expect(found?.value).toBeCloseTo(46.667, 3)
    // Wilson: (70 + z²/2 ± z √(70 × 80 / 150 + z²/4)) / (150 + z²).
    expect(found?.lower95).toBeCloseTo(38.87, 2)
    expect(found?.upper95).toBeCloseTo(54.63, 2)
  })

  it('means published scores, with an interval that narrows as they are independent', () => {
    const scores = [1, 2, 3, 4].map((v) => ({ ...none, value: v, limits: around(v, 2) }))
    const found = estimateFigures(scores, indicator('mean'))
    expect(found).toMatchObject({ origin: 'mean', value: 2.5 })
    expect(found?.upper95).toBeCloseTo(2.5 + 1, 10)
  })

  it('has no interval where one figure has none, and then nothing is called different', () => {
    const money = [100, 900].map((value) => ({ ...none, value }))
    const found = estimateFigures(money, indicator('money'))
    expect(found?.value).toBe(500)
    expect(found?.lower95).toBeNaN()
    const own = estimateOf({ ...none, value: 5, limits: around(5, 0.1) })
    expect(found && direction(own, found)).toBeNull()
  })

  it('never pools counts worked back from rounded percentages, whole or not', () => {
    const rounded = (n: number) => ({
      value: 63,
      limits: { ...around(63, 1.8), method: 'wilson-rounded' as const },
      numerator: 0.63 * n,
      denominator: n,
    })
    const found = estimateFigures([rounded(5000), rounded(5000)], indicator('proportion'))
    expect(found).toMatchObject({ origin: 'weighted-mean', value: 63 })
  })

  it('leaves out one without a denominator where most have theirs', () => {
    const of = (value: number, n: number | null) => ({
      value,
      limits: around(value, 3),
      numerator: n === null ? null : (value * n) / 100,
      denominator: n,
    })
    const found = estimateFigures([of(90, 500), of(10, 20), of(10, null)], indicator('proportion'))
    expect(found).toMatchObject({ origin: 'pooled', count: 2 })
    expect(found?.value).toBeCloseTo(86.92, 2)
  })

  it('is null where none has a value', () => {
    expect(estimateFigures([{ ...none, value: null }], indicator('mean'))).toBeNull()
  })
})
