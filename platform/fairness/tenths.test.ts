import { expect, it } from 'vitest'
import { type Tenth, tenthsOf } from './tenths.ts'

const named = { of: 'people', breakdown: 'tenth={tenth}' }
const ramp = (half: number, people: number | null = 1000): Tenth[] =>
  Array.from({ length: 10 }, (_, i) => {
    const value = 20 - i
    return { value, lower: value - half, upper: value + half, people }
  })

it('the gap is the most deprived tenth less the least, by MOVER, and the slope goes on to the ends', () => {
  const { found } = tenthsOf(named, ramp(1), true) ?? {}
  expect(found?.gap.value).toBe(9)
  expect(found?.gap.upper).toBeCloseTo(9 + Math.SQRT2, 10)
  expect(found?.ratio?.value).toBeCloseTo(20 / 11, 10)
  // The line goes from the middle of the first tenth to that of the last: 9 over 0.9 of the people.
  expect(found?.slope.value).toBeCloseTo(10, 8)
  expect(found?.slope.lower).toBeLessThan(10)
})

it('weights tenths alike where the source does not say of how many people', () => {
  expect(tenthsOf(named, ramp(1, null), true)?.found.slope.value).toBeCloseTo(10, 8)
})

it('says no ratio of what can be below 0, and nothing of nine', () => {
  expect(tenthsOf(named, ramp(1), false)?.found.ratio).toBeNull()
  expect(tenthsOf(named, ramp(12), true)?.found.ratio).toBeNull()
  expect(tenthsOf(named, ramp(1).slice(1), true)).toBeNull()
})
