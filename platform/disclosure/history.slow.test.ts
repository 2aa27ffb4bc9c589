import fc from 'fast-check'
import { expect, it } from 'vitest'
import { publishAll } from './publish-histories.ts'
import { corrections } from './random-visits.ts'

it('gives no count away in three hundred histories', { timeout: 3_600_000 }, async () => {
  let [published, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(corrections, async (all) => {
      const found = await publishAll(all)
      expect(found.leaks).toEqual([])
      published += found.published
      refused += found.refused
    }),
    { numRuns: 300 },
  )
  expect(published).toBeGreaterThan(600)
  expect(published).toBeGreaterThan(8 * refused)
})
