import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Field, outliers } from './tails.ts'

/** Providers of 200 people each; a share of them is well, give or take what chance makes of it. */
function field(n: number, share: (at: number) => number): Field {
  const chance = (at: number): number => ((at * 37) % 21) - 10
  const counts = Float64Array.from({ length: n }, (_, at) =>
    Math.max(0, 200 * share(at) + (share(at) > 0 ? chance(at) : 0)),
  )
  const value = counts.map((k) => k / 2)
  return {
    value,
    lower95: value.map((v) => v - 7),
    upper95: value.map((v) => v + 7),
    numerator: counts,
    denominator: new Float64Array(n).fill(200),
    rounded: false,
  }
}

const proportion = { kind: 'proportion' } as const

describe('tails', () => {
  it('are those far off on either side', () => {
    const found = outliers(
      field(60, (at) => (at === 7 ? 0.2 : at === 9 ? 0.85 : 0.5)),
      proportion,
    )
    expect(found.outliers.sort((a, b) => a.at - b.at)).toEqual([
      { at: 7, side: -1 },
      { at: 9, side: 1 },
    ])
    expect(found.watched).toBe(60)
  })

  it('are told by limits where there are no counts of anybody', () => {
    const apart = { ...field(40, (at) => (at === 3 ? 0.1 : 0.5)), rounded: true }
    expect(outliers(apart, proportion).outliers).toEqual([{ at: 3, side: -1 }])
  })

  it('are none where all are alike, few, or without any event', () => {
    expect(
      outliers(
        field(60, () => 0.5),
        proportion,
      ).outliers,
    ).toEqual([])
    expect(
      outliers(
        field(19, (at) => (at === 1 ? 0.1 : 0.5)),
        proportion,
      ).watched,
    ).toBe(0)
    expect(
      outliers(
        field(30, () => 0),
        proportion,
      ),
    ).toEqual({ outliers: [], watched: 30 })
  })

  it('allow for how much providers differ anyhow', () => {
    const spread = (at: number): number => 0.3 + (0.4 * ((at * 37) % 60)) / 60
    expect(outliers(field(60, spread), proportion).outliers).toEqual([])
  })

  it('stay with their provider in any order', () => {
    const made = field(40, (at) => (at === 5 ? 0.15 : 0.5))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 39 }), (turn) => {
        const move = (c: Float64Array): Float64Array =>
          c.map((_, at) => c[(at + turn) % 40] as number)
        const moved: Field = {
          value: move(made.value),
          lower95: move(made.lower95),
          upper95: move(made.upper95),
          numerator: move(made.numerator),
          denominator: move(made.denominator),
          rounded: false,
        }
        const at = outliers(moved, proportion).outliers.map((o) => (o.at + turn) % 40)
        expect(at).toEqual([5])
      }),
    )
  })
})
