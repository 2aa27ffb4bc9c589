import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameFilter } from './name-filter.ts'

describe('a filter by name, code or postcode', () => {
  it.each([
    ['st marys', "St. Mary's Surgery J82177", true],
    ['St. Mary’s', 'ST MARYS SURGERY J82177', true],
    [' MARY  ', 'Maryland J82177', true],
    ['po13du', 'John Pounds Surgery PO1 3DU', true],
    ['PO1 3DU', 'John Pounds Surgery PO1  3DU', true],
    ['PO1 3DU', 'John Pounds Surgery PO13DU', true],
    ['e1 1aa', 'Somebody SE1 1AA', false],
    ['PO1 3DU', 'John Pounds Surgery PO1 3DX', false],
    ['PO1', 'John Pounds Surgery PO1 3DU', true],
    ['j82', 'John Pounds Surgery J82177', true],
    ['', 'anything', true],
    ['(', 'a (b', true],
    ['.', 'anything', true],
  ])('%j on %j: %j', (typed, text, found) => {
    expect(nameFilter(typed)(text)).toBe(found)
  })

  it('finds each part of a text that is no postcode, as it is written', () => {
    const words = fc.stringMatching(/^[a-zA-Z' ]{1,30}$/)
    fc.assert(
      fc.property(words, fc.nat(30), fc.nat(30), (text, a, b) => {
        const part = text.slice(Math.min(a, b), Math.max(a, b))
        expect(nameFilter(part)(text)).toBe(true)
      }),
    )
  })
})
