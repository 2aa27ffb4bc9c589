import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal } from './decimals.ts'

const asIntl = (value: number, decimals: number): string => {
  const text = new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value)
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text
}

describe('a number with decimals', () => {
  it('is what Intl makes of any number', () => {
    const any = fc.oneof(fc.double(), fc.double({ min: -1e7, max: 1e7 }), fc.integer())
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 8 }), (value, decimals) => {
        expect(decimal(value, decimals)).toBe(asIntl(value, decimals))
      }),
      { numRuns: 3000 },
    )
  })

  it('is what Intl makes of numbers in the middle between two, and beside it', () => {
    const near = fc.tuple(
      fc.integer({ min: -2_000_000, max: 2_000_000 }),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(0, 1e-14, -1e-14, 1e-10, -1e-10, 1e-6, -1e-6),
    )
    fc.assert(
      fc.property(near, ([halves, decimals, off]) => {
        const value = halves / 2 / 10 ** decimals + off
        expect(decimal(value, decimals)).toBe(asIntl(value, decimals))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    [0, 0, '0'],
    [-0.04, 1, '0.0'],
    [999.995, 2, '1,000.00'],
    [1.005, 2, '1.01'],
    [-1234.5, 1, '-1,234.5'],
    [8935216, 0, '8,935,216'],
    [0.05, 1, '0.1'],
  ])('%d with %d decimals is %s', (value, decimals, text) => {
    expect(decimal(value, decimals)).toBe(text)
  })
})
