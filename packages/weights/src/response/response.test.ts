import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../test/answers.ts'
import { categoriesOf } from '../categories.ts'
import { sampleDesign } from '../estimates/design.ts'
import { jackknife } from '../estimates/replicates.ts'
import { whoIsMissing } from './missing.ts'
import { responseRates } from './rates.ts'
import { representativeness } from './representativeness.ts'

const words = {
  words: {
    I: 'complete',
    P: 'partial',
    R: 'refusal',
    NC: 'no-contact',
    O: 'other',
    U: 'unknown',
    X: 'ineligible',
  },
} as const

const counts = { I: 40, P: 10, R: 20, NC: 25, O: 5, U: 30, X: 25 }
const statuses = categoriesOf(
  Object.entries(counts).flatMap(([word, count]) => new Array<string>(count).fill(word)),
)

describe('response rates', () => {
  it('are those of the definitions of AAPOR', () => {
    const rates = answered(responseRates(statuses, words))
    // 100 known to be eligible, 25 known not to be: 80% of the 30 unknown.
    expect(rates.eligible).toBeCloseTo(0.8, 12)
    expect(rates.plain).toBeCloseTo(40 / 155, 12)
    expect(rates.rr1).toBeCloseTo(40 / 130, 12)
    expect(rates.rr2).toBeCloseTo(50 / 130, 12)
    expect(rates.rr3).toBeCloseTo(40 / 124, 12)
    expect(rates.rr4).toBeCloseTo(50 / 124, 12)
    expect(answered(responseRates(statuses, words, { eligible: 0 })).rr3).toBeCloseTo(0.4, 12)
  })

  it('count weights where there are some', () => {
    const weights = Float64Array.from(statuses.codes, (code) => (code === 0 ? 2 : 1))
    const rates = answered(responseRates(statuses, words, { weights }))
    expect(rates.rr1).toBeCloseTo(80 / 170, 12)
  })

  it('keep their order: RR1 at most RR3 at most RR4, RR1 at most RR2', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(counts)), { minLength: 1 }), (list) => {
        const some = { ...words, absent: Object.keys(counts) }
        const rates = responseRates(categoriesOf(list), some)
        if (rates.kind === 'refused') {
          expect(list.every((word) => word === 'X')).toBe(true)
          return
        }
        const { rr1, rr2, rr3, rr4 } = rates
        expect(rr1).toBeLessThanOrEqual(rr3 + 1e-12)
        expect(rr3).toBeLessThanOrEqual(rr4 + 1e-12)
        expect(rr1).toBeLessThanOrEqual(rr2)
        expect(rr4).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are refused for a word without people and for people without a word', () => {
    const few = categoriesOf(['I', 'R'])
    expect(refused(responseRates(few, words))).toMatchObject({
      code: 'status-matches-nobody',
      category: 'P',
    })
    const found = refused(responseRates(categoriesOf(['I', 'r']), words))
    expect(found).toMatchObject({ code: 'unknown-status', category: 'r' })
    const own = refused(responseRates(categoriesOf(['toString']), { words: {} }))
    expect(own.code).toBe('unknown-status')
  })
})

describe('who is missing', () => {
  const design = answered(sampleDesign({ weights: new Float64Array(400).fill(3) }))
  const ages = categoriesOf(Array.from({ length: 400 }, (_, i) => (i < 24 ? '16 to 24' : '25 up')))
  const sexes = categoriesOf(Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 'women' : 'men')))

  it('is said in words, the most missing first, those who did not answer at all among them', () => {
    const totals = { '16 to 24': 140, '25 up': 840, '16 to 24 and abroad': 20 }
    const { gaps, sentence } = answered(
      whoIsMissing(design, [{ variable: 'age', categories: ages, totals }]),
    )
    expect(sentence).toBe(
      'Too few answers from: 16 to 24 (age), 6% of the answers and 14% of the people; 16 to 24 and abroad (age), 0% of the answers and 2% of the people.',
    )
    expect(gaps[0]).toMatchObject({ category: '16 to 24', verdict: 'too few' })
    expect(gaps[0]?.upper).toBeLessThan(0)
    expect(gaps[1]?.verdict).toBe('too many')
  })

  it('is nobody where shares agree', () => {
    const margin = { variable: 'sex', categories: sexes, totals: { women: 52, men: 48 } }
    const age = { variable: 'age', categories: ages, totals: { '16 to 24': 6, '25 up': 94 } }
    const { sentence, gaps } = answered(whoIsMissing(design, [margin, age]))
    expect(gaps.map(({ verdict }) => verdict)).toEqual(['in line', 'in line', 'in line', 'in line'])
    expect(sentence).toBe(
      'By sex and age, those who answered are much like the people asked about.',
    )
  })

  it('is refused for answers that no total names, and totals that are none', () => {
    const margin = { variable: 'sex', categories: sexes, totals: { women: 52 } }
    expect(refused(whoIsMissing(design, [margin]))).toMatchObject({
      code: 'category-without-target',
      category: 'men',
    })
    const zero = { ...margin, totals: { women: 0, men: 0 } }
    expect(refused(whoIsMissing(design, [zero])).code).toBe('invalid-target')
  })
})

describe('representativeness', () => {
  const rows = 600
  const design = answered(sampleDesign({ weights: new Float64Array(rows).fill(1) }))
  const categories = categoriesOf(Array.from({ length: rows }, (_, i) => `g${i % 2}`))
  const group = [{ variable: 'group', categories }]

  it('is 1 less twice the spread: groups that answer at 70% and 30% give 1 - 2 x 0.2', () => {
    const answeredBy = Float64Array.from({ length: rows }, (_, i) => {
      const place = Math.floor(i / 2) % 10
      return place < (i % 2 === 0 ? 7 : 3) ? 1 : 0
    })
    const replicates = answered(jackknife(design, { groups: 30 }))
    const found = answered(representativeness(design, answeredBy, group, { replicates }))
    expect(found.uncorrected).toBeCloseTo(0.6, 9)
    expect(found.indicator).toBeGreaterThan(0.6)
    expect(found.indicator).toBeLessThan(0.605)
    expect(found.rate).toBeCloseTo(0.5, 12)
    expect(found.variables[0]?.between).toBeCloseTo(0.2, 12)
    expect(found.standardError).toBeGreaterThan(0.01)
    expect(found.standardError).toBeLessThan(0.1)
  })

  it('does not change with a second variable that says the same', () => {
    const answeredBy = Float64Array.from({ length: rows }, (_, i) => (i % 4 === 0 ? 1 : 0))
    const one = answered(representativeness(design, answeredBy, group))
    const two = answered(
      representativeness(design, answeredBy, [...group, { variable: 'again', categories }]),
    )
    expect(two.indicator).toBeCloseTo(one.indicator, 9)
    expect(two.standardError).toBeNaN()
  })

  it('refuses answers that are neither 0 nor 1, and no variables', () => {
    const twos = new Float64Array(rows).fill(2)
    expect(refused(representativeness(design, twos, group)).code).toBe('invalid-number')
    const ones = new Float64Array(rows).fill(1)
    expect(refused(representativeness(design, ones, [])).code).toBe('invalid-target')
  })
})
