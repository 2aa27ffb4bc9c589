import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellsOfColumn, type Listed } from './column-cells.ts'

const groups = ['', 'age=young', 'age=old', 'sex=girls', 'sex=boys'].concat(
  ['young', 'old'].flatMap((age) => ['girls', 'boys'].map((sex) => `age=${age};sex=${sex}`)),
)
const crossed = groups.slice(-4)
const isIn = (cell: string, group: string): boolean =>
  group === '' || group.split(';').every((part) => cell.split(';').includes(part))

/** People of four wards of a district, and which of their rows a file lists. */
const files = fc.record({
  people: fc.array(fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }), {
    minLength: 4,
    maxLength: 4,
  }),
  lists: fc.array(fc.boolean(), { minLength: 45, maxLength: 45 }),
})

it('gives each cell a name of its own, and sums that hold, whatever a file lists', () => {
  fc.assert(
    fc.property(files, ({ people, lists }) => {
      const listed = ['0', '1', '2', '3', '4'].flatMap((subject, at) =>
        groups.flatMap((group, i): Listed[] => {
          const wards = subject === '0' ? people : [people[at - 1] ?? []]
          const count = wards
            .flatMap((own) => own.filter((_, c) => isIn(crossed[c] as string, group)))
            .reduce((n, own) => n + own, 0)
          const isListed = lists[at * groups.length + i] && count > 0
          return isListed ? [{ subject, group, count, status: 'open' }] : []
        }),
      )
      const places = [{ total: 0, parts: [1, 2, 3, 4], chain: 0 }]
      const keyOf = (subject: string, group: string): string => `${subject}|${group}`
      const column = { name: 'people', keyOf, holding: 'must hold', places } as const
      const { cells, sums } = cellsOfColumn(column, listed)
      const counts = new Map(cells.map((c) => [c.key, c.count]))
      expect(counts.size).toBe(cells.length)
      for (const { total, parts } of sums)
        expect(parts.reduce((n, p) => n + (counts.get(p) ?? Number.NaN), 0)).toBe(counts.get(total))
    }),
    { numRuns: 300 },
  )
})
