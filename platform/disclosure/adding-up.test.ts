import { createRequire } from 'node:module'
import fc from 'fast-check'
import type { Highs } from 'highs'
import { expect, it } from 'vitest'
import type { Indicator } from '../evidence/indicator.ts'
import { clinics } from '../publishing/testing.ts'
import { addingUp } from './adding-up.ts'
import { chooseShown, type ToChoose } from './choose.ts'
import { disclosureSchema } from './declaration.ts'
import type { FigurePart } from './figure-part.ts'

// The package's types describe a CommonJS module, which `require` gives.
const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')

const seen = clinics.indicators.get('seen-in-time')
if (!seen) throw new Error('The made-up indicator is gone.')
const answers = ['smoke', 'did', 'never'] as const
const indicators = new Map([
  ...answers.map((code): [string, Indicator] => [code, { ...seen, code }]),
  ...['men', 'women', 'others', 'people'].map((code): [string, Indicator] => [
    code,
    { ...seen, code, kind: 'count' },
  ]),
])
const to: ToChoose = {
  ...{ what: 'Release 2', dataset: 'smoking', indicators },
  declared: disclosureSchema.parse({ rules: { threshold: 5 } }),
  locate: () => ({ level: 'provider', parents: [] }),
  name: (subject) => `Provider ${subject}`,
  code: (subject) => `P${subject}`,
  earlier: async () => [],
  tiedBefore: async () => [],
  secret: async () => 'a secret of the tests',
}

/** How many of each provider give each of some answers, one answer each. */
type Given = readonly (readonly number[])[]

const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)

/** Shares of the same people: one indicator of each answer. */
const sharesOf = (given: Given): FigurePart[] =>
  answers.map((indicator, i) => ({
    ...{ indicator, breakdown: '', period: '2024', status: null },
    subjects: given.map((_, at) => at),
    value: given.map((own) => (100 * (own[i] ?? 0)) / sum(own)),
    numerator: given.map((own) => own[i] ?? 0),
    denominator: given.map(sum),
  }))

/** Numbers of people, and how many they are in all. */
const countsOf = (given: Given, codes: readonly string[]): FigurePart[] =>
  codes.map((indicator, i) => ({
    ...{ indicator, breakdown: '', period: '2024', status: null, numerator: null },
    subjects: given.map((_, at) => at),
    value: given.map((own) => (i === codes.length - 1 ? sum(own) : (own[i] ?? 0))),
    denominator: null,
  }))

const shownOf = async (parts: readonly FigurePart[], together = true): Promise<boolean[][]> => {
  const files = together ? [parts] : parts.map((p) => [p])
  const found = await Promise.all(files.map((some) => chooseShown(some, to)))
  return parts.map((p) =>
    found.flatMap(({ verdicts }) => verdicts.get(p) ?? []).map((v) => v === 'shown'),
  )
}

/**
 * The answers of one provider that an attacker can tell from fewer than five numbers, who knows that everybody gave
 * one, and that nobody hides a 0.
 */
async function toldOf(own: readonly number[], shown: readonly boolean[], total: number | null) {
  const solver = await load()
  const name = (i: number): string => `x${i}`
  const known = own.flatMap((n, i) => (shown[i] || n === 0 ? [`${name(i)} = ${n}`] : []))
  const sums = total === null ? [] : [`${own.map((_, i) => name(i)).join(' + ')} = ${total}`]
  const rows = [...known, ...sums].map((row, i) => ` c${i}: ${row}`)
  const bounds = own.map((n, i) => ` ${n === 0 ? 0 : 1} <= ${name(i)} <= 1000`)
  return own.filter((n, i) => {
    if (n === 0 || n >= 5 || rows.length === 0) return false
    const [low, high] = (['minimize', 'maximize'] as const).map((way) => {
      const text = `${way}\n obj: ${name(i)}\nsubject to\n${rows.join('\n')}\nbounds\n${bounds.join('\n')}\nend\n`
      return solver.solve(text).ObjectiveValue
    }) as [number, number]
    return high - low < 4 - 1e-6
  })
}

const many = fc.array(
  fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 40 })), {
    minLength: 3,
    maxLength: 3,
  }),
  { minLength: 4, maxLength: 8 },
)

it('gives no answer away that all others of the same people would tell', {
  timeout: 120_000,
}, async () => {
  let apart = 0
  await fc.assert(
    fc.asyncProperty(many, async (drawn) => {
      const given = [...drawn.filter((own) => sum(own) > 0), [9, 20, 30], [11, 12, 14], [8, 7, 22]]
      const parts = sharesOf(given)
      const told = async (together: boolean) => {
        const shown = await shownOf(parts, together)
        const all = given.map((own, at) => {
          const seen = answers.map((_, i) => shown[i]?.[at] === true)
          return toldOf(own, seen, seen.includes(true) ? sum(own) : null)
        })
        return (await Promise.all(all)).flat()
      }
      expect(await told(true)).toEqual([])
      apart += (await told(false)).length
    }),
    { numRuns: 10 },
  )
  expect(apart, 'each for itself some are told').toBeGreaterThan(5)
})

