import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lipCancer, rats } from '../../test/published.ts'
import {
  normalCdf,
  type Posterior,
  shrinkProportions,
  shrinkRates,
  simulateRanks,
} from '../index.ts'
import { rankOrder } from './rank-order.ts'

const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)

describe('order', () => {
  const numbers = fc.float64Array({
    minLength: 1,
    maxLength: 300,
    noNaN: true,
    noDefaultInfinity: true,
  })

  it('is a permutation that sorts, whatever the pilot was', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), (values, seed) => {
        const pilot = values.map((_, i) => (i * seed) % 7)
        for (const first of [pilot, values]) {
          const order = rankOrder(first).orderOf(values, seed % values.length)
          expect([...order].sort((a, b) => a - b)).toEqual(
            values.reduce<number[]>((a, _, i) => [...a, i], []),
          )
          for (let i = 1; i < order.length; i++) {
            const before = values[order[i - 1] as number] as number
            expect(before).toBeLessThanOrEqual(values[order[i] as number] as number)
          }
        }
      }),
    )
  })

  it('lets equal values begin at the start, round the end', () => {
    const same = of(5, 5, 5)
    expect([...rankOrder(same).orderOf(same, 1)]).toEqual([1, 2, 0])
  })
})

describe('ranks by simulation', () => {
  it('gives the probability that one unit is above another', () => {
    const two: Posterior = { family: 'normal', mean: of(0, 1), sd: of(1, 1) }
    const found = simulateRanks(two, { seed: 1, draws: 40_000 })
    const wanted = normalCdf(1 / Math.SQRT2)
    expect(found.best[1]).toBeCloseTo(wanted, 2)
    expect((found.best[0] as number) + (found.best[1] as number)).toBeCloseTo(1, 12)
    expect(found.mean[1]).toBeCloseTo(2 - wanted, 2)
    const low = simulateRanks(two, { seed: 1, draws: 40_000, better: 'low' })
    expect(low.best[0]).toBeCloseTo(wanted, 2)
  })

  it('is sure where nothing is in doubt', () => {
    const sure: Posterior = { family: 'normal', mean: of(3, 1, 2), sd: of(0, 0, 0) }
    const { lower, median, upper, highest, lowest, belowFloor } = simulateRanks(sure, {
      seed: 1,
      floor: 2,
    })
    for (const column of [lower, median, upper]) expect([...column]).toEqual([1, 3, 2])
    expect([...highest]).toEqual([1, 0, 0])
    expect([...lowest]).toEqual([0, 1, 0])
    expect([...belowFloor]).toEqual([0, 1, 0])
  })

  it('lets equal units share every rank alike', () => {
    const equal: Posterior = { family: 'normal', mean: of(1, 1, 1, 1), sd: of(0, 0, 0, 0) }
    const found = simulateRanks(equal, { seed: 2 })
    for (const best of found.best) expect(best).toBeCloseTo(0.25, 1)
    const none = shrinkProportions(of(0, 0), of(9, 5)).posterior
    expect(simulateRanks(none, { seed: 1 }).best[0]).toBeCloseTo(0.5, 1)
    const noEvents = shrinkRates(of(0, 0), of(9, 5)).posterior
    expect(simulateRanks(noEvents, { seed: 1, floor: 1 }).belowFloor[0]).toBe(1)
  })

  it('adds up to one best unit, and as many in the tenths as they hold', () => {
    const { posterior } = shrinkProportions(rats.counts, rats.ns)
    const found = simulateRanks(posterior, { seed: 3, draws: 2000, floor: 0.15 })
    const total = (column: Float64Array): number => column.reduce((a, x) => a + x)
    expect(total(found.best)).toBeCloseTo(1, 9)
    expect(total(found.lowest)).toBeCloseTo(8, 9)
    expect(total(found.highest)).toBeCloseTo(8, 9)
    expect(total(found.mean)).toBeCloseTo((71 * 72) / 2, 6)
    found.lower.forEach((low, i) => {
      expect(low).toBeLessThanOrEqual(found.median[i] as number)
      expect(found.upper[i]).toBeGreaterThanOrEqual(found.median[i] as number)
    })
  })

  it('finds the district with the most lip cancer, and doubts the order of the middle', () => {
    const { posterior } = shrinkRates(lipCancer.observed, lipCancer.expected)
    const found = simulateRanks(posterior, { seed: 4, better: 'low' })
    // The first of Clayton and Kaldor's districts have the highest risks.
    expect(found.median[0]).toBeGreaterThan(50)
    expect(found.highest[0]).toBeGreaterThan(0.7)
    const middle = 27
    expect((found.upper[middle] as number) - (found.lower[middle] as number)).toBeGreaterThan(15)
  })

  it('is the same for a seed', () => {
    const { posterior } = shrinkProportions(rats.counts, rats.ns)
    const options = { seed: 5, draws: 500 }
    expect(simulateRanks(posterior, options)).toEqual(simulateRanks(posterior, options))
    expect(simulateRanks(posterior, { ...options, seed: 6 })).not.toEqual(
      simulateRanks(posterior, options),
    )
  })

  it('answers one unit', () => {
    const one = simulateRanks({ family: 'beta', a: of(2), b: of(3) }, { seed: 1 })
    expect([one.lower[0], one.upper[0], one.best[0], one.lowest[0], one.highest[0]]).toEqual([
      1, 1, 1, 1, 1,
    ])
  })

  it('names what cannot be', () => {
    const one: Posterior = { family: 'normal', mean: of(1), sd: of(1) }
    expect(() => simulateRanks({ ...one, mean: of() }, { seed: 1 })).toThrow(/invalid posterior/)
    expect(() => simulateRanks({ ...one, sd: of(-1) }, { seed: 1 })).toThrow(/invalid posterior.sd/)
    expect(() => simulateRanks(one, { seed: -1 })).toThrow(/invalid seed/)
    expect(() => simulateRanks(one, { seed: 1, draws: 0 })).toThrow(/invalid draws/)
    expect(() => simulateRanks(one, { seed: 1, share: 0 })).toThrow(/invalid share/)
    expect(() => simulateRanks(one, { seed: 1, floor: Number.NaN })).toThrow(/invalid floor/)
    expect(() =>
      simulateRanks({ family: 'gamma', shape: of(1), rate: of(0) }, { seed: 1 }),
    ).toThrow(/rate/)
  })
})
