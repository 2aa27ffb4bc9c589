import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomSource, StatisticsError, xoshiro128 } from './index.ts'

describe('random numbers', () => {
  it('are those of the reference implementation (xoshiro128starstar.c 1.1, state 1 2 3 4)', () => {
    const source = xoshiro128(1, 2, 3, 4)
    expect(Array.from({ length: 10 }, source.uint32)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ])
  })

  it('are the same for the same seed and stream, and others for another', () => {
    const first = (seed: number, stream?: number) => {
      const source = randomSource(seed, stream)
      return [source.uint32(), source.uint32(), source.uint32()].join()
    }
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.integer({ min: 0, max: 0xfffffffe }),
        (seed, stream): void => {
          expect(first(seed, stream)).toBe(first(seed, stream))
          expect(first(seed, stream)).not.toBe(first(seed, stream + 1))
          if (seed > 0) expect(first(seed, stream)).not.toBe(first(seed - 1, stream))
        },
      ),
    )
    expect(first(5)).toBe(first(5, 0))
    expect(first(5)).not.toBe(first(5 + 2 ** 32))
  })

  it('fill 0 to 1 evenly (chi-squared over 100 cells below its 0.9999 quantile, 161)', () => {
    for (const seed of [0, 1, 2, 2 ** 40]) {
      const source = randomSource(seed)
      const cells = new Float64Array(100)
      for (let i = 0; i < 100_000; i++) {
        const u = source.uniform()
        if (!(u >= 0 && u < 1)) throw new Error(`${u} lies outside 0 to 1`)
        const cell = Math.floor(u * 100)
        cells[cell] = (cells[cell] as number) + 1
      }
      const chi = cells.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)
      expect(chi).toBeLessThan(161)
      expect(chi).toBeGreaterThan(50)
    }
  })

  it('below n stay below n and reach every number', () => {
    const source = randomSource(11)
    for (const n of [1, 2, 7, 2 ** 31 + 1, 2 ** 32]) {
      const seen = new Set<number>()
      for (let i = 0; i < 200; i++) seen.add(source.below(n))
      expect([...seen].every((draw) => Number.isInteger(draw) && draw >= 0 && draw < n)).toBe(true)
      expect(seen.size).toBe(n < 100 ? n : 200)
    }
  })

  it('refuse a seed, stream or n that cannot be', () => {
    expect(() => randomSource(-1)).toThrow(/invalid seed/)
    expect(() => randomSource(1.5)).toThrow(StatisticsError)
    expect(() => randomSource(1, -1)).toThrow(/invalid stream/)
    expect(() => randomSource(1).below(0)).toThrow(/invalid n/)
  })
})
