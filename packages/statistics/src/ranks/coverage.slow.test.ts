import { describe, expect, it } from 'vitest'
import { drawsOf } from '../draws/draws.ts'
import { shrinkRates, simulateRanks } from '../index.ts'

describe('coverage at 95% of rank intervals, simulated', () => {
  it('lies within 0.93 and 0.985 for 100 units, and tenths are as likely as said', () => {
    const draws = drawsOf(53)
    let held = 0
    let lowest = 0
    let said = 0
    const [units, times] = [100, 200]
    for (let t = 0; t < times; t++) {
      const expected = Float64Array.from({ length: units }, () => 5 + 40 * draws.uniform())
      const rates = expected.map(() => draws.gamma(10) / 10)
      const counts = expected.map((e, i) => draws.poisson(e * (rates[i] as number)))
      const found = simulateRanks(shrinkRates(counts, expected).posterior, { seed: t, draws: 1000 })
      const order = Array.from(rates.keys()).sort(
        (a, b) => (rates[b] as number) - (rates[a] as number),
      )
      order.forEach((unit, at) => {
        if ((found.lower[unit] as number) <= at + 1 && at + 1 <= (found.upper[unit] as number))
          held++
        const chance = found.lowest[unit] as number
        // Those said to be in the lowest tenth with a chance of a third to two thirds.
        if (chance < 1 / 3 || chance > 2 / 3) return
        said += chance
        if (at >= units - 10) lowest++
      })
    }
    expect(held / (units * times)).toBeGreaterThan(0.93)
    expect(held / (units * times)).toBeLessThan(0.985)
    expect(lowest / said).toBeGreaterThan(0.9)
    expect(lowest / said).toBeLessThan(1.1)
  })
})
