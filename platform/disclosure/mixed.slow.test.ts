import fc from 'fast-check'
import { expect, it } from 'vitest'
import { publishMixed } from './publish-mixed.ts'
import { mixedHistories } from './random-mixed.ts'

it('gives no count away in three hundred histories of different rows', {
  timeout: 3_600_000,
}, async () => {
  let [published, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(mixedHistories('same'), async (history) => {
      const found = await publishMixed(history)
      expect(found.leaks.hard).toEqual([])
      published += found.published
      refused += found.refused.length
    }),
    { numRuns: 300 },
  )
  expect(published).toBeGreaterThan(500)
  expect(published).toBeGreaterThan(3 * refused)
})
