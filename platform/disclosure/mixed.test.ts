import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foundMixed } from './mixed-found.ts'
import { publishMixed } from './publish-mixed.ts'
import { mixedHistories } from './random-mixed.ts'

/** Larger ones may take minutes: they are for `mixed.slow.test.ts`. */
const small = mixedHistories('same').filter(({ releases }) =>
  releases.every(({ rows }) => rows.length <= 60),
)

it('gives no count away to who keeps releases of the same people that list different rows', {
  timeout: 400_000,
}, async () => {
  let [hidden, published, refused] = [0, 0, 0]
  await fc.assert(
    fc.asyncProperty(small, async (history) => {
      const found = await publishMixed(history)
      expect(found.leaks.hard).toEqual([])
      hidden += found.hidden
      published += found.published
      refused += found.refused.length
    }),
    // Another twenty each time: a failure names its seed. `mixed.slow.test.ts` tries three hundred.
    { numRuns: 20 },
  )
  expect(hidden).toBeGreaterThan(100)
  // The rule must not be kept by publishing nothing.
  expect(published).toBeGreaterThan(refused)
})

it.each(foundMixed)('lets no count follow %s', async (_, history) => {
  expect((await publishMixed(history)).leaks.hard).toEqual([])
})

it('finds out one that holds a release against none before', { timeout: 400_000 }, async () => {
  const found = await fc.check(
    fc.asyncProperty(
      small,
      async (history) => (await publishMixed(history, { forgets: true })).leaks.hard.length === 0,
    ),
    { numRuns: 60, endOnFailure: true },
  )
  expect(found.failed).toBe(true)
  expect(found.errorInstance).toEqual(new Error('Property failed by returning false'))
})
