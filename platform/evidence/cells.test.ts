import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDate, numberCellReader, readDecimalComma, readNumber } from './cells.ts'
import { calmName } from './describe-subject.ts'
import { normalisePeriod } from './period.ts'

describe('numbers as people publish them', () => {
  it.each(['1', '1,', '1.', ' '])('gives up at once on a long cell of %j that is none', (part) => {
    const long = `1${part.repeat(1_000_000)}x`
    expect(readNumber(long)).toBeNaN()
    expect(readDecimalComma(long)).toBeNaN()
  })

  it.each([
    ['63%', 63],
    ['1,234.5', 1234.5],
    ['£178.81', 178.81],
    [' -1.9 ', -1.9],
    ['+4', 4],
    ['1e-3', 0.001],
    ['12,345,678', 12_345_678],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })

  it.each(['1,23', 'abc', '', '1.2.3', '--1', '0x10', '1 000', 'Infinity', '12%%'])(
    '%j is no number',
    (text) => {
      expect(readNumber(text)).toBeNaN()
    },
  )

  it.each([
    ['12,5', 12.5],
    ['1,234', 1.234],
    ['1.062,5 %', 1062.5],
    ['1 062', 1062],
    ['-0,5', -0.5],
    ['1.234', 1234],
    ['7', 7],
  ])('with a comma for the point, %s is %d', (text, value) => {
    expect(readDecimalComma(text)).toBe(value)
  })

  it.each(['12.5', '1,2,3', '1.23,4', '', 'x', ',5'])(
    'with a comma for the point, %j is no number',
    (text) => {
      expect(readDecimalComma(text)).toBeNaN()
    },
  )

  it('reads back whatever number is written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(readNumber(String(x))).toBe(x === 0 ? Number(String(x)) : x)
      }),
    )
  })
})

describe('where a value stands', () => {
  const read = numberCellReader(
    new Set(['', 'NA']),
    new Map([['SUPP', 'suppressed'] as const, ['NE', 'not-applicable'] as const]),
  )
  it.each([
    ['SUPP', 'suppressed'],
    ['NE', 'not-applicable'],
    ['', 'missing'],
    ['NA', 'missing'],
    ['0', 'value'],
  ] as const)(
    '%j is %s: suppressed, missing, not applicable and zero stay apart',
    (text, status) => {
      const cell = { status: 'value' as const, value: 1 }
      expect(read(text, cell)).toBe(true)
      expect(cell.status).toBe(status)
      expect(Number.isNaN(cell.value)).toBe(status !== 'value')
    },
  )
})

describe('periods', () => {
  it.each([
    ['2013/14', 'financial-year', '2013-14'],
    ['201920', 'school-year', '2019-20'],
    ['2018', 'school-year', '2018-19'],
    ['1999-2000', 'school-year', '1999-00'],
    ['607', 'school-year', '2006-07'],
    ['1516', 'school-year', '2015-16'],
    ['2017-03-01', 'month', '2017-03'],
    ['20220420', 'day', '2022-04-20'],
  ] as const)('%s as a %s is %s', (text, kind, label) => {
    expect(normalisePeriod(text, kind)).toBe(label)
  })

  it.each([
    ['2013/15', 'financial-year'],
    ['2023-02-30', 'day'],
    ['2017-13', 'month'],
    ['soon', 'year'],
  ] as const)('%s is no %s', (text, kind) => {
    expect(normalisePeriod(text, kind)).toBeNull()
  })
})

it('knows days that do not exist', () => {
  expect(isDate('2023-02-30')).toBe(false)
  expect(isDate('31/12/2020', 'DD/MM/YYYY')).toBe(true)
})

it('sets names that shout as names', () => {
  expect(calmName('THE DENSHAM SURGERY')).toBe('The Densham Surgery')
  expect(calmName("ST MARY'S PRACTICE ON THE HILL")).toBe("St Mary's Practice on the Hill")
  expect(calmName('Anstey Junior School')).toBe('Anstey Junior School')
})
