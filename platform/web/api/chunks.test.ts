import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chunked } from './chunks.ts'
import { start } from './cursor.ts'
import { filters, narrow, page } from './list.ts'

const rows = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 })

it('gives a list in parts that together are the list, whatever the size of the parts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rows, { maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 9 }),
      async (series, limit, least) => {
        const narrowing = filters<number>({ least: [least, (x) => x >= least] })
        const chunks = {
          count: series.length,
          load: async (at: number) => series[at] ?? [],
          narrowing,
          line: (x: number, at: number) => ({ x, at }),
        }
        const found: { x: number; at: number }[] = []
        let from: typeof start | null = start
        for (let asked = 0; from !== null; asked++) {
          expect(asked).toBeLessThan(5000)
          const part: Awaited<ReturnType<typeof chunked<number, { x: number; at: number }>>> =
            await chunked(chunks, { from, limit })
          expect(part.rows.length).toBeLessThanOrEqual(limit)
          found.push(...part.rows)
          from = part.next
        }
        const all = series.flatMap((some, at) =>
          some.filter((x) => x >= least).map((x) => ({ x, at })),
        )
        expect(found).toEqual(all)
      },
    ),
  )
})

it('gives a sorted list in parts with those without a value last, whichever way', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.integer({ min: 0, max: 5 }))),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      (all, limit, descending) => {
        const sort = { of: (x: number | null) => x, descending }
        const found: (number | null)[] = []
        for (let place = 0; place < all.length; place += limit) {
          found.push(...page(all, [], { from: { chunk: 0, place, empty: 0 }, limit }, sort).rows)
        }
        const valued = all.filter((x) => x !== null).sort((a, b) => (descending ? b - a : a - b))
        const none = all.filter((x) => x === null)
        expect(found).toEqual([...valued, ...none])
      },
    ),
  )
})

it('says which filter left nothing, and how many there were before it', () => {
  const { rows: left, emptied } = narrow(
    [1, 2, 3],
    filters<number>({
      odd: ['yes', (x) => x % 2 === 1],
      above: [5, (x) => x > 5],
      unsent: [undefined, () => false],
    }),
  )
  expect(left).toEqual([])
  expect(emptied).toMatchObject({ parameter: 'above', sent: '5', before: 2 })
})

it('says so where no series fits what was asked together', async () => {
  const sent = filters<never>({ indicator: ['smoking', () => true], period: ['2031', () => true] })
  const found = await chunked(
    { count: 0, load: async () => [], narrowing: [], line: (x) => x, sent },
    { from: start, limit: 10 },
  )
  expect(found.emptied?.detail).toContain('“indicator=smoking” and “period=2031” together')
})

it('says at the end of many parts that none had a row, and not before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rows, { minLength: 1, maxLength: 120 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 7, max: 12 }),
      async (series, limit, least) => {
        const chunks = {
          count: series.length,
          load: async (at: number) => series[at] ?? [],
          narrowing: filters<number>({ least: [least, (x) => x >= least] }),
          line: (x: number) => x,
        }
        const all = series.flat()
        const fits = all.some((x) => x >= least)
        for (let from: typeof start | null = start; from !== null; ) {
          const part: Awaited<ReturnType<typeof chunked<number, number>>> = await chunked(chunks, {
            from,
            limit,
          })
          if (part.next !== null || fits || all.length === 0) expect(part.emptied).toBeNull()
          else {
            expect(part.emptied).toMatchObject({ parameter: 'least', before: all.length })
            expect(part.emptied?.detail).toContain(`“least=${least}”`)
          }
          from = part.next
        }
      },
    ),
  )
})
