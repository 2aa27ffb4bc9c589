import { randomSource } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf, chartChanges, cusumChanges, type Panel, percentRanks } from './sudden-change.ts'

/** Months from January 2020 on. */
const months = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => {
    const month = String((i % 12) + 1).padStart(2, '0')
    return `${2020 + Math.floor(i / 12)}-${month}`
  })

/** Many providers whose values vary a little about their own level; `change` moves some. */
function panel(
  { providers = 30, points = 36, seed = 1 } = {},
  change: (at: number, i: number) => number = () => 0,
): Panel {
  const random = randomSource(seed)
  const values = Array.from({ length: points }, (_, i) =>
    Float64Array.from(
      { length: providers },
      (_, at) => 40 + at + 3 * (random.uniform() + random.uniform() - 1) + change(at, i),
    ),
  )
  const whole = Float64Array.from(values, (v) => v.reduce((sum, x) => sum + x, 0) / v.length)
  return { periods: months(points), values, whole, better: 'lower', monthly: true }
}

const shifted = panel({}, (at, i) => (at === 3 && i >= 30 ? 20 : 0))

describe('percentile ranks', () => {
  it('are the share of others below, ties at the lowest, as percent_rank has them', () => {
    expect([...percentRanks(Float64Array.of(5, 1, 3, 3, Number.NaN))]).toEqual([
      100,
      0,
      100 / 3,
      100 / 3,
      Number.NaN,
    ])
  })
})

describe('sudden changes', () => {
  it('are found by percentiles and by charts, from the month in which they began', () => {
    const [byPercentile] = cusumChanges(shifted).changes.filter((c) => c.at === 3)
    expect(byPercentile).toMatchObject({ worse: true, by: 'cusum' })
    expect(byPercentile?.to).toBeGreaterThan(50 + (byPercentile?.from ?? 0))
    const [byChart] = chartChanges(shifted).changes.filter((c) => c.at === 3)
    expect(byChart).toMatchObject({ worse: true, since: 30, by: 'chart' })
    expect((byChart?.to ?? 0) - (byChart?.from ?? 0)).toBeGreaterThan(15)
  })

  it('are better where high is good', () => {
    const [change] = chartChanges({ ...shifted, better: 'higher' }).changes
    expect(change).toMatchObject({ at: 3, worse: false })
  })

  it('are not found where only the whole moved', () => {
    const others = panel({}, (at, i) => (at !== 3 && i >= 30 ? -20 : 0))
    // This one's own values are the same throughout.
    for (const column of others.values) column[3] = 60
    expect(chartChanges(others).changes.filter((c) => c.at === 3)).toEqual([])
  })

  it('are no longer sudden after two years', () => {
    const since = (month: number) =>
      chartChanges(panel({}, (at, i) => (at === 3 && i >= month ? 20 : 0))).changes
    expect(since(12)).toMatchObject([{ at: 3, since: 12 }])
    expect(since(9)).toEqual([])
  })

  it('are no seasons: of a few providers each month is held against the same month', () => {
    const winter = (_: number, i: number): number => (i % 12 < 2 || i % 12 > 9 ? 15 : 0)
    // It ends in December, when every winter is under way.
    expect(chartChanges(panel({ providers: 2 }, winter)).changes).toEqual([])
    const shift = chartChanges(
      panel({ providers: 2 }, (at, i) => winter(at, i) + (at === 1 && i >= 24 ? 12 : 0)),
    )
    expect(shift.changes).toMatchObject([{ at: 1, worse: true, since: 24 }])
  })

  it('are not looked for where the series are short, or the percentiles of too few', () => {
    expect(chartChanges(panel({ points: 11 }))).toMatchObject({ changes: [], watched: 0 })
    expect(cusumChanges(panel({ providers: 19 }))).toEqual({ changes: [], watched: 0 })
    expect(cusumChanges(panel({ points: 12 })).watched).toBe(0)
  })

  it('are never seen in flat series, whatever their levels', () => {
    const levels = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(levels, fc.integer({ min: 1, max: 60 }), (of, points) => {
        const values = Array.from({ length: points }, () => Float64Array.from(of))
        const whole = new Float64Array(points).fill(50)
        const flat: Panel = {
          periods: months(points),
          values,
          whole,
          better: 'higher',
          monthly: true,
        }
        expect([...cusumChanges(flat).changes, ...chartChanges(flat).changes]).toEqual([])
      }),
    )
  })

  it('stay with their provider when the providers are listed in another order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 29 }),
        (seed, turn) => {
          const made = panel({ seed }, (at, i) => (at % 9 === 3 && i >= 29 ? 18 : 0))
          const n = 30
          const moved: Panel = {
            ...made,
            values: made.values.map((v) => v.map((_, at) => v[(at + turn) % n] as number)),
          }
          const found = (p: Panel, from: number) =>
            [...cusumChanges(p).changes, ...chartChanges(p).changes]
              .map((c) => `${(c.at + from) % n} ${c.since} ${c.worse} ${c.by}`)
              .sort()
          expect(found(moved, turn)).toEqual(found(made, 0))
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('the chance of a change', () => {
  it('is spread evenly where nothing changes, and no smaller than it should be', () => {
    const random = randomSource(5)
    let small = 0
    const n = 4000
    for (let k = 0; k < n; k++) {
      const series = Float64Array.from({ length: 36 }, () => {
        return random.uniform() + random.uniform() + random.uniform() + random.uniform()
      })
      if (chanceOf(series, 1) <= 0.05) small++
    }
    expect(small / n).toBeGreaterThan(0.02)
    expect(small / n).toBeLessThan(0.07)
  })
})
