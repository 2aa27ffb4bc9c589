import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readWording } from './wording.ts'

const words = fc.stringMatching(/^[A-Za-z0-9%£ .,()‘’-]{1,40}$/)

const asWritten = { said: '', cited: ' and a source of that year', none: ' and no year' } as const

it('gives back what was written, whoever says the year', () => {
  fc.assert(
    fc.property(
      words,
      words,
      words,
      fc.constantFrom('said', 'cited', 'none'),
      (where, said, sentence, year) => {
        const note = `${where} says “${said}”${asWritten[year]}: “${sentence}”`
        expect(readWording(note)).toEqual({ where, said, year, sentence })
      },
    ),
  )
})

it('knows the name of a box, which has marks of its own', () => {
  const note = 'Box “Nurses take control” says “700 nurses”: “The 700 nurses created a service.”'
  expect(readWording(note)).toMatchObject({
    where: 'Box “Nurses take control”',
    said: '700 nurses',
  })
})

it('takes no other note for one', () => {
  expect(readWording(null)).toBeNull()
  expect(readWording('Counted twice in part.')).toBeNull()
})
