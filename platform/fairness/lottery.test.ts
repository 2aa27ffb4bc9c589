import { randomSource } from '@plumbline/statistics'
import { expect, it } from 'vitest'
import { lotteryOf, type Units } from './lottery.ts'

/** Units of 100 people whose true proportion is the given one. */
function drawn(truth: (i: number) => number, n = 200): Units {
  const random = randomSource(24)
  const numerators = Float64Array.from({ length: n }, (_, i) => {
    let events = 0
    for (let k = 0; k < 100; k++) if (random.uniform() < truth(i)) events += 1
    return events
  })
  const none = new Float64Array(n).fill(Number.NaN)
  const denominators = new Float64Array(n).fill(100)
  return { values: numerators.slice(), numerators, denominators, lower95: none, upper95: none }
}

it('finds nothing beyond chance where all are the same', () => {
  const found = lotteryOf(
    drawn(() => 0.5),
    100,
    true,
  )
  expect(found?.share?.lower).toBe(0)
  expect(found?.between?.value).toBeLessThan(2)
})

it('finds what lies beyond chance where half do better', () => {
  const found = lotteryOf(
    drawn((i) => (i % 2 ? 0.4 : 0.6)),
    100,
    true,
  )
  // True standard deviation 10 points; chance adds a variance of 24.
  expect(found?.share?.lower).toBeGreaterThan(0.6)
  expect(found?.between?.value).toBeGreaterThan(8)
  expect(found?.between?.value).toBeLessThan(12)
})

it('says no share where nobody knows the chance, and nothing of fewer than ten', () => {
  const found = lotteryOf({ ...drawn(() => 0.5) }, 100, false)
  expect(found?.share).toBeNull()
  expect(found?.units).toBe(200)
  expect(
    lotteryOf(
      drawn(() => 0.5, 9),
      100,
      true,
    ),
  ).toBeNull()
})
