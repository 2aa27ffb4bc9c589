import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relative } from '../../test/golden.ts'
import {
  abridgedStarts,
  criticalValue,
  directlyStandardisedRate,
  directlyStandardisedRates,
  europeanStandard1976,
  europeanStandard2013,
  expectedEvents,
  indirectlyStandardisedRatio,
  lifeExpectancies,
  lifeExpectancy,
  lifeExpectancyReasons,
  poissonInterval,
  standardUpTo,
  worldStandard2000,
} from '../index.ts'

describe('standard populations', () => {
  it('add up to what was published', () => {
    const sum = (column: Float64Array): number => column.reduce((a, b) => a + b, 0)
    expect(sum(europeanStandard2013.populations)).toBe(100_000)
    expect(sum(europeanStandard1976.populations)).toBe(100_000)
    expect(sum(worldStandard2000.populations)).toBeCloseTo(100.035, 9)
    for (const standard of [europeanStandard2013, europeanStandard1976, worldStandard2000]) {
      expect(standard.starts).toHaveLength(standard.populations.length)
    }
    const joined = standardUpTo(europeanStandard2013, 85)
    expect(sum(joined.populations)).toBe(100_000)
    expect(joined.starts.at(-1)).toBe(85)
    expect(() => standardUpTo(europeanStandard1976, 90)).toThrow(RangeError)
  })
})

describe('directly standardised rates', () => {
  const band = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1000, max: 100_000 }))
  const area = fc.array(band, { minLength: 5, maxLength: 5 })
  const standard = Float64Array.of(20, 30, 25, 15, 10)
  const rateOf = (bands: [number, number][], weights = standard) =>
    directlyStandardisedRate(
      Float64Array.from(bands, (b) => b[0]),
      Float64Array.from(bands, (b) => b[1]),
      weights,
    )

  it('lie between the lowest and the highest rate of a band, within their limits', () => {
    fc.assert(
      fc.property(area, (bands) => {
        const found = rateOf(bands)
        if (found.kind === 'none') {
          expect(found.events).toBeLessThan(10)
          return
        }
        const rates = bands.map(([x, n]) => (x / n) * 100_000)
        expect(found.value).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-6)
        expect(found.value).toBeLessThanOrEqual(Math.max(...rates) + 1e-6)
        expect(found.lower).toBeLessThan(found.value)
        expect(found.upper).toBeGreaterThan(found.value)
      }),
    )
  })

  it('do not change with the standard’s unit nor with the order of the bands', () => {
    fc.assert(
      fc.property(area, (bands) => {
        const found = rateOf(bands)
        const scaled = rateOf(
          bands,
          standard.map((w) => w * 7),
        )
        const turned = rateOf([...bands].reverse(), standard.slice().reverse())
        if (found.kind === 'none' || scaled.kind === 'none' || turned.kind === 'none') return
        expect(relative(scaled.upper, found.upper)).toBeLessThan(1e-12)
        expect(relative(turned.lower, found.lower)).toBeLessThan(1e-12)
      }),
    )
  })

  it('are the published rate of Down’s syndrome, birth order 5 and over (Fay and Feuer 1997)', () => {
    // Stark and Mantel (1966), as in the dsrTest vignette: 75.52901 in 100,000.
    const found = directlyStandardisedRate(
      Float64Array.of(0, 8, 63, 112, 262, 295),
      Float64Array.of(327, 30666, 123419, 149919, 104088, 34392),
      Float64Array.of(319933, 931318, 786511, 488235, 237863, 61313),
    )
    if (found.kind === 'none') throw new Error(found.reason)
    expect(found.value).toBeCloseTo(75.52901, 5)
  })

  it('are the crude rate with its own limits where the area has the standard’s ages', () => {
    const populations = standard.map((w) => w * 1000)
    const found = directlyStandardisedRate(Float64Array.of(3, 4, 5, 6, 7), populations, standard)
    const crude = poissonInterval(25)
    expect(found).toMatchObject({ kind: 'rate' })
    if (found.kind === 'none') return
    expect(found.value).toBeCloseTo(25, 9)
    expect(found.lower).toBeCloseTo(crude.lower, 9)
    expect(found.upper).toBeCloseTo(crude.upper, 9)
  })

  it('permute with the areas', () => {
    fc.assert(
      fc.property(area, area, (a, b) => {
        const flat = (rows: [number, number][][], at: 0 | 1): Float64Array =>
          Float64Array.from(rows.flat(), (cell) => cell[at])
        const one = directlyStandardisedRates(flat([a, b], 0), flat([a, b], 1), standard)
        const other = directlyStandardisedRates(flat([b, a], 0), flat([b, a], 1), standard)
        expect(one.value[0]).toEqual(other.value[1])
        expect(one.reason[1]).toBe(other.reason[0])
      }),
    )
  })

  it('give a reason where there is none, and an error where input cannot be', () => {
    const two = Float64Array.of(5, 5)
    const people = Float64Array.of(100, 0)
    expect(directlyStandardisedRate(two, people, Float64Array.of(1, 1))).toEqual({
      kind: 'none',
      reason: 'no-population',
      events: 10,
      population: 100,
    })
    expect(directlyStandardisedRate(two, people, Float64Array.of(1, 0)).kind).toBe('rate')
    const none = directlyStandardisedRate(
      Float64Array.of(0),
      Float64Array.of(5),
      Float64Array.of(1),
      {
        minimumEvents: 0,
      },
    )
    expect(none).toMatchObject({ reason: 'too-few-events' })
    const throws = (...of: Parameters<typeof directlyStandardisedRate>) =>
      expect(() => directlyStandardisedRate(...of))
    throws(Float64Array.of(-1, 1), two, two).toThrow(/invalid events/)
    throws(two, Float64Array.of(Number.NaN, 1), two).toThrow(/invalid populations/)
    throws(two, two, Float64Array.of(0, 0)).toThrow(/invalid standard/)
    throws(two, two, Float64Array.of(1)).toThrow(/invalid events/)
    throws(two, two, two, { squares: Float64Array.of(1, Number.NaN) }).toThrow(/invalid squares/)
    const bulk = directlyStandardisedRates(Float64Array.of(Number.NaN, 9), two, two)
    expect([...bulk.reason]).toEqual([3])
  })
})

