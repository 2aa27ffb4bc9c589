import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestNeighbours } from './nearest.ts'

const codes = (n: number): string[] => Array.from({ length: n }, (_, i) => `P${1000 + i}`)

describe('nearest neighbours', () => {
  it('are exactly 30 distinct others, never itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ min: 0, max: 9, noNaN: true }), fc.constant(Number.NaN)), {
          minLength: 31,
          maxLength: 80,
        }),
        (values) => {
          const names = codes(values.length)
          const feature = { weight: 1, numbers: Float64Array.from(values) }
          nearestNeighbours(names, [feature], 30).members.forEach((members, i) => {
            expect(members.length).toBe(30)
            expect(new Set(members).size).toBe(30)
            expect(members.includes(i)).toBe(false)
          })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('do not hang on the order of the input', () => {
    const values = [5, 1, 4, 1, 3, 1, 2, 1, 9, 6]
    const names = codes(10)
    const of = (order: number[]): Map<string, string[]> => {
      const shuffled = order.map((i) => names[i] as string)
      const numbers = Float64Array.from(order, (i) => values[i] as number)
      const { members } = nearestNeighbours(shuffled, [{ weight: 1, numbers }], 3)
      return new Map(
        shuffled.map((code, i) => [
          code,
          Array.from(members[i] ?? [], (m) => shuffled[m] as string),
        ]),
      )
    }
    const forward = of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    const backward = of([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    for (const [code, members] of forward) expect(backward.get(code)).toEqual(members)
  })

  it('nobody is near for want of data', () => {
    const numbers = Float64Array.of(1, 1.1, 0.9, 5, Number.NaN)
    const { members } = nearestNeighbours(codes(5), [{ weight: 1, numbers }], 2)
    expect([...(members[0] ?? [])].sort()).toEqual([1, 2])
  })

  it('share what must be the same before they are of like size', () => {
    const numbers = Float64Array.of(1, 1, 3, 2.9)
    const words = ['urban', 'rural', 'urban', 'rural']
    const features = [
      { weight: 1, numbers },
      { weight: 20, words },
    ]
    const { members } = nearestNeighbours(codes(4), features, 1)
    expect(members[0]?.[0]).toBe(2)
  })
})
