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
    ['2023 Q1', 'quarter', '2023-Q1'],
    ['2023-Q4', 'quarter', '2023-Q4'],
    ['2023q2', 'quarter', '2023-Q2'],
    ['Q3 2023', 'quarter', '2023-Q3'],
    ['2023-24 Q1', 'quarter', '2023-Q2'],
    ['2023/24 Q4', 'quarter', '2024-Q1'],
    ['Q2 2023/24', 'quarter', '2023-Q3'],
    ['Q1, 2023-2024', 'quarter', '2023-Q2'],
    ['Apr-Jun 2023', 'quarter', '2023-Q2'],
    ['January to March 2024', 'quarter', '2024-Q1'],
    ['Oct – Dec 2023', 'quarter', '2023-Q4'],
    ['2023-25 Q1', 'quarter', null],
    ['2023 Q5', 'quarter', null],
    ['Feb-Apr 2023', 'quarter', null],
    ['2023-01', 'quarter', null],
    ['2023', 'quarter', null],
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
    ['2023-Q1', 'quarter', '2023-01-01', '2023-03-31'],
    ['2023-Q4', 'quarter', '2023-10-01', '2023-12-31'],
    ['2023-12', 'month', '2023-12-01', '2023-12-31'],
    ['2024-02-29', 'day', '2024-02-29', '2024-02-29'],
  ] as const)('%s as a %s runs from %s to %s', (label, kind, from, to) => {
    expect(periodSpan(label, kind)).toEqual({ from, to })
  })
})
