import { describe, expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { type Geography, SeriesComparison } from './compare.ts'
import { seriesLimits } from './limits.ts'
import type { PublishedSeries } from './series.ts'

const nobody: Geography = {
  isProvider: () => true,
  region: () => null,
  area: () => null,
  ancestors: () => [],
  isCountry: () => false,
  rank: () => 0,
  name: () => '',
  providers: 'clinics',
  peers: () => null,
  kind: () => null,
}

/** A series in which each provider saw so many of 100 in time. */
function comparisonOf(seen: readonly number[]): SeriesComparison {
  const series: PublishedSeries = {
    indicator: 'seen-in-time',
    breakdown: '',
    period: '2024',
    roundedTo: null,
    subjects: Int32Array.from(seen, (_, i) => i + 1),
    value: Float64Array.from(seen),
    status: new Uint8Array(seen.length),
    release: new Int32Array(seen.length),
    lower95: null,
    upper95: null,
    lower998: null,
    upper998: null,
    numerator: Float64Array.from(seen),
    denominator: new Float64Array(seen.length).fill(100),
    notes: new Map(),
  }
  const indicator = clinics.indicators.get('seen-in-time')!
  return new SeriesComparison(series, seriesLimits(series, indicator), indicator, nobody)
}

describe('the whole', () => {
  it('is all providers taken together where no place is published', () => {
    const { whole, direction } = comparisonOf([40, 80]).compare(null)
    expect(whole).toMatchObject({ name: 'all 2 clinics here', estimate: { value: 60 } })
    expect([...direction]).toEqual([-2, 2])
  })

  it('is nobody for one provider alone: it is not compared with itself', () => {
    const { whole, comparisons, direction } = comparisonOf([40]).compare(null)
    expect(whole).toBeNull()
    expect(comparisons[0] ?? []).toEqual([])
    expect([...direction]).toEqual([9])
  })
})
