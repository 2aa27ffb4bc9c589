import fc from 'fast-check'
import { expect, it } from 'vitest'
import { number } from '../web/words.ts'
import { remembered } from './remembered.ts'

it('gives what the function gives, and asks it again only for what is new or was dropped', () => {
  const asked: number[] = []
  const doubled = remembered(2, (x: number) => {
    asked.push(x)
    return 2 * x
  })
  expect([1, 1, 2, 1, 3, 3].map(doubled)).toEqual([2, 2, 4, 2, 6, 6])
  expect(asked).toEqual([1, 2, 3])
  expect(doubled(1)).toBe(2)
  expect(asked).toEqual([1, 2, 3, 1])
})

it('changes no number as it is written', () => {
  const plain = (x: number, decimals: number): string => {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
    const text = new Intl.NumberFormat('en-GB', digits).format(x)
    return /^-[0.,]*$/.test(text) ? text.slice(1) : text
  }
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.nat(4), (x, decimals) => {
      expect(number(x, decimals)).toBe(plain(x, decimals))
      expect(number(x, decimals)).toBe(plain(x, decimals))
    }),
  )
  expect([number(-0, 1), number(0, 1), number(-0.04, 1)]).toEqual(['0.0', '0.0', '0.0'])
})
