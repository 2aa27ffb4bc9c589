import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignQuantiles, randomSource } from '../index.ts'

describe('quantiles', () => {
  // PHEindicatormethods, fd_quantiles.csv: deciles of the areas of five regions, highest rate first, as
  // Public Health England's own tool gave them.
  const published = [
    [1, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 10],
    [1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 7, 7, 8, 8, 9, 9, 10, 10],
    [1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9, 10],
    [1, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 8, 9, 10],
    [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  ]
  const values = Float64Array.from(published.flatMap((region) => region.map((_, i) => 200 - i)))
  const groups = Uint32Array.from(published.flatMap((region, g) => region.map(() => g)))

  it('are those of the published regions, together and apart', () => {
    expect([...assignQuantiles(values, { groups })]).toEqual(published.flat())
    for (const region of published) {
      const alone = Float64Array.from(region, (_, i) => 200 - i)
      expect([...assignQuantiles(alone)]).toEqual(region)
      expect([
        ...assignQuantiles(
          alone.map((x) => -x),
          { first: 'lowest' },
        ),
      ]).toEqual(region)
    }
  })

  it('go by each group’s own polarity', () => {
    const first = ['highest', 'lowest', 'highest', 'lowest', 'highest'] as const
    const turned = values.map((x, i) => (first[groups[i] as number] === 'lowest' ? -x : x))
    expect([...assignQuantiles(turned, { groups, first })]).toEqual(published.flat())
    expect(() => assignQuantiles(values, { groups, first: ['lowest'] })).toThrow(/invalid first/)
  })

  it('are the rule, ranked by counting', () => {
    const some = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 40 })
    fc.assert(
      fc.property(some, fc.integer({ min: 2, max: 10 }), (column, q) => {
        const n = column.length
        const wanted = column.map((x) => {
          if (n < q) return 0
          const rank = column.filter((other) => other > x).length + 1
          return Math.max(1, Math.floor(q + 1 - Math.ceil((n + 1 - rank) / (n / q))))
        })
        expect([...assignQuantiles(Float64Array.from(column), { quantiles: q })]).toEqual(wanted)
      }),
    )
  })

  it('differ in size by one at most where no values are equal, and fall as values fall', () => {
    const source = randomSource(4)
    for (const n of [10, 99, 1234]) {
      const column = Float64Array.from({ length: n }, source.uniform)
      const found = assignQuantiles(column)
      const sizes = Array.from({ length: 10 }, (_, k) => found.filter((q) => q === k + 1).length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      const order = Array.from(column.keys()).sort((a, b) => (column[b] ?? 0) - (column[a] ?? 0))
      const along = order.map((i) => found[i] as number)
      expect(along).toEqual([...along].sort((a, b) => a - b))
    }
  })

  it('leave out units without a value and groups with too few', () => {
    const gaps = Float64Array.of(3, Number.NaN, 1, 2)
    expect([...assignQuantiles(gaps, { quantiles: 3 })]).toEqual([1, 0, 3, 2])
    expect([...assignQuantiles(gaps, { quantiles: 4 })]).toEqual([0, 0, 0, 0])
    expect([...assignQuantiles(new Float64Array())]).toEqual([])
    expect([...assignQuantiles(new Float64Array(4).fill(2), { quantiles: 2 })]).toEqual([
      1, 1, 1, 1,
    ])
    expect(() => assignQuantiles(gaps, { quantiles: 1 })).toThrow(/invalid quantiles/)
    expect(() => assignQuantiles(gaps, { groups: new Uint32Array(1) })).toThrow(/invalid groups/)
  })
})
