import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupHere, scopeOf } from './scope.ts'

const names = ['Ashshire', 'Beechshire', 'Cedarshire', 'Doonshire']
const nameOf = (area: number): string => names[area] ?? String(area)

describe('which areas hold all providers of a group', () => {
  it('names up to three, in the order of the alphabet', () => {
    expect(scopeOf([1, 2, 3], () => 0, nameOf)).toBe('Ashshire')
    expect(scopeOf([2, 1, 0], (s) => s, nameOf)).toBe('Ashshire, Beechshire and Cedarshire')
  })

  it('says nothing where they are many, or where one lies nowhere', () => {
    expect(scopeOf([0, 1, 2, 3], (s) => s, nameOf)).toBeNull()
    expect(scopeOf([0, 1], (s) => (s === 1 ? null : 0), nameOf)).toBeNull()
    expect(scopeOf([], () => 0, nameOf)).toBeNull()
  })

  it('never names an area that holds none of them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1 }), (areas) => {
        const text = scopeOf(areas.keys(), (s) => areas[s] as number, nameOf)
        for (const [area, name] of names.entries()) {
          if (text !== null) expect(text.includes(name)).toBe(areas.includes(area))
        }
      }),
    )
  })

  it('is part of the words for the group', () => {
    expect(groupHere(1545, 'schools', 'Ashshire')).toBe('1,545 schools here (Ashshire)')
    expect(groupHere(6463, 'practices', null)).toBe('6,463 practices here')
  })
})
