import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { attackServed } from './attack-served.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { LiesInNone, type Located } from './counts.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import { placeSumsOf } from './place-levels.ts'
import { groupOf, rowsOf, type VisitRow, visits } from './random-visits.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const indicators = new Map([['seen-in-time', seen]])

type Chains = readonly (readonly string[])[]

/** What a file of some rows shows where its descriptor declares some chains, and what an attacker makes of it. */
async function attack(rows: readonly VisitRow[], chains: Chains, truth = rows) {
  const codes = [...new Set(rows.map((r) => r.code))]
  const to: ToChoose = {
    ...{ what: 'Release 2', dataset: 'visits', indicators },
    declared: disclosureSchema.parse({ rules: { threshold: 5 }, chains }),
    locate(subject) {
      const { level, parents } = rows.find((r) => r.code === codes[subject]) as VisitRow
      const above = level === 'county' ? [] : [...parents, 'C1']
      return { level, parents: above.map((c) => codes.indexOf(c)).filter((at) => at >= 0) }
    },
    name: (subject) => `Place ${codes[subject]}`,
    code: (subject) => codes[subject] ?? '',
    earlier: async () => [],
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
  const parts = [...Map.groupBy(rows, groupOf)].map(
    ([breakdown, own]): FigurePart => ({
      ...{ indicator: 'seen-in-time', breakdown, period: '2024', status: null },
      subjects: own.map((r) => codes.indexOf(r.code)),
      value: own.map((r) => (100 * r.inTime) / r.all),
      numerator: own.map((r) => r.inTime),
      denominator: own.map((r) => r.all),
    }),
  )
  const { verdicts, hidden } = await chooseShown(parts, to)
  const served = parts.flatMap((p) =>
    Array.from(p.subjects, (subject, at) => {
      const isShown = verdicts.get(p)?.[at] === 'shown'
      const count = (of: FigurePart['numerator']) => (isShown ? (of?.[at] ?? null) : null)
      return {
        ...{ code: codes[subject] ?? '', group: p.breakdown },
        ...{ numerator: count(p.numerator), denominator: count(p.denominator) },
      }
    }),
  )
  return { hidden, leaks: await attackServed(truth, served, 5) }
}

describe('places that are known to lie in others', () => {
  const declared: Record<string, Chains> = {
    'no chain': [],
    'a chain that ends below the county': [['ward', 'district']],
    'a chain without what is between': [['ward', 'county']],
  }
  it.each(Object.entries(declared))(
    'give nobody away where a descriptor declares %s',
    {
      timeout: 240_000,
    },
    async (_, chains) => {
      let hidden = 0
      await fc.assert(
        fc.asyncProperty(
          visits.filter(({ ages }) => ages.length === 0),
          async (year) => {
            const found = await attack(rowsOf(year), chains)
            expect(found.leaks).toEqual([])
            hidden += found.hidden
          },
        ),
        { numRuns: 6 },
      )
      expect(hidden).toBeGreaterThan(20)
    },
  )

  it('give nobody away where a place between is not listed', async () => {
    // Of the ward of the district that is not listed, all but 3 are what the county has beyond the other district.
    const wards = [0, 0, 1, 1].map((district) => ({ district, neighbourhood: 0 }))
    const counts = [
      [12, 20],
      [17, 30],
      [3, 25],
      [20, 30],
    ] as const
    const none = [0, 0] as const
    const year = { wards, ages: [], counts: counts.flatMap((c) => [c, none]) }
    const all = rowsOf(year).filter((r) => r.sex === '' && r.level !== 'neighbourhood')
    const rows = all.filter((r) => !['D1', 'W2'].includes(r.code))
    const { leaks, hidden } = await attack(rows, [], all)
    expect(leaks.filter((l) => / is [1-4]:/.test(l))).toEqual([])
    expect(hidden).toBeGreaterThan(0)
  })
})

describe('sums of places', () => {
  const of = (places: Record<string, readonly [level: string, ...parents: string[]]>) => {
    const codes = Object.keys(places)
    const locate = (subject: number): Located | null => {
      const [level, ...parents] = places[codes[subject] ?? ''] ?? ['']
      return { level, parents: parents.map((p) => codes.indexOf(p)).filter((at) => at >= 0) }
    }
    return (chains: Chains) =>
      placeSumsOf([...codes.keys()], locate, chains)
        .map(({ total, parts, undeclared }) => {
          const names = parts.map((p) => codes[p]).join('+')
          return `${codes[total]}=${names}${undeclared ? '?' : ''}`
        })
        .sort()
  }
  const county = of({
    C: ['county'],
    ...{ D1: ['district', 'C'], D2: ['district', 'C'] },
    ...{ W1: ['ward', 'D1', 'C'], W2: ['ward', 'D1', 'C'], W3: ['ward', 'D2', 'C'] },
  })

  it('are those of the chains where these name all levels', () => {
    const all = ['C=D1+D2', 'D1=W1+W2', 'D2=W3']
    expect(county([['ward', 'district', 'county']])).toEqual(all)
  })

  it('are found where a chain ends too early, or there is none', () => {
    expect(county([['ward', 'district']])).toEqual(['C=D1+D2?', 'D1=W1+W2', 'D2=W3'])
    // That of the wards is known whatever becomes of the districts'.
    expect(county([])).toEqual(['C=D1+D2?', 'C=W1+W2+W3?', 'D1=W1+W2?', 'D2=W3?'])
    expect(county([['ward', 'county']])).toEqual(['C=D1+D2?', 'C=W1+W2+W3', 'D1=W1+W2?', 'D2=W3?'])
  })

  it('hold also of a part whose own place is not listed, and of places that cross another', () => {
    const gap = of({
      C: ['county'],
      D1: ['district', 'C'],
      W1: ['ward', 'D1', 'C'],
      W9: ['ward', 'C'],
    })
    expect(gap([])).toEqual(['C=D1+W9?', 'C=W1+W9?', 'D1=W1?'])
    const crossing = of({
      ...{ C: ['county'], R: ['region'] },
      ...{ D1: ['district', 'C', 'R'], D2: ['district', 'R'] },
      ...{ W1: ['ward', 'D1', 'C', 'R'], W2: ['ward', 'D2', 'C', 'R'], W3: ['ward', 'D2', 'R'] },
    })
    // The second district lies in no county, and one of its wards does.
    expect(crossing([])).toContain('C=W1+W2?')
    const overlapping = of({
      ...{ C: ['county'], D1: ['district', 'C'], N1: ['neighbourhood', 'C'] },
      ...{ W1: ['ward', 'D1', 'N1', 'C'], W2: ['ward', 'D1', 'C'] },
    })
    expect(overlapping([])).toEqual(['C=D1?', 'C=N1+W2?', 'C=W1+W2?', 'D1=W1+W2?', 'N1=W1?'])
  })

  it('of declared chains are still refused where a place lies in none of those above', () => {
    const lost = of({ C: ['county'], D1: ['district', 'C'], W1: ['ward'] })
    expect(() => lost([['ward', 'district']])).toThrow(LiesInNone)
    expect(lost([])).toEqual(['C=D1?'])
  })
})
