import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Joined } from './joined.ts'

describe('an answer that many ask for', () => {
  it('is read once for all who wait, and never read before they asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ after: fc.nat(6), takes: fc.nat(6), fails: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (asks) => {
          let [truth, readings, most, all] = [0, 0, 0, 0]
          const joined = new Joined(async () => {
            readings += 1
            all += 1
            most = Math.max(most, readings)
            const seen = truth
            const { takes, fails } = asks[all % asks.length] as (typeof asks)[number]
            await setTimeout(takes)
            readings -= 1
            if (fails) throw new Error(String(seen))
            return seen
          })
          await Promise.all(
            asks.map(async ({ after }) => {
              await setTimeout(after)
              truth += 1
              const asked = truth
              const told = await joined.get().catch((error: Error) => Number(error.message))
              expect(told).toBeGreaterThanOrEqual(asked)
            }),
          )
          expect(most).toBe(1)
          expect(all).toBeLessThanOrEqual(asks.length)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is asked twice by a crowd: once for the first, once for all the others', async () => {
    let readings = 0
    const joined = new Joined(async () => {
      readings += 1
      await setTimeout(1)
    })
    await Promise.all(Array.from({ length: 30 }, () => joined.get()))
    expect(readings).toBe(2)
    await joined.get()
    expect(readings).toBe(3)
  })
})
