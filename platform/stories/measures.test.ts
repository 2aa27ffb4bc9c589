import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fewestReplies, middleOf } from './measures.ts'

describe('days to a reply, in the middle', () => {
  it('has its limits by ranks, as tables of the sign test give them', () => {
    const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)
    expect(middleOf(upTo(5))).toBeNull()
    // Conover's table: of 6 and 8 the first and last; of 9 the second; of 20 the sixth; of 50 the eighteenth.
    expect(middleOf(upTo(6))).toEqual({ middle: 3.5, from: 1, to: 6 })
    expect(middleOf(upTo(8))).toEqual({ middle: 4.5, from: 1, to: 8 })
    expect(middleOf(upTo(9))).toEqual({ middle: 5, from: 2, to: 8 })
    expect(middleOf(upTo(20))).toEqual({ middle: 10.5, from: 6, to: 15 })
    expect(middleOf(upTo(50))).toEqual({ middle: 25.5, from: 18, to: 33 })
  })

  it('lies between its limits, which are days of some reply', () => {
    const days = fc.array(fc.nat(400), { minLength: fewestReplies, maxLength: 120 })
    fc.assert(
      fc.property(days, (all) => {
        const sorted = all.toSorted((a, b) => a - b)
        const found = middleOf(sorted)
        expect(found?.from).toBeLessThanOrEqual(found?.middle ?? Number.NaN)
        expect(found?.to).toBeGreaterThanOrEqual(found?.middle ?? Number.NaN)
        expect(sorted).toContain(found?.from)
        expect(sorted).toContain(found?.to)
      }),
    )
  })
})
