import type { Estimate } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leftBehind, ownGap } from '../fairness/left-behind.ts'
import { type TwoGroups, widerGaps } from './widening.ts'

const around = (value: number, half = 2): Estimate => ({
  value,
  lower: value - half,
  upper: value + half,
})
const groups = (a0: number, b0: number, a1: number, b1: number, half = 2): TwoGroups => ({
  before: [around(a0, half), around(b0, half)],
  now: [around(a1, half), around(b1, half)],
})

describe('widening gaps', () => {
  it('are those that are wider for certain, whichever group is behind', () => {
    const { wider, watched } = widerGaps([
      groups(60, 50, 70, 45),
      groups(50, 60, 45, 70),
      groups(60, 50, 61, 50),
      groups(60, 40, 60, 55),
    ])
    expect(watched).toBe(4)
    expect(wider.map((w) => w.at)).toEqual([0, 1])
    expect(wider[1]).toMatchObject({ before: { value: -10 }, now: { value: -25 } })
  })

  it('are there now by the same rule by which a fairness page counts gaps that are certain', () => {
    // By itself a gap of 6 (1 to 11) is certain; beside 49 others that have none it is not.
    const one = groups(0, 0, 56, 50, 3.5)
    const wide: TwoGroups = { ...one, before: [around(40, 0.5), around(50, 0.5)] }
    const none = groups(50, 50, 50, 50, 3.5)
    expect(widerGaps([wide]).wider).toHaveLength(1)
    const among = [wide, ...Array.from({ length: 49 }, () => none)]
    expect(widerGaps(among)).toEqual({ wider: [], watched: 50 })
    const value = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value, value), { maxLength: 30 }), (all) => {
        const given = all.map(([a, b, c, d]) => groups(a, b, c, d, 6))
        const tested = given.map((g, at) => ownGap(at, ...g.now))
        const named = [1, -1].flatMap((way) => leftBehind(tested, way as 1 | -1).widest)
        const certain = new Set(named.map((g) => g.subject))
        expect(widerGaps(given).wider.filter((w) => !certain.has(w.at))).toEqual([])
      }),
    )
  })

  it('are none where the doubt is wider, or nobody knows it', () => {
    expect(widerGaps([groups(60, 50, 70, 45, 20)])).toEqual({ wider: [], watched: 1 })
    expect(widerGaps([groups(60, 50, 70, 45, Number.NaN)])).toEqual({ wider: [], watched: 0 })
  })

  it('are told of one that turned round, if it is wider than none at all', () => {
    expect(widerGaps([groups(60, 50, 50, 62)]).wider).toHaveLength(1)
  })

  it('stay the same when the groups change places, and are none where nothing changed', () => {
    const value = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value, value), { maxLength: 20 }), (all) => {
        const found = widerGaps(all.map(([a, b, c, d]) => groups(a, b, c, d))).wider
        const swapped = widerGaps(all.map(([a, b, c, d]) => groups(b, a, d, c))).wider
        expect(swapped.map((w) => w.at)).toEqual(found.map((w) => w.at))
        expect(widerGaps(all.map(([a, b]) => groups(a, b, a, b))).wider).toEqual([])
      }),
    )
  })
})
