import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fifthsOf as measured, type Provider } from './fifths.ts'

const fifthsOf = (some: readonly Provider[], fromNought = true) =>
  measured(some, fromNought)?.found ?? null

const ramp = (n: number, slope: number): Provider[] =>
  Array.from({ length: n }, (_, i) => ({
    subject: i,
    value: 50 + slope * i + (i % 3),
    people: 10,
    deprivation: i,
  }))

it('puts the most deprived first, and both gap and slope say who has more', () => {
  const found = fifthsOf(ramp(50, -0.5))
  expect(found?.means).toHaveLength(5)
  expect(found?.gap.value).toBeCloseTo(-20, 0)
  expect(found?.gap.upper).toBeLessThan(0)
  expect(found?.slope.value).toBeCloseTo(-25, 0)
  expect(found?.slope.upper).toBeLessThan(0)
})

it('cuts by people: one very large practice fills its fifth', () => {
  const some = ramp(50, 0).map((p, i) => (i === 49 ? { ...p, people: 120 } : p))
  const found = fifthsOf(some)
  // 610 people, 122 a fifth: the large one leaves no room for two others.
  expect(found).toBeNull()
})

it('keeps equally deprived providers together', () => {
  const some = ramp(60, 0).map((p, i) => ({ ...p, deprivation: Math.floor(i / 12) }))
  expect(fifthsOf(some)?.means.map((m) => m.providers)).toEqual([12, 12, 12, 12, 12])
})

it('does not call a gap in equal values certain', () => {
  const found = fifthsOf(ramp(50, 0).map((p) => ({ ...p, value: 7 })))
  expect(found?.gap.value).toBeCloseTo(0, 10)
  expect(found?.gap.lower).toBeLessThanOrEqual(0)
  expect(found?.gap.upper).toBeGreaterThanOrEqual(0)
})

const providers = fc
  .array(
    fc.record({
      value: fc.integer({ min: -1000, max: 1000 }),
      people: fc.integer({ min: 1, max: 50 }),
      deprivation: fc.integer({ min: 0, max: 400 }),
    }),
    { minLength: 20, maxLength: 80 },
  )
  .map((some) => some.map((p, subject) => ({ subject, ...p })))

it('does not depend on the order in which providers stand', () => {
  fc.assert(
    fc.property(providers, (some) => {
      const [one, two] = [fifthsOf(some), fifthsOf([...some].reverse())]
      expect(one === null).toBe(two === null)
      if (!one || !two) return
      expect(two.gap.value).toBeCloseTo(one.gap.value, 8)
      expect(two.slope.lower).toBeCloseTo(one.slope.lower, 6)
    }),
  )
})

it('everyone has more by the same, and the gap stays', () => {
  fc.assert(
    fc.property(providers, fc.integer({ min: -500, max: 500 }), (some, more) => {
      const moved = fifthsOf(some.map((p) => ({ ...p, value: p.value + more })))
      const found = fifthsOf(some)
      expect(moved === null).toBe(found === null)
      if (!found) return
      expect(moved?.gap.value).toBeCloseTo(found.gap.value, 7)
    }),
  )
})

it('the ratio of the ends is that of their means, and holds 1 where the gap holds 0', () => {
  const found = fifthsOf(ramp(50, -0.5))
  expect(found?.ratio?.value).toBeCloseTo(
    (found?.means[0]?.value ?? 0) / (found?.means[4]?.value ?? 1),
    10,
  )
  expect(found?.ratio?.upper).toBeLessThan(1)
  const even = fifthsOf(ramp(50, 0))
  expect(even?.ratio?.lower).toBeLessThan(1)
  expect(even?.ratio?.upper).toBeGreaterThan(1)
})

it('says no ratio where values can lie below 0', () => {
  expect(fifthsOf(ramp(50, -0.5), false)?.ratio).toBeNull()
  expect(fifthsOf(ramp(50, -0.5).map((p) => ({ ...p, value: p.value - 40 })))?.ratio).toBeNull()
})

it('the pulls of the gap add up to its standard error', () => {
  fc.assert(
    fc.property(providers, (some) => {
      const found = measured(some, false)
      if (!found) return
      const [most, least] = [found.found.means[0], found.found.means[4]]
      const squares = [...(found.held.pulls ?? [])].reduce((sum, [, x]) => sum + x * x, 0)
      const errors = Math.hypot(most?.standardError ?? 0, least?.standardError ?? 0)
      expect(Math.sqrt(squares)).toBeCloseTo(errors, 8)
    }),
  )
})
