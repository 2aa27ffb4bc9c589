import { expect, it } from 'vitest'
import { date, period } from './words.ts'

it.each([
  ['2022-23', '2022-23'],
  ['2023-Q1', 'January to March 2023'],
  ['2023-Q4', 'October to December 2023'],
  ['2023-04', 'April 2023'],
  ['2024-02-29', '29 February 2024'],
  ['2024', '2024'],
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
