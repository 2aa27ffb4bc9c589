import { describe, expect, it } from 'vitest'
import type { Figure } from '../../../comparison/figures.ts'
import { partAt } from './before-after.ts'

const figures = (...periods: string[]): Figure[] =>
  periods.map((period) => ({ period, value: 1 }) as Figure)
const periods = (some: readonly Figure[]): string[] => some.map((f) => f.period)

describe('before and after a day', () => {
  it.each([
    [
      'the first day of a school year',
      'school-year',
      '2018-09-01',
      ['2016-17', '2017-18'],
      ['2018-19'],
      [],
    ],
    [
      'a day within a school year',
      'school-year',
      '2018-02-01',
      ['2016-17'],
      ['2018-19'],
      ['2017-18'],
    ],
    [
      'the same day in financial years',
      'financial-year',
      '2018-04-01',
      ['2016-17', '2017-18'],
      ['2018-19'],
      [],
    ],
  ] as const)('%s', (_, kind, since, before, after, astride) => {
    const found = partAt(figures('2016-17', '2017-18', '2018-19'), kind, since)
    expect(periods(found.before)).toEqual(before)
    expect(periods(found.after)).toEqual(after)
    expect(periods(found.astride)).toEqual(astride)
  })

  it('parts months', () => {
    const found = partAt(figures('2018-03', '2018-04'), 'month', '2018-04-01')
    expect(periods(found.before)).toEqual(['2018-03'])
    expect(periods(found.after)).toEqual(['2018-04'])
  })
})
