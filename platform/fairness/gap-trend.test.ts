import { randomSource } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fifthsOf, type Provider } from './fifths.ts'
import { type GapTrend, gapTrend, type HeldGap } from './gap-trend.ts'

/** A gap that some providers move, each by so much. */
const held = (value: number, pulls: readonly (readonly [number, number])[]): HeldGap => {
  const half = 1.96 * Math.hypot(...pulls.map(([, x]) => x))
  return {
    gap: { value, lower: value - half, upper: value + half },
    pulls: new Map(pulls),
    degrees: 1e6,
  }
}

const counted = (value: number, half: number): HeldGap => ({
  gap: { value, lower: value - half, upper: value + half },
  pulls: null,
  degrees: Number.POSITIVE_INFINITY,
})

const trend = (first: HeldGap, last: HeldGap): GapTrend =>
  gapTrend({ period: '2016-17', held: first }, { period: '2018-19', held: last })

describe('the change of a gap', () => {
  const stable: [number, number][] = [
    [1, 3],
    [2, -3],
    [3, 3],
    [4, -3],
  ]

  it('of the same providers, each as far out as before, is certain although each gap is not', () => {
    const moved = stable.map(([subject, x]): [number, number] => [
      subject,
      x + (subject % 2 ? 0.1 : 0.2),
    ])
    const found = trend(held(-5, stable), held(-3, moved))
    expect(found.way).toBe('narrowed')
    expect(found.change.value).toBe(2)
    // Four moves of 0.1, 0.2, 0.1 and 0.2.
    expect(found.change.upper - 2).toBeCloseTo(1.96 * Math.sqrt(0.1), 3)
  })

  it('of other providers has the doubt of both', () => {
    const others = stable.map(([subject, x]): [number, number] => [subject + 10, x])
    const found = trend(held(-5, stable), held(-3, others))
    expect(found.way).toBe('uncertain')
    expect(found.change.upper - 2).toBeCloseTo(1.96 * Math.sqrt(2 * 36), 3)
  })

  it('of counted people is by MOVER', () => {
    const found = trend(counted(10, 1), counted(13, 1))
    expect(found.change.lower).toBeCloseTo(3 - Math.SQRT2, 10)
    expect(found.way).toBe('widened')
    expect(trend(counted(10, 3), counted(13, 3)).way).toBe('uncertain')
  })

  it('says on which side those who had less are now', () => {
    expect(trend(counted(-6, 1), counted(4, 1)).way).toBe('turned')
    expect(trend(counted(-6, 1), counted(0.5, 1)).way).toBe('narrowed')
    expect(trend(counted(6, 1), counted(-4, 1)).way).toBe('turned')
  })

  it('that does not vary proves nothing', () => {
    expect(trend(held(-5, stable), held(-3, stable)).way).toBe('uncertain')
  })
})

it('backwards is the same change the other way', () => {
  const half = fc.integer({ min: 1, max: 40 })
  const value = fc.integer({ min: -100, max: 100 })
  fc.assert(
    fc.property(value, half, value, half, (a, wide, b, broad) => {
      const [on, back] = [
        trend(counted(a, wide), counted(b, broad)),
        trend(counted(b, broad), counted(a, wide)),
      ]
      expect(back.change.value).toBeCloseTo(0 - on.change.value, 9)
      expect(back.change.lower).toBeCloseTo(0 - on.change.upper, 9)
      expect(on.way === 'uncertain').toBe(back.way === 'uncertain')
      if (a * b > 0 && on.way === 'narrowed') expect(back.way).toBe('widened')
    }),
  )
})

it('is called where there is none in about 1 of 20, and far less with providers that stay as they are', () => {
  const random = randomSource(108)
  const noise = (): number => random.uniform() + random.uniform() + random.uniform() - 1.5
  const rounds = 600
  let called = 0
  for (let round = 0; round < rounds; round++) {
    const lasting = Array.from({ length: 60 }, () => 10 * noise())
    const year = (): HeldGap => {
      const providers = lasting.map(
        (own, subject): Provider => ({
          subject,
          deprivation: subject,
          people: 5 + (subject % 7),
          value: 50 - subject / 10 + own + 3 * noise(),
        }),
      )
      return fifthsOf(providers, true)?.held as HeldGap
    }
    if (trend(year(), year()).way !== 'uncertain') called += 1
  }
  expect(called / rounds).toBeGreaterThan(0.025)
  expect(called / rounds).toBeLessThan(0.075)
})
