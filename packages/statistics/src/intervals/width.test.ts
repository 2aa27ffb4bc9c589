import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clopperPearsonIntervals,
  differenceOfProportions,
  differenceOfRates,
  differencesOfProportions,
  differencesOfRates,
  type Interval,
  meanInterval,
  observedOverExpecteds,
  poissonInterval,
  rateIntervals,
  ratioOfProportions,
  ratioOfRates,
  ratiosOfProportions,
  ratiosOfRates,
  wilsonInterval,
  wilsonIntervals,
} from '../index.ts'

const width = ({ lower, upper }: Interval): number => upper - lower

describe('intervals', () => {
  // The same proportion, rate or spread, from m times and from 2m times as much.
  const kinds: Record<string, (m: number) => Interval> = {
    'Wilson’s': (m) => wilsonInterval(3 * m, 10 * m),
    'a mean’s': (m) => meanInterval(5, 2, 1 + m),
    'a rate’s': (m) => {
      const { lower, upper } = poissonInterval(3 * m)
      return { lower: lower / m, upper: upper / m }
    },
    'a difference’s (Newcombe)': (m) => differenceOfProportions(3 * m, 10 * m, 5 * m, 10 * m),
    'a difference’s (score)': (m) =>
      differenceOfProportions(3 * m, 10 * m, 5 * m, 10 * m, { method: 'miettinen-nurminen' }),
    'a ratio’s': (m) => ratioOfProportions(3 * m, 10 * m, 5 * m, 10 * m),
    'a difference of rates’': (m) => differenceOfRates(3 * m, m, 5 * m, m),
    'a ratio of rates’': (m) => ratioOfRates(3 * m, m, 5 * m, m),
  }

  it.each(Object.entries(kinds))('narrow with n: %s', (_, interval) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (m) => {
        expect(width(interval(2 * m))).toBeLessThan(width(interval(m)))
      }),
    )
  })

  it('of many are NaN where a unit is infinite, below 0 or without a denominator, and only there', () => {
    const counts = Float64Array.of(1, Number.POSITIVE_INFINITY, -1, 1, 1, Number.NaN)
    const ns = Float64Array.of(2, 2, 2, 0, Number.POSITIVE_INFINITY, 2)
    const one = new Float64Array(6).fill(1)
    for (const found of [
      wilsonIntervals(counts, ns),
      clopperPearsonIntervals(counts, ns),
      rateIntervals(counts, ns),
      observedOverExpecteds(counts, ns),
      differencesOfProportions(counts, ns, one, one),
      ratiosOfProportions(counts, ns, one, one),
      differencesOfRates(counts, ns, one, one),
      ratiosOfRates(counts, ns, one, one),
    ]) {
      for (const column of Object.values(found) as Float64Array[]) {
        expect(Array.from(column, Number.isNaN)).toEqual([false, true, true, true, true, true])
      }
    }
  })

  it('permute with the units', () => {
    const units = fc.array(fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 50 })), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(units, (rows) => {
        const of = (order: [number, number][], at: 0 | 1): Float64Array =>
          Float64Array.from(order, (row) => row[at])
        const back = [...rows].reverse()
        for (const bulk of [wilsonIntervals, clopperPearsonIntervals, rateIntervals]) {
          const found = bulk(of(rows, 0), of(rows, 1))
          const turned = bulk(of(back, 0), of(back, 1))
          expect(turned.lower.reverse()).toEqual(found.lower)
          expect(turned.upper.reverse()).toEqual(found.upper)
        }
      }),
    )
  })
})
