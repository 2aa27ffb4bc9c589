import { expect, it } from 'vitest'
import type { Indicator } from '../evidence/indicator.ts'
import { axis, date, period } from './words.ts'

it.each([
  ['2022-23', '2022-23'],
  ['2023-Q1', 'January to March 2023'],
  ['2023-Q4', 'October to December 2023'],
  ['2023-04', 'April 2023'],
  ['2024-02-29', '29 February 2024'],
  ['2024', '2024'],
  ['2023-Q1 to 2024-Q4', 'January to March 2023 until October to December 2024'],
  ['2024-03 to 2024-11', 'March 2024 to November 2024'],
  ['2022-23 to 2023-24', '2022-23 to 2023-24'],
])('the period %s reads %s', (label, words) => {
  expect(period(label)).toBe(words)
})

it('a day that nobody knows is said to be unknown', () => {
  expect([date(null), date('2024-01-31'), date('2024-01-31')]).toEqual([
    'date not given',
    '31 January 2024',
    '31 January 2024',
  ])
})

it.each([
  ['£', 2, 13.2, '£13.20'],
  ['£', 2, 120.4, '£120'],
  ['%', 1, 13.25, '13.3%'],
  ['points', 2, -1.94, '-1.9'],
  ['£', 2, 40, '£40'],
])('the end of an axis in %s with %d decimals, %d, reads %s', (unit, decimals, x, text) => {
  expect(axis({ unit, decimals } as Indicator, x)).toBe(text)
})
