import { expect, it } from 'vitest'
import { yearsOld } from './made-on.ts'

it('tells how old a value is, from a day or a year as sources write them', () => {
  expect(yearsOld('2016', '2024-12-31')).toBeCloseTo(8.5, 1)
  expect(yearsOld('02-05-2019', '2022-05-02')).toBeCloseTo(3, 2)
  expect(yearsOld('2019-05-02', '2022-05-02')).toBe(yearsOld('2/5/2019', '2022-05-02'))
})

it('is never below 0, and nothing where no day is given', () => {
  expect(yearsOld('2024', '2024-03-31')).toBe(0)
  expect(yearsOld('last spring', '2024-03-31')).toBeNaN()
  expect(yearsOld('', '2024-03-31')).toBeNaN()
  expect(yearsOld('31-02-2020', '2024-03-31')).toSatisfy((x: number) => Number.isNaN(x) || x < 5)
})
