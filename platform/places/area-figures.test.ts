import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredSeries } from '../comparison/stored-series.ts'
import { type Indicator, indicatorSchema } from '../evidence/indicator.ts'
import type { Listing } from '../publishing/listings.ts'
import { areaFigures, geographyOf } from './area-figures.ts'

const indicator = (kind: Indicator['kind']): Indicator =>
  indicatorSchema.parse({
    code: 'seen',
    name: 'Seen in time',
    service: 'clinic',
    topic: 'Waiting',
    unit: '%',
    kind,
    scale: 100,
    polarity: 'higher',
    decimals: 1,
    why: 'Nobody likes to wait.',
    definition: 'Seen within an hour.',
    method: 'Counts.',
  })

const listing = (id: number, kind: Listing['kind'], parents: readonly number[]): Listing => ({
  id,
  kind,
  code: `X${id}`,
  name: `Name ${id}`,
  service: kind === 'provider' ? 'clinic' : null,
  level: kind === 'place' ? (id === 90 ? 'county' : 'district') : null,
  postcode: null,
  town: null,
  parents,
  body: { type: null, status: null, address: null, easting: null, northing: null, facts: {} },
})

/** District 10 holds clinics 1 to 3, district 11 clinic 4; both lie in county 90. */
const listings = new Map(
  [
    ...[1, 2, 3].map((id) => listing(id, 'provider', [10, 90])),
    listing(4, 'provider', [11, 90]),
    listing(10, 'place', [90]),
    listing(11, 'place', [90]),
    listing(90, 'place', []),
  ].map((l) => [l.id, l]),
)
const members = new Map([
  [10, [1, 2, 3]],
  [11, [4]],
])
const service = {
  code: 'clinic',
  name: 'Clinics',
  provider: 'clinic',
  providers: 'clinics',
  about: 'Where people are seen.',
  separate: {
    fact: 'Kind',
    usual: 'clinics',
    apart: { special: 'special clinics' },
    why: 'They differ.',
  },
  peers: [],
}
const geography = geographyOf(listings)(service)

function series(rows: readonly (readonly [subject: number, k: number, n: number])[]): StoredSeries {
  const column = (of: (k: number, n: number) => number) =>
    Float64Array.from(rows, ([, k, n]) => of(k, n))
  const none = column(() => Number.NaN)
  return {
    indicator: 'seen',
    period: '2024',
    breakdown: '',
    subjects: Int32Array.from(rows, ([subject]) => subject),
    value: column((k, n) => (100 * k) / n),
    status: new Uint8Array(rows.length),
    rounded: false,
    lower95: column((k, n) => (100 * k) / n - 5),
    upper95: column((k, n) => (100 * k) / n + 5),
    lower998: none,
    upper998: none,
    numerator: column((k) => k),
    denominator: column((_, n) => n),
    release: new Int32Array(rows.length),
    whole: null,
  }
}

describe('an area', () => {
  const clinics = [
    [1, 30, 60],
    [2, 10, 20],
    [3, 5, 20],
    [4, 190, 200],
  ] as const

  it('has the counts of its providers taken together', () => {
    const { figures, whole } = areaFigures(
      series(clinics),
      members,
      indicator('proportion'),
      geography,
    )
    expect(figures.map((f) => f.area)).toEqual([10])
    const [found] = figures
    expect(found?.estimate).toMatchObject({ value: 45, origin: 'pooled', count: 3 })
    expect(whole).toBe('all 4 clinics here')
    expect(found?.direction).toBe(-2)
  })

  it('leaves out a kind of provider that is held apart', () => {
    const special = listing(5, 'provider', [10, 90])
    const kept = { ...special, body: { ...special.body, facts: { Kind: 'special' } } }
    const withSpecial = geographyOf(new Map([...listings, [5, kept]]))(service)
    const { figures } = areaFigures(
      series([...clinics, [5, 0, 50]]),
      new Map([...members, [10, [1, 2, 3, 5]]]),
      indicator('proportion'),
      withSpecial,
    )
    expect(figures[0]?.estimate).toMatchObject({ value: 45, count: 3 })
  })

  it('keeps a figure of its own, and one provider does not stand for it', () => {
    const own = series([...clinics, [11, 80, 100]])
    const { figures } = areaFigures(own, members, indicator('proportion'), geography)
    expect(figures.map((f) => [f.area, f.estimate.origin, f.estimate.value])).toEqual([
      [10, 'pooled', 45],
      [11, 'published', 80],
    ])
  })

  it('has no mean of counts or of ratings', () => {
    for (const kind of ['count', 'rating'] as const) {
      expect(areaFigures(series(clinics), members, indicator(kind), geography).figures).toEqual([])
    }
  })

  it('is compared with what holds all areas where only places have figures', () => {
    const places = series([
      [10, 10, 100],
      [11, 60, 100],
      [90, 70, 200],
    ])
    const { figures, whole } = areaFigures(places, members, indicator('proportion'), geography)
    expect(whole).toBe('Name 90')
    expect(figures.map((f) => f.direction)).toEqual([-1, 1])
  })

  it('comes to the same in whatever order its providers stand', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...clinics], { minLength: 4, maxLength: 4 }), (shuffled) => {
        const of = (rows: typeof shuffled) =>
          areaFigures(series(rows), members, indicator('proportion'), geography).figures
        expect(of(shuffled)).toEqual(of([...clinics]))
      }),
    )
  })
})
