import { movingCusum, randomSource } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chartFalseAlarms,
  cusumAlarmsPerYear,
  cusumFalseAlarms,
  judgedFalseAlarms,
  tailFalseAlarms,
} from './false-alarms.ts'
import { cusumRule } from './sudden-change.ts'

/** Alarms that start for the worse, in a year of a series of percentiles in which nothing changes. */
function simulated(seed: number, draw: (uniform: () => number) => number): number {
  const { uniform } = randomSource(seed)
  const { window } = cusumRule
  let [starts, months] = [0, 0]
  for (let k = 0; k < 20_000; k++) {
    const series = Float64Array.from({ length: 60 }, () => draw(uniform))
    const { signal } = movingCusum(series, cusumRule)
    for (let i = window; i < signal.length; i++) {
      months++
      if (signal[i] === 1 && signal[i - 1] !== 1) starts++
    }
  }
  return (12 * starts) / months
}

describe('false alarms', () => {
  it.each([
    ['any percentile as likely as another', (u: () => number) => 100 * u()],
    ['a provider near its own level', (u: () => number) => 30 + 15 * (u() + u() + u() - 1.5)],
  ])('of the cumulative sum come as often as stated: %s', (_, draw) => {
    expect(Math.abs(simulated(3, draw) - cusumAlarmsPerYear)).toBeLessThan(0.006)
  })

  it('grow with the number of series, and are none without any', () => {
    const count = fc.integer({ min: 0, max: 100_000 })
    fc.assert(
      fc.property(count, count, (a, b) => {
        const both = cusumFalseAlarms(a + b, 'month')
        expect(both).toBeCloseTo(cusumFalseAlarms(a, 'month') + cusumFalseAlarms(b, 'month'), 6)
        if (b > 0) expect(both).toBeGreaterThan(cusumFalseAlarms(a, 'month'))
        for (const rule of [chartFalseAlarms, tailFalseAlarms]) {
          expect(rule(a + b, 9, 'year')).toBeGreaterThanOrEqual(rule(a, 9, 'year'))
        }
      }),
    )
    expect(cusumFalseAlarms(0, 'month')).toBe(0)
    expect(tailFalseAlarms(0, 0, 'year')).toBe(0)
    expect(tailFalseAlarms(0, 40, 'year')).toBe(0.05)
  })

  it('of judgements are their chances of being wrong, each period anew', () => {
    expect(judgedFalseAlarms([0.01, 0.02], 'year')).toBeCloseTo(0.03)
    expect(judgedFalseAlarms([0.01, 0.02], 'month')).toBeCloseTo(0.36)
  })
})
