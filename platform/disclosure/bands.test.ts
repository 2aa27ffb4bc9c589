import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ages, type BandRow, publishCuts } from './attack-bands.ts'
import { endsOf } from './bands.ts'

/** Years of age up to which people are listed one by one; the last holds all who are older. */
const oldest = 60

/** People of a place by a few ages: all others are nobody. */
function aged(some: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: oldest + 1 }, (_, age) => some[age] ?? 0)
}

/** A place's rows as their labels say: `''` for everyone, `0-14`, `15+`. */
function rowsOf(place: string, labels: readonly string[]): BandRow[] {
  return labels.map((label) => {
    if (label === '') return { place, label, from: 0, to: oldest + 1 }
    const [from = '', to] = label.replace('+', '').split('-')
    return { place, label, from: Number(from), to: to === undefined ? oldest + 1 : Number(to) + 1 }
  })
}

/** 50 are up to 14, two of 15, 20 from 16 to 19, three from 20 to 24. */
const town: Ages = { W1: aged({ 3: 30, 10: 20, 15: 2, 17: 20, 22: 3, 40: 50 }) }

/** Releases of one town, as the ages that each lists. */
const cut: Record<string, readonly (readonly string[])[]> = {
  'a band that ends later': [
    ['', '0-14'],
    ['', '0-15'],
  ],
  'a band that ends earlier': [
    ['', '0-15'],
    ['', '0-14'],
  ],
  'without everyone': [['0-14'], ['0-15']],
  'and so what follows on it': [
    ['', '0-14', '15+'],
    ['', '0-15', '16+'],
  ],
  'what follows alone': [['15+'], ['16+']],
  'from both ends of everyone': [
    ['', '0-14'],
    ['', '16+'],
  ],
  'in three releases': [
    ['', '0-14', '15+'],
    ['', '0-19', '20+'],
    ['', '0-15', '16+'],
  ],
  'so that bands are partly in each other': [
    ['0-14', '15-29', '30+'],
    ['0-9', '10-15', '16+'],
  ],
  'so that a band within is told from both sides': [
    ['10-19', '20+'],
    ['10-14', '16+'],
  ],
  'so that what is between follows from two that are between': [
    ['2-5', '6-14'],
    ['2-6', '7-15'],
  ],
  'within a band that both have': [
    ['0-29', '0-14', '15-29'],
    ['0-29', '0-15', '16-29'],
  ],
}

describe('ages that a correction cuts elsewhere', () => {
  it.each(Object.entries(cut))('tell of nobody between: %s', async (_, releases) => {
    const { leaks, refused, hidden } = await publishCuts(
      town,
      releases.map((labels) => rowsOf('W1', labels)),
    )
    expect(leaks).toEqual([])
    // Something is hidden, or it is said that nothing helps.
    expect(refused + hidden.length).toBeGreaterThan(0)
  })

  it('tell of nobody between, cut at random in two wards', { timeout: 240_000 }, async () => {
    const people = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 }), fc.nat(30)), {
      minLength: oldest + 1,
      maxLength: oldest + 1,
    })
    const cuts = fc.uniqueArray(fc.integer({ min: 10, max: 15 }), { minLength: 1, maxLength: 3 })
    const history = fc.record({ W1: people, W2: people, cuts: fc.tuple(cuts, cuts) })
    let hidden = 0
    await fc.assert(
      fc.asyncProperty(history, async ({ cuts, ...town }) => {
        const releases = cuts.map((some) => {
          const from = [0, ...some.toSorted((a, b) => a - b)]
          const labels = from.map((a, i) =>
            from[i + 1] ? `${a}-${(from[i + 1] ?? 0) - 1}` : `${a}+`,
          )
          return ['D', 'W1', 'W2'].flatMap((place) => rowsOf(place, ['', ...labels]))
        })
        const found = await publishCuts(town, releases)
        expect(found.leaks).toEqual([])
        hidden += found.hidden.length
      }),
      { numRuns: 12 },
    )
    expect(hidden).toBeGreaterThan(10)
  })

  it('are all published where many are between', async () => {
    const many: Ages = { W1: aged({ 3: 30, 10: 20, 15: 12, 17: 20, 22: 13, 40: 50 }) }
    for (const releases of Object.values(cut)) {
      const { leaks, refused, hidden } = await publishCuts(
        many,
        releases.map((labels) => rowsOf('W1', labels)),
      )
      expect([leaks, refused, hidden]).toEqual([[], 0, []])
    }
  })
})

describe('ranges of one release', () => {
  it.each([
    [['0-5', '5-10', '10+'], 'of the next'],
    [['0-4', '5-9', '10+'], 'its own'],
    // One year lies in the range that it ends.
    [['6-27', '27', '28+'], 'its own'],
  ])('%j have an end that is %s', (labels, ends) => {
    expect(endsOf(labels)).toBe(ends)
  })
})