describe('indirect standardisation', () => {
  it('gives 1 to the reference itself', () => {
    const reference = { events: Float64Array.of(5, 50), populations: Float64Array.of(900, 800) }
    expect(expectedEvents(reference.populations, reference)[0]).toBeCloseTo(55, 12)
    expect(indirectlyStandardisedRatio(55, reference.populations, reference).value).toBeCloseTo(
      1,
      12,
    )
  })

  it('refuses a reference without people and areas of other bands', () => {
    const reference = { events: Float64Array.of(5, 50), populations: Float64Array.of(900, 0) }
    const two = Float64Array.of(1, 2)
    expect(() => expectedEvents(two, reference)).toThrow(/invalid reference.populations/)
    const good = { events: two, populations: two }
    expect(() => expectedEvents(Float64Array.of(1), good)).toThrow(/invalid populations/)
    expect(() => indirectlyStandardisedRatio(1, Float64Array.of(-1, 2), good)).toThrow(
      /invalid populations/,
    )
  })
})

// Typed in from PHEindicatormethods, tests/testthat/testLifeExpectancy.R: 8 digits, the limits made with
// 1.96 for the critical value (their test rounds both to 4 decimals).
const populations = Float64Array.of(
  ...[7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601, 50209, 56416, 46411],
  ...[39820, 37978, 37039, 33288, 23306, 11936, 11936],
)
const deaths = Float64Array.of(
  ...[17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937],
)
const published = [
  [80.16960813, 79.88268548, 80.45653078],
  [79.36245674, 79.0898816, 79.63503188],
  [75.44193645, 75.17407307, 75.70979983],
  [70.47299936, 70.20675732, 70.7392414],
  [65.52909542, 65.26548673, 65.79270412],
  [60.67510088, 60.41876577, 60.931436],
  [55.78835987, 55.53801579, 56.03870395],
  [50.92752727, 50.68279939, 51.17225516],
  [46.06740425, 45.82666794, 46.30814055],
  [41.24505636, 41.00842831, 41.48168441],
  [36.49322717, 36.26223216, 36.72422219],
  [31.83343842, 31.60996318, 32.05691365],
  [27.26027992, 27.04337271, 27.47718713],
  [22.9719144, 22.76653134, 23.17729746],
  [18.76856852, 18.57570352, 18.96143352],
  [14.95858336, 14.77985004, 15.13731667],
  [11.51684445, 11.34831778, 11.68537112],
  [8.618849241, 8.451134045, 8.786564437],
  [6.163942934, 5.978358351, 6.349527517],
  [6.16210635, 5.887683386, 6.436529314],
] as const

