import { expect, it } from 'vitest'
import { partsOfTotal } from './parts-of-total.ts'
import { type Column, columnOf } from './same-counts.ts'

const places = 40
/** A number that looks like any, the same each time. */
const anyOf = (i: number, place: number): number =>
  ((i + 2) ** 3 * (place + 3) ** 2 + i * place) % 9973

/** Counts of places, of which about one in ten is not listed. */
const column = (indicator: string, i: number, countAt: (place: number) => number): Column =>
  columnOf(
    indicator,
    'part',
    Array.from({ length: places }, (_, subject) => {
      return { indicator, subject, group: '', part: countAt(subject), base: null }
    }).filter(({ subject }) => anyOf(i + 700, subject) % 10 !== 0),
  )

it('finds three of hundreds of columns that come to a total, where each lists other places', () => {
  const counts = (i: number) => (place: number) => 20 + (anyOf(i, place) % 23)
  const others = Array.from({ length: 297 }, (_, i) => column(`other-${i}`, i, counts(i)))
  const parts = [297, 298, 299].map((i) => column(`part-${i}`, i, counts(i)))
  const total = column('total', 300, (place) =>
    [297, 298, 299].reduce((sum, i) => sum + counts(i)(place), 0),
  )
  const names = partsOfTotal(total, [...others, ...parts]).map((some) =>
    some.map((c) => c.indicator).join('+'),
  )
  expect(names).toEqual(['part-297+part-298+part-299'])
})