const some: Given = [
  [3, 20, 30],
  [12, 9, 40],
  [7, 8, 25],
  [31, 6, 14],
]

it('gives no count away that is left of a number of people without the others', async () => {
  const parts = countsOf(some, ['men', 'women', 'others', 'people'])
  const shown = await shownOf(parts)
  expect(shown.map((own) => own[0]).filter((is) => !is).length).toBeGreaterThan(1)
  expect(shown[0]?.[0]).toBe(false)
  expect(shown.map((own) => own.slice(1))).toEqual(Array(4).fill([true, true, true]))
})

it('gives nobody away who alone is left where one of the answers is not listed', async () => {
  const [smoke, did, never] = sharesOf([...some, [20, 21, 2]]) as [
    FigurePart,
    FigurePart,
    FigurePart,
  ]
  const cut = { ...never, subjects: [0, 1, 2, 3] }
  const shown = await shownOf([smoke, did, cut])
  expect([shown[0]?.[4], shown[1]?.[4]]).not.toEqual([true, true])
})

const figures = (parts: readonly FigurePart[]) =>
  parts.flatMap((p) =>
    Array.from(p.subjects, (subject, at) => ({
      ...{ indicator: p.indicator, subject, group: '' },
      part: p.numerator?.[at] ?? (p.value[at] as number),
      base: p.denominator?.[at] ?? null,
    })),
  )
const found = (parts: readonly FigurePart[]) =>
  addingUp(figures(parts)).map(({ total, parts: some }) => {
    const names = some.map((c) => c.indicator).join('+')
    return `${names} = ${total.measure} of ${total.indicator}`
  })

it('finds what adds up in every place, and nothing that does so in a few by chance', () => {
  expect(found(sharesOf(some))).toEqual(['smoke+did+never = base of smoke'])
  const people = ['men', 'women', 'others', 'people']
  expect(found(countsOf(some, people))).toEqual(['men+women+others = part of people'])
  expect(found(countsOf(some.slice(0, 2), people))).toEqual([])
  const parts = countsOf(some, people)
  const wrong = { ...(parts[3] as FigurePart), value: [53, 61, 40, 52] }
  expect(found([...parts.slice(0, 3), wrong])).toEqual([])
})

/** Six pairs that all come to 60, of which the last has three people in the first place. */
const pairsOfSixty = (): FigurePart[] => {
  const firsts = [0, 1, 2, 3, 4, 5].map((i) =>
    [0, 1, 2, 3, 4].map((at) =>
      i === 5 && at === 0 ? 3 : 8 + (((at + 1) ** (i + 2) + 5 * i * at) % 17),
    ),
  )
  const columns = firsts.flatMap((own, i): [string, number[]][] => [
    [`a${i}`, own],
    [`b${i}`, own.map((n) => 60 - n)],
  ])
  return [...columns, ['people', [60, 60, 60, 60, 60]] as const].map(([indicator, value]) => ({
    ...{ indicator, breakdown: '', period: '2024', status: null, numerator: null },
    ...{ subjects: value.map((_, at) => at), value, denominator: null },
  }))
}
const counts = new Map(
  pairsOfSixty().map(({ indicator: code }) => [code, { ...seen, code, kind: 'count' as const }]),
)

it('finds all pairs that come to one total, however many and in whichever order', async () => {
  expect(found(pairsOfSixty())).toEqual(
    [0, 1, 2, 3, 4, 5].map((i) => `a${i}+b${i} = part of people`),
  )
  for (const parts of [pairsOfSixty(), pairsOfSixty().reverse()]) {
    const { verdicts } = await chooseShown(parts, { ...to, indicators: counts })
    const [few, others, all] = ['a5', 'b5', 'people'].map((code) => {
      const part = parts.find((p) => p.indicator === code)
      return part && verdicts.get(part)?.[0]
    })
    expect(few).toBe('small')
    expect([others, all]).not.toEqual(['shown', 'shown'])
  }
})

it('finds all triples that come to one total, where each is listed in other places', () => {
  const given = Array.from({ length: 14 }, (_, at) =>
    Array.from({ length: 6 }, (_, i) =>
      [3, 5].map((n) => 8 + (((at + 1) ** (i + 2) * n + i * at) % 17)),
    ),
  )
  const parts = Array.from({ length: 6 }, (_, i) =>
    countsOf(
      given.map((own) => [...(own[i] as number[]), 60 - sum(own[i] as number[])]),
      [`a${i}`, `b${i}`, `c${i}`, 'people'],
    ),
  )
  const listed = parts.flatMap((some, i) =>
    some.slice(0, i === 0 ? 4 : 3).map((p, j) => {
      const at = Array.from(p.subjects).filter((s) => (s + i + j) % 14 !== 0)
      return { ...p, subjects: at, value: at.map((s) => p.value[s] as number) }
    }),
  )
  expect(found(listed).filter((s) => s.endsWith('people'))).toEqual(
    parts.map((_, i) => `a${i}+b${i}+c${i} = part of people`),
  )
})

