import { describe, expect, it } from 'vitest'
import { type Listing, type People, publishPeople, type Truth } from './publish-people.ts'

/** Of each place those under 5, from 5 to 17 and from 18, counted and not: the first has three under 5. */
const counts = [
  [2, 1, 40, 20, 50, 60],
  [15, 16, 30, 31, 70, 61],
  [12, 17, 33, 45, 55, 68],
  [22, 13, 25, 44, 80, 57],
]
const ages = ['0-4', '5-17', '18+']
const truth: Truth = {
  people: counts.flatMap((own, w) =>
    ages.map((age, i): People => {
      const [counted = 0, others = 0] = own.slice(2 * i)
      return { place: `W${w}`, values: { age }, counted, others }
    }),
  ),
  wider: { age: { '0-17': ['0-4', '5-17'] } },
}

const lists = (kind: Listing['kind'], ...groups: readonly string[]): Listing => ({
  kind,
  lists: (_, group) => groups.includes(group),
})
const share = lists('proportion', '', 'age=5-17', 'age=0-4')
const wide = ['', 'age=0-17', 'age=18+']

describe('listings of the same people that list other totals', () => {
  const files: Record<string, Record<string, Listing>> = {
    'a mean and a share': { mean: lists('mean', ...wide), share },
    'a count and a share': { count: lists('count', ...wide), share },
    'a mean and a count': {
      mean: lists('mean', '', 'age=5-17', 'age=0-4'),
      count: lists('count', ...wide),
    },
    'a mean and a share that list no group both': {
      mean: lists('mean', 'age=0-17'),
      share: lists('proportion', 'age=5-17', 'age=0-4'),
    },
    'a mean that has a total and one of its parts, and a share that has the others': {
      mean: lists('mean', '', 'age=18+'),
      share: lists('proportion', 'age=5-17', 'age=0-4'),
    },
  }
  it.each(Object.entries(files))('do not tell of few: %s', async (_, listings) => {
    const found = await publishPeople(truth, listings)
    expect(found).toMatchObject({ refused: null, told: [], toldOfUnlisted: [] })
    expect(found.hidden.some((name) => name.endsWith('W0 age=0-4'))).toBe(true)
    expect(found.hidden.length).toBeLessThan(found.figures)
  })

  it('do not tell of few whom neither lists', async () => {
    const found = await publishPeople(truth, {
      mean: lists('mean', ...wide),
      share: lists('proportion', '', 'age=5-17'),
    })
    expect(found).toMatchObject({ refused: null, told: [], toldOfUnlisted: [] })
    expect(found.hidden.length).toBeGreaterThan(0)
  })

  it('may tell of how many a hidden share is where they are not few', async () => {
    const [, ...rest] = truth.people
    const few = { place: 'W0', values: { age: '0-4' }, counted: 3, others: 30 }
    const found = await publishPeople(
      { ...truth, people: [few, ...rest] },
      { mean: lists('mean', ...wide), share },
    )
    expect(found).toMatchObject({ refused: null, told: [] })
    // The 33 under 5 are what is left of the mean's 0 to 17: no mean has to be hidden for that.
    expect(found.hidden.filter((name) => name.startsWith('mean'))).toEqual([])
  })
})
