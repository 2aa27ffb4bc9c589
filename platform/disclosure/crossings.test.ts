import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withCrossings } from './crossings.ts'
import { type Listing, type People, publishPeople, type Truth } from './publish-people.ts'

const columns = { kind: ['a', 'b'], sex: ['f', 'm'] } as const
const wards = ['W0', 'W1', 'W2']

/** People of each ward by kind and sex, as many as are given: a;f, a;m, b;f and b;m. */
const peopleOf = (...counts: readonly (readonly number[])[]): People[] =>
  counts.flatMap((own, w) =>
    columns.kind.flatMap((kind, i) =>
      columns.sex.map((sex, j): People => {
        const values = { kind, sex }
        return { place: wards[w] ?? '', values, counted: own[2 * i + j] ?? 0, others: 0 }
      }),
    ),
  )

const listing = (...groups: readonly string[]): Record<string, Listing> => ({
  people: { kind: 'count', lists: (_, group) => groups.includes(group) },
})
const totals = ['', 'kind=a', 'kind=b', 'sex=f', 'sex=m']
/** 34 are f, 121 are a, 91 of these m: so 4 of the 34 are b. */
const few: Truth = { people: peopleOf([30, 91, 4, 50]) }

const files: Record<string, readonly [Truth, Record<string, Listing>]> = {
  'that no place lists': [few, listing(...totals, 'kind=a;sex=m')],
  'that is hidden, beside one that no place lists': [
    few,
    listing(...totals, 'kind=a;sex=m', 'kind=b;sex=f'),
  ],
  'that is listed in another place': [
    { people: peopleOf([30, 91, 4, 50], [30, 40, 50, 60]) },
    {
      people: {
        kind: 'count',
        lists: (place, group) => place === 'W1' || [...totals, 'kind=a;sex=m'].includes(group),
      },
    },
  ],
  'beside one of nobody, which has no row': [
    // All of a are m: all f are b, and m of b are what b is beside f.
    { people: peopleOf([0, 91, 34, 3]) },
    listing('', 'kind=a', 'kind=b', 'sex=f', 'kind=a;sex=m'),
  ],
  'of a ward, told by its district': [
    {
      people: peopleOf([30, 91, 4, 50], [30, 40, 50, 60]),
      districts: { D0: ['W0', 'W1'] },
    },
    {
      people: {
        kind: 'count',
        lists: (place, group) =>
          place === 'D0' ? true : place === 'W1' ? group !== 'kind=b;sex=f' : group === '',
      },
    },
  ],
  'within a range of ages': [
    {
      people: [
        ...[['0-4', 'f', 4] as const, ['0-4', 'm', 16] as const],
        ...[['5-17', 'f', 30] as const, ['5-17', 'm', 91] as const],
        ...[['18+', 'f', 70] as const, ['18+', 'm', 80] as const],
      ].map(([age, sex, counted]): People => {
        return { place: 'W0', values: { age, sex }, counted, others: 0 }
      }),
      wider: { age: { '0-17': ['0-4', '5-17'] } },
    },
    listing('', 'age=0-17', 'age=5-17', 'age=0-4', 'age=0-17;sex=f', 'age=5-17;sex=m'),
  ],
}

describe('a crossing of few', () => {
  it.each(Object.entries(files))('is not told: one %s', async (_, [truth, listings]) => {
    const found = await publishPeople(truth, listings)
    expect(found).toMatchObject({ refused: null, told: [], toldOfUnlisted: [] })
    expect(found.hidden.length).toBeGreaterThan(0)
    expect(found.hidden.length).toBeLessThan(found.figures)
  })

  it('is not told by random files that list some groups', { timeout: 120_000 }, async () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 90 }))
    const counts = fc.array(fc.array(count, { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 3,
    })
    const lists = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })
    let hidden = 0
    await fc.assert(
      fc.asyncProperty(counts, lists, async (counts, lists) => {
        const crossed = columns.kind.flatMap((k) => columns.sex.map((s) => `kind=${k};sex=${s}`))
        const some = crossed.filter((_, at) => lists[at])
        const people = { people: peopleOf(...counts) }
        const found = await publishPeople(people, listing(...totals, ...some))
        expect(found).toMatchObject({ refused: null, told: [], toldOfUnlisted: [] })
        hidden += found.hidden.length
      }),
      { numRuns: 40, seed: 8 },
    )
    expect(hidden).toBeGreaterThan(40)
  })

  it('hides nothing where two groups of one that is not listed differ by few', async () => {
    // Of the 150 of x=q 133 are a, 129 are m: neither is among the other.
    const people = [
      ['a', 'f', 'q', 15],
      ['a', 'm', 'q', 118],
      ['b', 'f', 'q', 6],
      ['b', 'm', 'q', 11],
      ['a', 'f', 'p', 50],
      ['a', 'm', 'p', 60],
      ['b', 'f', 'p', 70],
      ['b', 'm', 'p', 80],
    ].map(([kind, sex, x, counted]): People => {
      const values = { kind: String(kind), sex: String(sex), x: String(x) }
      return { place: 'W0', values, counted: Number(counted), others: 0 }
    })
    const found = await publishPeople(
      { people },
      listing('', 'kind=a;x=q', 'sex=m;x=q', 'kind=b;x=p', 'sex=f;x=p'),
    )
    expect(found).toMatchObject({ refused: null, hidden: [], told: [] })
  })
})

describe('crossings', () => {
  const listed = new Set(['', 'kind=a', 'kind=b', 'sex=f', 'sex=m', 'kind=a;sex=m', 'x=p'])

  it('are those of columns that are crossed somewhere', () => {
    expect([...withCrossings(listed, 1)].filter((g) => g.includes(';')).sort()).toEqual([
      'kind=a;sex=f',
      'kind=a;sex=m',
      'kind=b;sex=f',
      'kind=b;sex=m',
    ])
  })

  it('are left out where they would be too many in all places', () => {
    expect(withCrossings(listed, 100_000)).toEqual(listed)
  })
})
