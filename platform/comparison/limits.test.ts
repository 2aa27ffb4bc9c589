import { describe, expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { seriesLimits } from './limits.ts'
import type { PublishedSeries } from './series.ts'

/** A series of one figure whose source gives limits of 95% alone. */
function published(value: number, lower: number, upper: number): PublishedSeries {
  return {
    indicator: 'seen-in-time',
    breakdown: '',
    period: '2024',
    roundedTo: null,
    subjects: Int32Array.of(1),
    value: Float64Array.of(value),
    status: new Uint8Array(1),
    release: new Int32Array(1),
    lower95: Float64Array.of(lower),
    upper95: Float64Array.of(upper),
    lower998: null,
    upper998: null,
    numerator: null,
    denominator: null,
    notes: new Map(),
  }
}

const inTime = clinics.indicators.get('seen-in-time')!
const wide = (series: PublishedSeries, kind = inTime.kind) => {
  const limits = seriesLimits(series, { ...inTime, kind })
  return [limits?.lower998[0], limits?.upper998[0]]
}

describe('limits stretched from those of the source', () => {
  it('end at all of it, and at none of it: no share is above 100%', () => {
    expect(wide(published(89, 73, 96))).toEqual([expect.closeTo(63.77, 2), 100])
    expect(wide(published(4, 1, 20))).toEqual([0, expect.closeTo(29.23, 2)])
  })

  it('of a rate end at 0 alone, and those of a mean nowhere', () => {
    expect(wide(published(89, 10, 150), 'rate')).toEqual([0, expect.closeTo(185.18, 2)])
    expect(wide(published(1, -1, 2), 'mean')[0]).toBeCloseTo(-2.15, 2)
  })

  it('hold the limits of the source, whatever these are', () => {
    expect(wide(published(99.5, 98, 100.5))[1]).toBe(100.5)
  })
})
