import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCrisis, marked, noticeNames } from './notice.ts'

const what = (text: string): string[] =>
  noticeNames(text).map((n) => `${n.what}: ${text.slice(n.from, n.to)}`)

describe('what may tell who somebody is', () => {
  it.each([
    ['Then Dr Smith came.', ['name: Dr Smith']],
    ['Nurse Mary O’Neil was kind.', ['name: Nurse Mary O’Neil']],
    ['It was a porter called Tom who helped.', ['name: Tom']],
    ['I spoke to John Smith twice.', ['name: John Smith']],
    ['Ring me on 07700 900123.', ['phone: 07700 900123']],
    ['My number is 943 476 5919.', ['number: 943 476 5919']],
    ['Write to ada@example.org today', ['email: ada@example.org']],
    ['We live at TS18 1HU, born 3/4/1999.', ['postcode: TS18 1HU', 'birthday: 3/4/1999']],
    ['It took 3 hours and 20 minutes on Monday.', []],
    ['The Royal Infirmary is large. I was glad.', []],
  ])('in “%s”', (text, found) => expect(what(text)).toEqual(found))

  it('never loses or changes a letter of the text, whatever it is', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Dr Smith',
        ' called Tom',
        '07700 900123',
        'a@b.org',
        ' John Smith',
        'TS1 1AA',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        return (
          marked(text)
            .map((p) => p.text)
            .join('') === text
        )
      }),
    )
  })
})

describe('words of a crisis', () => {
  it.each([
    'I wanted to kill myself',
    'she took an overdose',
    'He said he would end his own life',
    'I don’t want to be here any more',
    'the carer hits my daughter',
    'Roeddwn i eisiau marw',
    'Mae hi wedi sôn am hunanladdiad',
    'Roedd e’n lladd ei hun',
    'Cafodd hi ei cham-drin yno',
  ])('are seen in “%s”', (text) => expect(isCrisis(text)).toBe(true))

  it.each([
    'The wait was killing',
    'They cut my hair',
    'I nearly missed the bus',
    'Arhosais am farwolaeth y cwis',
  ])('are not seen in “%s”', (text) => expect(isCrisis(text)).toBe(false))
})
