import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clinics } from '../publishing/testing.ts'
import { attackServed } from './attack-served.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'
import { nestedGroups, rangeOf } from './nested-groups.ts'
import { groupOf, rowsOf, type VisitRow, visits } from './random-visits.ts'
import { without } from './sums.ts'

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const indicators = new Map([['seen-in-time', seen]])

/** What the column of ages calls the two halves of people, and of each half its two parts. */
type Labels = readonly [half: string, ...parts: readonly string[]][]
const ranges: Labels = [
  ['0 to 17', 'under 5', '5-17'],
  ['18+', '18 to 64', '65 and over'],
]
const words: Labels = [
  ['children', 'infants', 'pupils'],
  ['adults', 'workers', 'pensioners'],
]
const declared = Object.fromEntries(words.map(([half, ...parts]) => [half, parts]))

/** The group of a row where all of it stands in one column. */
function inOneColumn({ sex, age }: VisitRow, labels: Labels): string {
  if (sex === '') return ''
  const [half, ...parts] = labels[sex === 'girls' ? 0 : 1] ?? ['']
  return `age=${age === '' ? half : parts[age === 'under 5' ? 0 : 1]}`
}

/** What a file of some rows shows, and what an attacker makes of it who knows which ages lie in which. */
async function attack(rows: readonly VisitRow[], labels: Labels, disclosure: object, truth = rows) {
  const codes = [...new Set(rows.map((r) => r.code))]
  const to: ToChoose = {
    ...{ what: 'Release 2', dataset: 'visits', indicators },
    declared: disclosureSchema.parse({
      ...{ rules: { threshold: 5 }, ...disclosure },
      chains: [
        ['ward', 'district', 'county'],
        ['ward', 'neighbourhood', 'county'],
      ],
    }),
    locate(subject) {
      const { level, parents } = rows.find((r) => r.code === codes[subject]) as VisitRow
      const above = level === 'county' ? [] : [...parents, 'C1']
      return { level, parents: above.map((c) => codes.indexOf(c)) }
    },
    name: (subject) => `Place ${codes[subject]}`,
    code: (subject) => codes[subject] ?? '',
    earlier: async () => [],
    tiedBefore: async () => [],
    secret: async () => 'a secret of the tests',
  }
  const parts = [...Map.groupBy(rows, (r) => inOneColumn(r, labels))].map(
    ([breakdown, own]): FigurePart => ({
      ...{ indicator: 'seen-in-time', breakdown, period: '2024', status: null },
      subjects: own.map((r) => codes.indexOf(r.code)),
      value: own.map((r) => (100 * r.inTime) / r.all),
      numerator: own.map((r) => r.inTime),
      denominator: own.map((r) => r.all),
    }),
  )
  const { verdicts, hidden } = await chooseShown(parts, to)
  const shown = new Set(
    parts.flatMap((p) =>
      Array.from(p.subjects)
        .filter((_, at) => verdicts.get(p)?.[at] === 'shown')
        .map((s) => `${codes[s]}|${p.breakdown}`),
    ),
  )
  const served = rows.map((r) => {
    const isShown = shown.has(`${r.code}|${inOneColumn(r, labels)}`)
    return {
      ...{ code: r.code, group: groupOf(r) },
      ...{ numerator: isShown ? r.inTime : null, denominator: isShown ? r.all : null },
    }
  })
  return { hidden, leaks: await attackServed(truth, served, 5) }
}

/** Rows of everyone, each half and each part: whoever is of one age in both halves stands in no column. */
const listed = ({ sex, age }: VisitRow): boolean => sex !== '' || age === ''
const crossed = visits.filter(({ ages, wards }) => ages.length > 0 && wards.length === 3)

