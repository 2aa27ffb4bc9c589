import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leftBehind, ownGap, type Tested } from './left-behind.ts'

const estimate = (value: number, half: number) => ({
  value,
  lower: value - half,
  upper: value + half,
})
const pair = (subject: number, first: number, second: number, half = 5): Tested =>
  ownGap(subject, estimate(first, half), estimate(second, half))

it('names those behind for certain, the widest gap first', () => {
  const found = leftBehind([pair(1, 40, 70), pair(2, 50, 90), pair(3, 60, 62), pair(4, 90, 50)], -1)
  expect(found.compared).toBe(4)
  expect(found.certain).toBe(3)
  expect(found.widest.map((g) => g.subject)).toEqual([2, 1])
  // MOVER of two equal half widths: sqrt(50).
  expect(found.widest[0]?.upper).toBeCloseTo(-40 + Math.sqrt(50), 10)
})

it('of a measure of which less is better, those with more are behind', () => {
  expect(leftBehind([pair(1, 40, 70), pair(2, 90, 50)], 1).widest.map((g) => g.subject)).toEqual([
    2,
  ])
})

it('names nobody where all groups are alike, and none who is ahead', () => {
  const alike = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(alike, (values) => {
      expect(
        leftBehind(
          values.map((v, i) => pair(i, v, v)),
          -1,
        ).certain,
      ).toBe(0)
    }),
  )
  const some = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(some, (values) => {
      const { widest } = leftBehind(
        values.map(([a, b], i) => pair(i, a, b)),
        -1,
      )
      for (const g of widest) expect(g.upper).toBeLessThan(0)
    }),
  )
})
