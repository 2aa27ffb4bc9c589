import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvText } from '../downloads/csv-writer.ts'
import { csvCell, csvLines } from './csv.ts'

describe.each([
  ['of pages', (text: string): string => csvCell(text)],
  ['of downloads', csvText],
])('a cell of the CSV %s', (_, cell) => {
  it.each([
    ['x;=cmd', '"x;=cmd"'],
    ['x\t=cmd', '"x\t=cmd"'],
    [';', '";"'],
    ['a "word"; more', '"a ""word""; more"'],
    ['=1;2', `"'=1;2"`],
    ['a, b', '"a, b"'],
    ['plain', 'plain'],
  ])('%j is written as %j, whatever divides cells where it is opened', (text, written) => {
    expect(cell(text)).toBe(written)
  })

  it('holds no comma, semicolon, tab or line’s end outside of quotes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\r', '\n', '=') })
    fc.assert(
      fc.property(text, (said) => {
        expect(cell(said).replace(/^"(?:[^"]|"")*"$/, '')).not.toMatch(/[",;\t\r\n]/)
      }),
    )
  })
})

it('lines of cells are read back as they were', () => {
  const unit = fc.constantFrom('a', '"', ',', ';', '\t', '\r', '\n', ' ')
  // One that begins as a formula would comes back with the apostrophe that defuses it.
  const text = fc.string({ unit }).map((said) => `x${said}`)
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
      const written = csvLines(['one', 'two'], rows)
      expect(parse(written, { record_delimiter: '\r\n' })).toEqual([['one', 'two'], ...rows])
    }),
  )
})
