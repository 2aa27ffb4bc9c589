import { wilsonInterval } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Judged, judge, outcomes, thresholdOf } from './judge.ts'
import { standardSchema } from './standard.ts'

const percent = { kind: 'proportion', scale: 100 } as const

/** `k` of `n`, with Wilson's limits. */
function counted(k: number, n: number): Judged {
  const { lower, upper } = wilsonInterval(k, n, 0.95)
  const limits = { lower95: 100 * lower, upper95: 100 * upper }
  const counts = { numerator: k, denominator: n, rounded: false }
  return { status: 'value', value: (100 * k) / n, ...limits, ...counts }
}
const published = (value: number, lower95: number, upper95: number): Judged => ({
  ...{ status: 'value', value, lower95, upper95, rounded: false },
  ...{ numerator: Number.NaN, denominator: Number.NaN },
})

it('does not judge by too few', () => {
  const indicator = { kind: 'proportion', scale: 100 } as const
  const of = (denominator: number) => ({
    ...({ status: 'value', value: 100, lower95: 80, upper95: 100, rounded: false } as const),
    ...{ numerator: denominator, denominator },
  })
  expect(judge(of(4), 75, 'at least', indicator, 5)).toEqual({
    ...{ outcome: 'not judged', reason: 'too few', below: null },
  })
  expect(judge(of(Number.NaN), 75, 'at least', indicator, 5).reason).toBe('too few')
  expect(judge(of(5), 75, 'at least', indicator, 5).outcome).toBe('met')
})

describe('a judgement', () => {
  it('needs the whole interval on one side', () => {
    expect(judge(published(81, 76, 86), 87, 'at least', percent).outcome).toBe('not met')
    expect(judge(published(81, 76, 86), 80, 'at least', percent).outcome).toBe(
      'not shown either way',
    )
    expect(judge(published(81, 76, 86), 76, 'at least', percent).outcome).toBe('met')
    expect(judge(published(4, 3, 5), 5, 'at most', percent).outcome).toBe('met')
    expect(judge(published(7, 6, 8), 5, 'at most', percent).outcome).toBe('not met')
  })

  it('says how likely the true value lies below, from counts and from limits', () => {
    // The share of beta(36.5, 24.5) below 0.65, by scipy.stats.beta.cdf: 0.79286.
    expect(judge(counted(36, 60), 65, 'at least', percent).below).toBeCloseTo(0.79286, 4)
    expect(judge(published(50, 40, 60), 50, 'at least', percent).below).toBeCloseTo(0.5, 10)
    expect(judge(published(50, 40, 60), 60, 'at least', percent).below).toBeCloseTo(0.975, 10)
  })

  it('is not made without a value or an interval, and says why', () => {
    const none = published(50, Number.NaN, Number.NaN)
    expect(judge(none, 40, 'at least', percent)).toMatchObject({ reason: 'no interval' })
    const hidden: Judged = { ...none, status: 'suppressed', value: Number.NaN }
    expect(judge(hidden, 40, 'at least', percent)).toEqual({
      outcome: 'not judged',
      reason: 'suppressed',
      below: null,
    })
  })

  it('takes a rating as it is', () => {
    const rating = { kind: 'rating', scale: 1 } as const
    const good = published(3, Number.NaN, Number.NaN)
    expect(judge(good, 3, 'at least', rating).outcome).toBe('met')
    expect(judge(good, 4, 'at least', rating).outcome).toBe('not met')
  })

  const people = fc
    .integer({ min: 1, max: 400 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

  it('never turns for the better when a figure gets worse', () => {
    const rank = ['not met', 'not shown either way', 'met']
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 99 }), ([k, n], threshold) => {
        fc.pre(k > 0)
        const [now, worse] = [counted(k, n), counted(k - 1, n)].map((f) =>
          judge(f, threshold, 'at least', percent),
        )
        expect(rank.indexOf(worse?.outcome ?? '')).toBeLessThanOrEqual(
          rank.indexOf(now?.outcome ?? ''),
        )
        expect(worse?.below ?? 0).toBeGreaterThanOrEqual(now?.below ?? 1)
      }),
    )
  })

  it('agrees with its probability: met is seldom missed, not met seldom reached', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 99 }), ([k, n], threshold) => {
        const { outcome, below } = judge(counted(k, n), threshold, 'at least', percent)
        expect(outcomes).toContain(outcome)
        // Wilson's limits leave out 2.5% at each end of the beta distribution but for few people: at
        // worst 4.96% (1 of 6), and 3.9% with at least five people on either side.
        const missed = outcome === 'met' ? below : outcome === 'not met' ? 1 - (below ?? 0) : null
        if (missed === null) return
        expect(missed).toBeLessThan(0.05)
        if (k >= 5 && n - k >= 5) expect(missed).toBeLessThan(0.039)
      }),
    )
  })

  it('from limits alone, what is met is missed with a chance of 2.5% at most', () => {
    const number = fc.double({ min: -50, max: 50, noNaN: true })
    const reach = fc.double({ min: 0.01, max: 20, noNaN: true })
    fc.assert(
      fc.property(number, reach, reach, number, (value, down, up, threshold) => {
        const figure = published(value, value - down, value + up)
        const { outcome, below } = judge(figure, threshold, 'at least', percent)
        fc.pre(outcome !== 'not shown either way')
        expect(outcome === 'met' ? below : 1 - (below ?? 0)).toBeLessThan(0.025 + 1e-9)
      }),
    )
  })
})

describe('a threshold', () => {
  const standard = standardSchema.parse({
    ...{ code: 'best-tenth', name: 'As good as the best tenth', kind: 'excellence' },
    ...{ service: 'clinic', setBy: 'Nobody', right: 'None: it is made up.', checkedBy: 'Nobody' },
    ...{ indicator: 'seen', side: 'at least', threshold: { percentile: 90, period: '2020' } },
    ...{ from: '2020', consequence: 'Nothing follows.', evidence: 'None at all.' },
    ...{ source: 'Invented', review: '2030-01-01' },
    steps: [{ state: 'draft', on: '2020', by: 'Nobody', reason: 'To be tried in a test.' }],
  })
  const year = (period: string, value: readonly number[]) => ({
    ...{ indicator: 'seen', period, breakdown: '', whole: null, rounded: false },
    subjects: Int32Array.from(value.keys()),
    value: Float64Array.from(value),
    ...{ status: new Uint8Array(value.length), release: new Int32Array(value.length) },
    ...{ lower95: new Float64Array(), upper95: new Float64Array() },
    ...{ lower998: new Float64Array(), upper998: new Float64Array() },
    ...{ numerator: new Float64Array(), denominator: new Float64Array() },
  })
  const base = year('2020', [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110])

  it('of a base year does not move with later years, nor with whom it does not bind', () => {
    const later = year('2021', [900, 900, 900])
    expect(thresholdOf(standard, [base, later], () => true)).toBe(100)
    const withOther = year('2020', [...base.value, 5000])
    expect(thresholdOf(standard, [withOther], (subject) => subject < 11)).toBe(100)
  })

  it('is unknown where its base year is not published', () => {
    expect(thresholdOf(standard, [year('2021', [1, 2])], () => true)).toBeNull()
  })
})