/** Of how many men, women and all some figures are, place by place. */
const ofMen: Given = [
  [3, 40, 43],
  [30, 32, 62],
  [31, 35, 66],
  [44, 41, 85],
]
const ofEach = (numerators: Given | null): FigurePart[] =>
  ['men', 'women', 'people'].map((indicator, i) => ({
    ...{ indicator, breakdown: '', period: '2024', status: null },
    subjects: ofMen.map((_, at) => at),
    value: ofMen.map((own, at) => (numerators?.[at]?.[i] ?? 4.1 + at + i) / (own[i] as number)),
    numerator: ofMen.map((own, at) => numerators?.[at]?.[i] ?? (own[i] as number) * 0.7 + 0.05),
    denominator: ofMen.map((own) => own[i] as number),
  }))
const inTime: Given = [
  [0, 20, 20],
  [10, 11, 22],
  [12, 15, 26],
  [9, 19, 27],
]
const countOfAll = (): FigurePart => ({
  ...(countsOf(
    ofMen.map((own) => own.slice(0, 2)),
    ['men', 'women', 'people'],
  )[2] as FigurePart),
})
const ofKinds = (kinds: readonly Indicator['kind'][]) =>
  new Map(
    ['men', 'women', 'people'].map((code, i) => {
      return [code, { ...seen, code, kind: kinds[i] ?? 'mean' }] as const
    }),
  )

it.each([
  ['means', ofEach(null), ofKinds([])],
  ['shares', ofEach(inTime), ofKinds(['proportion', 'proportion', 'proportion'])],
  [
    'means beside a count',
    [...ofEach(null).slice(0, 2), countOfAll()],
    ofKinds(['mean', 'mean', 'count']),
  ],
  [
    'shares beside a count',
    [...ofEach(inTime).slice(0, 2), countOfAll()],
    ofKinds(['proportion', 'proportion', 'count']),
  ],
] as const)('gives no number of people away that others come to: %s', async (_, parts, known) => {
  const { verdicts } = await chooseShown(parts, { ...to, indicators: known })
  const [men, women, people] = parts.map((p) => verdicts.get(p)?.[0])
  expect(men).toBe('small')
  expect([women, people]).not.toEqual(['shown', 'shown'])
  for (const p of parts) expect(verdicts.get(p)).toContain('shown')
})

it('rounds numbers of people that others come to', async () => {
  const parts = [...ofEach(inTime).slice(0, 2), countOfAll()]
  const { rounded } = await chooseShown(parts, {
    ...{ ...to, indicators: ofKinds(['proportion', 'proportion', 'count']) },
    declared: disclosureSchema.parse({ round: { base: 5 } }),
  })
  for (const at of ofMen.keys()) {
    const [men, women, people] = parts.map((p) => rounded.get(p)?.[at])
    const all = [men?.part, men?.others, women?.part, women?.others].map(Number)
    expect(sum(all)).toBe(people?.part)
  }
})

it('takes nothing for a sum that always holds within a figure, nor who are counted twice', () => {
  const late = countsOf(
    inTime.map((own, at) => [(ofMen[at]?.[0] ?? 0) - (own[0] ?? 0)]),
    ['late'],
  )
  const [men] = ofEach(inTime) as [FigurePart]
  expect(found([men, ...late])).toEqual([])
  const twice = countsOf(
    inTime.map((own, at) => [(ofMen[at]?.[0] ?? 0) + (own[0] ?? 0)]),
    ['both'],
  )
  expect(found([men, ...twice])).toEqual([])
})

it('comes to an end where many indicators have many sums', () => {
  const given = Array.from({ length: 40 }, (_, at) =>
    Array.from({ length: 30 }, (_, i) => (((at + 3) * (i + 5) ** 2) % 97) % 9),
  )
  const parts = countsOf(given, [...Array.from({ length: 30 }, (_, i) => `answer-${i}`), 'people'])
  expect(found(parts).length).toBeGreaterThan(0)
})

it('is rounded so that it still adds up', async () => {
  const parts = sharesOf(some)
  const rounding = { ...to, declared: disclosureSchema.parse({ round: { base: 5 } }) }
  const { rounded } = await chooseShown(parts, rounding)
  const of = (p: FigurePart) => rounded.get(p)?.map((c) => [c?.part ?? -1, c?.others ?? -1]) ?? []
  for (const at of some.keys()) {
    const all = parts.map((p) => of(p)[at] as [number, number])
    for (const [part, others] of all) expect(part + others).toBe(sum(all.map(([n]) => n)))
  }
})