describe('life expectancy', () => {
  it('is what PHEindicatormethods publishes, at each age', () => {
    const found = lifeExpectancy(deaths, populations)
    expect(found).toHaveLength(published.length)
    found.forEach((at, i) => {
      if (at.kind === 'none') throw new Error(at.reason)
      const [value, lower, upper] = published[i] as (typeof published)[number]
      expect(at.age).toBe(abridgedStarts[i])
      expect(relative(at.value, value)).toBeLessThan(1e-9)
      const by = 1.96 / criticalValue(0.95)
      expect(relative(at.value - (at.value - at.lower) * by, lower)).toBeLessThan(1e-9)
      expect(relative(at.value + (at.upper - at.value) * by, upper)).toBeLessThan(1e-9)
    })
  })

  it('is the same for many areas at once', () => {
    const twice = (column: Float64Array): Float64Array => Float64Array.of(...column, ...column)
    const found = lifeExpectancies(twice(deaths), twice(populations), { age: 65 })
    expect(found.value[0]).toBe(found.value[1])
    expect(relative(found.upper[1] as number, 18.96143352)).toBeLessThan(1e-6)
    const single = lifeExpectancy(deaths, populations)[14]
    expect(single).toMatchObject({ value: found.value[0], lower: found.lower[0] })
  })

  it('has no variance from the last band by Chiang’s own method', () => {
    const chiang = lifeExpectancy(deaths, populations, { lastBand: 'chiang' }).at(-1)
    expect(chiang).toMatchObject({ lower: 11936 / 1937, upper: 11936 / 1937 })
  })

  it('falls where deaths rise', () => {
    fc.assert(
      fc.property(fc.nat({ max: 19 }), fc.integer({ min: 1, max: 500 }), (band, more) => {
        const changed = deaths.slice()
        changed[band] = (changed[band] as number) + more
        const [before] = lifeExpectancy(deaths, populations)
        const [after] = lifeExpectancy(changed, populations)
        if (before?.kind !== 'expectancy' || after?.kind !== 'expectancy') throw new Error('none')
        expect(after.value).toBeLessThan(before.value)
      }),
    )
  })

  it('gives a reason where there is none', () => {
    const but = (column: Float64Array, band: number, value: number): Float64Array => {
      const changed = column.slice()
      changed[band] = value
      return changed
    }
    const few = populations.map((n) => n / 100)
    const cases = [
      ['no-population', deaths, but(populations, 5, 0)],
      ['more-deaths-than-people', but(deaths, 5, 99_999), populations],
      ['too-few-people', deaths.map((d) => Math.floor(d / 200)), few.map((n) => n / 2)],
      ['no-deaths-in-last-band', but(deaths, 19, 0), populations],
      [
        'too-wide',
        but(
          deaths.map(() => 1),
          19,
          1,
        ),
        populations.map(() => 1000),
      ],
    ] as const
    for (const [reason, d, n] of cases) {
      expect(lifeExpectancy(d, n)[0]).toEqual({ kind: 'none', age: 0, reason })
      const bulk = lifeExpectancies(d, n)
      expect(lifeExpectancyReasons[bulk.reason[0] as number]).toBe(reason)
      expect(bulk.value[0]).toBeNaN()
    }
    expect(() => lifeExpectancy(but(deaths, 3, -5), populations)).toThrow(/invalid deaths/)
    expect(() => lifeExpectancy(deaths, populations.slice(1))).toThrow(/invalid populations/)
    expect(() => lifeExpectancies(deaths, populations, { age: 4 })).toThrow(/invalid age/)
    expect(() => lifeExpectancy(deaths, populations, { starts: [1, 0] })).toThrow(/invalid/)
    const invalid = lifeExpectancies(but(deaths, 2, Number.NaN), populations)
    expect(lifeExpectancyReasons[invalid.reason[0] as number]).toBe('invalid')
  })
})