describe('groups that lie in others of the same column', () => {
  const files: Record<string, [Labels, object, (row: VisitRow) => boolean]> = {
    'ranges of ages, by their labels': [ranges, {}, () => true],
    'words, by their declaration': [words, { groups: { age: declared } }, () => true],
    'without everyone': [ranges, {}, ({ sex }) => sex !== ''],
  }
  it.each(Object.entries(files))(
    'give nobody away: %s',
    {
      timeout: 240_000,
    },
    async (_, [labels, disclosure, has]) => {
      let hidden = 0
      await fc.assert(
        fc.asyncProperty(crossed, async (year) => {
          const rows = rowsOf(year).filter((r) => listed(r) && has(r))
          const found = await attack(rows, labels, disclosure)
          expect(found.leaks).toEqual([])
          hidden += found.hidden
        }),
        { numRuns: 3 },
      )
      expect(hidden).toBeGreaterThan(20)
    },
  )

  it('give nobody away where some places do not list what is between', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(crossed, async (year) => {
        const all = rowsOf(year).filter(listed)
        const rows = all.filter((r) => r.code !== 'W0' || r.sex === '' || r.age !== '')
        const { leaks } = await attack(rows, ranges, {}, all)
        expect(leaks.filter((l) => / is [1-4]:/.test(l))).toEqual([])
      }),
      { numRuns: 3 },
    )
  })

  it('are refused where two lie partly in each other, and none in the other', async () => {
    const [first] = fc.sample(crossed, { numRuns: 1, seed: 7 })
    if (!first) throw new Error('There is no sample.')
    const rows = rowsOf(first).filter(listed)
    const crossing: Labels = [
      ['0 to 17', 'under 5', '5-17'],
      ['15+', '18 to 64', '65 and over'],
    ]
    await expect(attack(rows, crossing, {})).rejects.toThrow(
      'the groups “0 to 17” and “15+” of “age” have people in common',
    )
  })

  it('are declared once, and in no circle', () => {
    const read = (age: object) =>
      disclosureSchema.safeParse({ rules: { threshold: 5 }, groups: { age } }).success
    expect(read({ all: ['a', 'b'], b: ['c'] })).toBe(true)
    expect(read({ all: ['a', 'b'], some: ['b', 'c'] })).toBe(false)
    expect(read({ a: ['b'], b: ['a'] })).toBe(false)
    expect(read({ a: ['a'] })).toBe(false)
  })
})

describe('how groups nest', () => {
  const above = (groups: readonly string[], declared = {}) => {
    const nest = nestedGroups(groups, declared)
    const names = new Map(groups.map((g) => [nest(g), g]))
    return groups.map((g) => names.get(without(nest(g), 'age')) ?? without(nest(g), 'age'))
  }

  it('is read off ranges: each in the smallest that holds it', () => {
    expect(above(['age=0 to 4', 'age=5 to 17', 'age=0 to 17', 'age=0+', 'age=90+'])).toEqual([
      ...['age=0 to 17', 'age=0 to 17', 'age=0+', '', 'age=0+'],
    ])
    expect(above(['age=0-4;sex=girls', 'age=0-17;sex=girls'])).toEqual([
      ...['age=0-17;sex=girls', 'sex=girls'],
    ])
    // The same people by two names: either is all of the other.
    expect(above(['age=under 5', 'age=0-4']).sort()).toEqual(['', 'age=under 5'])
    // Ranges that only touch are told apart by whoever writes them.
    expect(above(['age=0-5', 'age=5-10'])).toEqual(['', ''])
  })

  it('is as declared, and goes past what is not listed', () => {
    const declared = { age: { all: ['young', 'old'], young: ['infants'] } }
    expect(above(['age=infants', 'age=all', 'age=old'], declared)).toEqual([
      ...['age=all', '', 'age=all'],
    ])
  })

  it.each([
    ['0-4', [0, 4]],
    ['Aged 5 to 17 years', [5, 17]],
    ['10–14 yrs', [10, 14]],
    ['Under 5', [0, 4]],
    ['<1', [0, 0]],
    ['up to 17', [0, 17]],
    ['65+', [65, Number.POSITIVE_INFINITY]],
    ['85 and over', [85, Number.POSITIVE_INFINITY]],
    ['over 64', [65, Number.POSITIVE_INFINITY]],
    ['16', [16, 16]],
    ['0-11 months', null],
    ['year 7', null],
    ['17 to 5', null],
    ['girls', null],
  ])('takes “%s” for %j', (label, range) => {
    expect(rangeOf(label)).toEqual(range)
  })
})
