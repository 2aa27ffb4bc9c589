import { describe, expect, it } from 'vitest'
import { normalisePeriod, periodSpan } from './period.ts'

describe('the spelling of a period', () => {
  it.each([
    ['2018/19', 'financial-year', '2018-19'],
    ['201819', 'school-year', '2018-19'],
    ['2018-2019', 'financial-year', '2018-19'],
    ['2018', 'school-year', '2018-19'],
    ['607', 'school-year', '2006-07'],
    ['2018-20', 'financial-year', null],
    ['2018-03', 'month', '2018-03'],
    ['2018-13', 'month', null],
    ['2023-02-30', 'day', null],
    ['20240229', 'day', '2024-02-29'],
    ['30/01/2024', 'day', '2024-01-30'],
    ['1/2/2024', 'day', '2024-02-01'],
    ['01/30/2024', 'day', null],
    ['31/02/2024', 'day', null],
  ] as const)('%s as a %s is %s', (text, kind, expected) => {
    expect(normalisePeriod(text, kind)).toBe(expected)
  })
})

describe('the days of a period', () => {
  it.each([
    ['2018-19', 'financial-year', '2018-04-01', '2019-03-31'],
    ['2018-19', 'school-year', '2018-09-01', '2019-08-31'],
    ['2018', 'year', '2018-01-01', '2018-12-31'],
    ['2024-02', 'month', '2024-02-01', '2024-02-29'],
    ['2023-12', 'month', '2023-12-01', '2023-12-31'],
    ['2024-02-29', 'day', '2024-02-29', '2024-02-29'],
  ] as const)('%s as a %s runs from %s to %s', (label, kind, from, to) => {
    expect(periodSpan(label, kind)).toEqual({ from, to })
  })
})
