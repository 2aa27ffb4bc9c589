import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance, toDegrees, toGrid } from './grid.ts'
import { Postcodes, place, postcodeOf, sharedPart } from './locate.ts'

describe('the national grid', () => {
  it('agrees with the worked example of the Ordnance Survey within five metres', () => {
    // A guide to coordinate systems in Great Britain, annexe C: Framingham, on WGS84.
    const found = toDegrees(651_409.903, 313_177.27)
    expect(distance(found, [1.716_073_973, 52.657_977_4])).toBeLessThan(0.005)
  })

  it('leads back to where it came from', () => {
    const inside = fc.tuple(
      fc.integer({ min: 100_000, max: 650_000 }),
      fc.integer({ min: 10_000, max: 1_200_000 }),
    )
    fc.assert(
      fc.property(inside, ([easting, northing]) => {
        const [east, north] = toGrid(toDegrees(easting, northing))
        expect(Math.hypot(east - easting, north - northing)).toBeLessThan(1)
      }),
    )
  })

  it('measures the way over the ground: a degree of latitude is 111.2 km', () => {
    expect(distance([-1, 51], [-1, 52])).toBeCloseTo(111.19, 1)
    expect(distance([-1, 51], [-1, 51])).toBe(0)
  })
})

describe('postcodes', () => {
  it.each([
    ['gu341aa', 'GU34 1AA'],
    [' SK11  6JL', 'SK11 6JL'],
    ['GU34', 'GU34'],
    ['W1A 1AA', 'W1A 1AA'],
    ['London', null],
    ['', null],
    ['12345', null],
  ])('%s is %s', (typed, postcode) => {
    expect(postcodeOf(typed)).toBe(postcode)
  })

  const known = new Postcodes([
    { postcode: 'GU34 1AA', at: [-1, 51] },
    { postcode: 'GU34 1AB', at: [-0.98, 51] },
    { postcode: 'GU34 2AA', at: [-0.96, 51.2] },
  ])

  it.each([
    ['TS18 1HU', 'ts18 1hu', 'postcode'],
    ['TS18 1HU', 'TS18 1AA', 'sector'],
    ['TS18 1HU', 'TS18 2AA', 'outward'],
    ['TS18', 'TS18 2AA', 'outward'],
    ['TS18 1HU', 'TS1 8HU', null],
    ['TS18 1HU', null, null],
    ['London', 'London', null],
  ])('%s and %s share their %s', (one, other, shared) => {
    expect(sharedPart(one, other)).toBe(shared)
    expect(sharedPart(other, one)).toBe(shared)
  })

  it('are found whole, then by sector, then by their outward half, and it is said which', () => {
    expect(known.find('gu34 1aa')).toEqual({ at: [-1, 51], how: 'postcode', from: 1 })
    expect(known.find('GU34 1ZZ')).toMatchObject({ how: 'sector', from: 2 })
    expect(known.find('GU34 9ZZ')).toMatchObject({ how: 'outward', from: 3 })
    expect(known.find('GU34')).toMatchObject({ how: 'outward', from: 3 })
    expect(known.find('GU35 1AA')).toBeNull()
    // GU3 is not the beginning of GU34.
    expect(known.find('GU3 4AA')).toBeNull()
  })
})

describe('providers', () => {
  const alton = { easting: 472_000, northing: 139_000 }

  it('with coordinates are placed by them, others by their neighbours, the rest not at all', () => {
    const placed = place([
      { id: 1, postcode: 'GU34 1AA', ...alton },
      { id: 2, postcode: 'GU34 1AA', easting: null, northing: null },
      { id: 3, postcode: 'GU34 1XY', easting: null, northing: null },
      { id: 4, postcode: 'AB1 1AA', easting: null, northing: null },
      { id: 5, postcode: null, easting: 0, northing: 0 },
    ])
    expect([...placed].map(([id, p]) => [id, p.how])).toEqual([
      [1, 'exact'],
      [2, 'postcode'],
      [3, 'sector'],
    ])
  })

  it('are placed alike in whatever order they are given', () => {
    const all = Array.from({ length: 12 }, (_, id) => ({
      id,
      postcode: `GU3${id % 3} ${id % 2}AA`,
      easting: id % 2 === 0 ? 470_000 + 1000 * id : null,
      northing: id % 2 === 0 ? 130_000 + 500 * id : null,
    }))
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 12, maxLength: 12 }), (shuffled) => {
        const [one, other] = [place(all), place(shuffled)]
        for (const [id, { at, how }] of one) {
          const same = other.get(id)
          expect(same?.how).toBe(how)
          expect(distance(same?.at ?? [0, 0], at)).toBeLessThan(1e-6)
        }
        expect(other.size).toBe(one.size)
      }),
    )
  })
})
