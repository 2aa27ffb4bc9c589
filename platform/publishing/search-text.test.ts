import { describe, expect, it } from 'vitest'
import { plainText, searchText, streetText, wordsToFind } from './search-text.ts'

const surgery = {
  name: 'John Pounds Surgery',
  code: 'J82177',
  town: 'Portsmouth',
  postcode: 'PO1 3DU',
  address: "3 St. Mary's Road, Portsmouth",
}

describe('what a search is held against', () => {
  it.each(['PO1 3DU', 'PO1  3DU', 'PO13DU', ' po1 3du '])(
    'has the postcode %j with one space, and without any',
    (postcode) => {
      const text = searchText({ ...surgery, postcode })
      expect(text).toBe('john pounds surgery j82177 portsmouth po1 3du po13du')
    },
  )

  it('leaves a postcode that is none as it is, and nothing where there is none', () => {
    expect(searchText({ ...surgery, postcode: 'IM99' })).toMatch(/portsmouth im99 im99$/)
    expect(searchText({ ...surgery, postcode: 'none  yet' })).toMatch(/none yet noneyet$/)
    expect(searchText({ ...surgery, postcode: null, town: null })).toMatch(/j82177$/)
  })

  it.each([
    ["St. Mary's", 'st marys'],
    ['St Mary’s', 'st marys'],
    ["St.Mary's", 'st marys'],
    ['Blackburn Rd.Medical  Ctr.', 'blackburn rd medical ctr'],
    ['The G.P. Surgery', 'the gp surgery'],
    ['Dr J.Smith', 'dr j smith'],
    ["'; --", '; --'],
  ])('writes %s as %s', (text, plain) => {
    expect(plainText(text)).toBe(plain)
  })

  it('writes streets in letters and digits alone', () => {
    expect(streetText("3 St. Mary's Road, Portsmouth")).toBe('3 st marys road portsmouth')
  })

  it('keeps the words of names, towns and streets that are put right', () => {
    expect(new Set(wordsToFind(surgery))).toEqual(
      new Set(['john', 'pounds', 'surgery', 'portsmouth', 'marys', 'road']),
    )
  })
})
