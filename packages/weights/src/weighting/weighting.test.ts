import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../test/answers.ts'
import { type Categories, categoriesOf, crossed, sumsOf } from '../categories.ts'
import { calibrate } from './calibrate.ts'
import { kish } from './kish.ts'
import type { Margin } from './margin.ts'
import { adjustForNonResponse } from './non-response.ts'
import { postStratify } from './post-stratify.ts'
import { rake } from './rake.ts'
import { trim } from './trim.ts'

/** A sample of which every combination of 3 ages and 2 sexes is met, with totals that some weights meet. */
const arbitrarySurvey = fc
  .record({
    more: fc.array(fc.record({ age: fc.nat(2), sex: fc.nat(1) }), { maxLength: 30 }),
    seeds: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 36, maxLength: 36 }),
  })
  .map(({ more, seeds }) => {
    const all = Array.from({ length: 6 }, (_, i) => ({ age: i % 3, sex: i % 2 }))
    const people = [...all, ...more]
    const at = (i: number): number => seeds[i % seeds.length] as number
    const weights = Float64Array.from(people, (_, i) => at(i))
    const hidden = Float64Array.from(people, (_, i) => at(i + 7) + at(i * 3 + 1) / 8)
    const marginOf = (variable: string, categories: Categories): Margin => {
      const sums = sumsOf(categories, hidden)
      const totals = Object.fromEntries(
        categories.names.map((name, code) => [name, sums[code] ?? 0]),
      )
      return { variable, categories, totals }
    }
    const margins = [
      marginOf('age', categoriesOf(people.map(({ age }) => `age ${age}`))),
      marginOf('sex', categoriesOf(people.map(({ sex }) => `sex ${sex}`))),
    ]
    const visits = Float64Array.from(people, (_, i) => at(i * 5) % 7)
    return { weights, margins, hidden, visits }
  })

function expectMargins(weights: Float64Array, margins: readonly Margin[]): void {
  for (const { categories, totals } of margins) {
    const sums = sumsOf(categories, weights)
    for (const [code, name] of categories.names.entries()) {
      expect((sums[code] as number) / (totals[name] as number)).toBeCloseTo(1, 7)
    }
  }
}

describe('properties', () => {
  it('raking meets its margins, and keeps weights above 0', () => {
    fc.assert(
      fc.property(arbitrarySurvey, ({ weights, margins }) => {
        const raked = answered(rake(weights, margins))
        expectMargins(raked.weights, margins)
        expect(raked.weights.every((weight) => weight > 0)).toBe(true)
      }),
    )
  })

  it('raking is calibration by the raking distance', () => {
    fc.assert(
      fc.property(arbitrarySurvey, ({ weights, margins }) => {
        const raked = answered(rake(weights, margins, { tolerance: 1e-12, rounds: 10_000 }))
        const calibrated = answered(calibrate(weights, margins, { method: 'raking' }))
        for (const [i, weight] of raked.weights.entries()) {
          expect((calibrated.weights[i] as number) / weight).toBeCloseTo(1, 5)
        }
      }),
    )
  })

  it('linear calibration reproduces totals of categories and of a quantity', () => {
    fc.assert(
      fc.property(arbitrarySurvey, ({ weights, margins, hidden, visits }) => {
        const total = visits.reduce((sum, one, i) => sum + one * (hidden[i] as number), 0)
        fc.pre(total > 0)
        const quantity = { variable: 'visits', values: visits, total }
        const { weights: after } = answered(
          calibrate(weights, [...margins, quantity], { negative: true }),
        )
        expectMargins(after, margins)
        const sum = visits.reduce((part, one, i) => part + one * (after[i] as number), 0)
        expect(sum / total).toBeCloseTo(1, 7)
      }),
    )
  })

  it('logit calibration meets its totals within its bounds, or is refused with a name', () => {
    fc.assert(
      fc.property(arbitrarySurvey, ({ weights, margins }) => {
        const [lower, upper] = [0.2, 4]
        const answer = calibrate(weights, margins, { method: { method: 'logit', lower, upper } })
        if (answer.kind === 'refused') {
          expect(['out-of-reach', 'no-convergence']).toContain(answer.code)
          expect(answer.variable).toBeDefined()
          return
        }
        expectMargins(answer.weights, margins)
        for (const factor of answer.factors) {
          expect(factor).toBeGreaterThanOrEqual(lower)
          expect(factor).toBeLessThanOrEqual(upper)
        }
      }),
    )
  })

  it('other names for categories, and another order of rows, change nothing', () => {
    fc.assert(
      fc.property(arbitrarySurvey, ({ weights, margins }) => {
        const order = Array.from(weights.keys()).reverse()
        const turned = margins.map(({ variable, categories, totals }) => ({
          variable,
          categories: categoriesOf(
            order.map((i) => `*${categories.names[categories.codes[i] as number]}`),
          ),
          totals: Object.fromEntries(Object.entries(totals).map(([name, n]) => [`*${name}`, n])),
        }))
        const before = Float64Array.from(order, (i) => weights[i] as number)
        const plain = answered(rake(weights, margins)).weights
        const again = answered(rake(before, turned)).weights
        for (const [place, i] of order.entries()) {
          expect((again[place] as number) / (plain[i] as number)).toBeCloseTo(1, 7)
        }
      }),
    )
  })

  it('totals that the weights meet already leave them as they are, and in proportion at any size', () => {
    fc.assert(
      fc.property(
        arbitrarySurvey,
        fc.integer({ min: 2, max: 9 }),
        ({ weights, margins }, times) => {
          const same = margins.map(({ variable, categories }) => {
            const sums = sumsOf(categories, weights)
            const totals = Object.fromEntries(
              categories.names.map((name, code) => [name, times * (sums[code] as number)]),
            )
            return { variable, categories, totals }
          })
          const ways = [
            rake(weights, same),
            calibrate(weights, same),
            postStratify(weights, same[0] as Margin),
          ]
          for (const way of ways) {
            for (const factor of answered(way).factors) expect(factor).toBeCloseTo(times, 7)
          }
        },
      ),
    )
  })

  it('trimming keeps the sum and the bounds', () => {
    const column = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 40 })
    const how = fc.constantFrom('proportion', 'equal' as const)
    fc.assert(
      fc.property(column, fc.double({ min: 1.05, max: 3, noNaN: true }), how, (list, times, to) => {
        const weights = Float64Array.from(list)
        const total = weights.reduce((sum, one) => sum + one, 0)
        const upper = (times * total) / weights.length
        const cut = answered(trim(weights, { upper, redistribute: to }))
        expect(cut.weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(total, 6)
        for (const weight of cut.weights) expect(weight).toBeLessThanOrEqual(upper + 1e-9)
      }),
    )
  })

  it("Kish's effective size is that of equal weights at most, and of equal weights exactly", () => {
    const column = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(column, (list) => {
        const { effectiveSize, designEffect, size } = answered(kish(Float64Array.from(list)))
        expect(effectiveSize).toBeLessThanOrEqual(size + 1e-9)
        expect(designEffect).toBeGreaterThanOrEqual(1 - 1e-9)
        expect(answered(kish(new Float64Array(size).fill(3))).effectiveSize).toBeCloseTo(size, 9)
      }),
    )
  })
})

const four = new Float64Array(4).fill(1)
const sex: Margin = {
  variable: 'sex',
  categories: categoriesOf(['w', 'w', 'm', 'm']),
  totals: { w: 60, m: 40 },
}
const age = (values: string[], totals: Record<string, number>): Margin => ({
  variable: 'age',
  categories: categoriesOf(values),
  totals,
})
const mixed = ['old', 'young', 'old', 'young']

describe('what is refused', () => {
  it.each<[string, Margin, string, string]>([
    ['nobody answered', age(mixed, { old: 50, young: 40, child: 10 }), 'empty-category', 'child'],
    ['no total', age(mixed, { old: 100 }), 'category-without-target', 'young'],
    ['a total of 0', age(mixed, { old: 100, young: 0 }), 'zero-target', 'young'],
    ['a total below 0', age(mixed, { old: 110, young: -10 }), 'invalid-target', 'young'],
    ['no number', age(mixed, { old: Number.NaN, young: 1 }), 'invalid-target', 'old'],
  ])('%s: every way of weighting names the category', (_, margin, code, category) => {
    const name = { variable: 'age', category }
    expect(refused(rake(four, [sex, margin]))).toMatchObject({ code, ...name })
    const calibrated = refused(calibrate(four, [sex, margin]))
    expect(calibrated).toMatchObject({ code, ...name })
    expect(calibrated.sentence).toMatch(/merge|mend|give/i)
    expect(refused(postStratify(four, margin))).toMatchObject({ code, ...name })
  })

  it('totals that no weights can meet, as old women and young men are all there are', () => {
    const margin = age(['old', 'old', 'young', 'young'], { old: 50, young: 50 })
    for (const answer of [rake(four, [sex, margin]), calibrate(four, [sex, margin])]) {
      const { code, variable, category } = refused(answer)
      expect(code).toBe('no-convergence')
      expect([`${category} in ${variable}`]).toEqual([
        expect.stringMatching(/^([wm] in sex|(old|young) in age)$/),
      ])
    }
  })

  it('totals that disagree, with both sums', () => {
    const found = refused(rake(four, [sex, age(mixed, { old: 50, young: 60 })]))
    expect(found).toMatchObject({ code: 'totals-disagree', variable: 'age' })
    expect(found.sentence).toContain('110')
    expect(found.sentence).toContain('100')
  })

  it('names from an object are its own: constructor is no total', () => {
    const odd = { ...sex, categories: categoriesOf(['constructor', 'w', 'm', 'm']) }
    expect(refused(rake(four, [odd]))).toMatchObject({
      code: 'category-without-target',
      category: 'constructor',
    })
  })

  it('weights below 0, not finite, or all 0', () => {
    expect(refused(rake(Float64Array.of(1, 1, 1, -1), [sex])).code).toBe('negative-weights')
    expect(refused(rake(Float64Array.of(1, 1, 1, Number.NaN), [sex])).code).toBe('invalid-number')
    expect(refused(rake(new Float64Array(4), [sex])).code).toBe('no-weight')
    expect(refused(rake(new Float64Array(3).fill(1), [sex])).code).toBe('unlike-columns')
  })

  const visits = (total: number) => ({
    variable: 'visits',
    values: Float64Array.of(0, 1, 2, 9),
    total,
  })
  const people = { variable: 'people', values: four, total: 4 }

  it('linear weights below 0, unless they are asked for and noted', () => {
    const totals = [people, visits(2)]
    expect(refused(calibrate(four, totals)).code).toBe('negative-weights')
    const { notes, weights } = answered(calibrate(four, totals, { negative: true }))
    expect(weights.some((weight) => weight < 0)).toBe(true)
    expect(notes[0]).toContain('below 0')
    expect(
      answered(calibrate(four, totals, { method: 'raking' })).weights.every((w) => w > 0),
    ).toBe(true)
  })

  it('a quantity that no weights can meet, and bounds that do not reach', () => {
    for (const method of ['raking', { method: 'logit', lower: 0.1, upper: 9 }] as const) {
      const found = refused(calibrate(four, [people, visits(100)], { method }))
      expect(found.code).toBe('no-convergence')
    }
    const bounds = { method: 'logit', lower: 0.5, upper: 20 } as const
    expect(refused(calibrate(four, [sex], { method: bounds }))).toMatchObject({
      code: 'out-of-reach',
      category: 'w',
    })
    const none = { method: 'logit', lower: 1.2, upper: 2 } as const
    expect(refused(calibrate(four, [sex], { method: none })).code).toBe('invalid-target')
    expect(refused(calibrate(four, [])).code).toBe('invalid-target')
  })

  it('a column with a code that has no name, or a name twice', () => {
    const wild = { ...sex, categories: { names: ['w', 'm'], codes: Int32Array.of(0, 1, 2, 0) } }
    expect(refused(rake(four, [wild]))).toMatchObject({ code: 'unknown-category', variable: 'sex' })
    const twice = { ...sex, categories: { names: ['w', 'w'], codes: Int32Array.of(0, 1, 1, 0) } }
    expect(refused(rake(four, [twice]))).toMatchObject({ code: 'unknown-category', category: 'w' })
  })

  it('not a quantity whose total is 0', () => {
    const balance = { variable: 'balance', values: Float64Array.of(-3, 1, 2, 4), total: 0 }
    const { weights } = answered(calibrate(four, [people, balance], { method: 'raking' }))
    expect(
      weights.reduce((sum, one, i) => sum + one * (balance.values[i] as number), 0),
    ).toBeCloseTo(0, 7)
  })

  it('bounds for trimming that leave no room', () => {
    expect(refused(trim(Float64Array.of(1, 3), { upper: 1.5 })).code).toBe('cannot-redistribute')
    expect(refused(trim(four, { upper: 0.5, lower: 1 })).code).toBe('invalid-number')
    expect(answered(trim(Float64Array.of(1, 3), { upper: 1.5, redistribute: 'none' })).moved).toBe(
      0.1875,
    )
  })
})

describe('non-response', () => {
  const words = {
    words: {
      done: 'complete',
      part: 'partial',
      no: 'refusal',
      moved: 'ineligible',
      lost: 'unknown',
    },
  } as const
  const statuses = categoriesOf(['done', 'no', 'moved', 'lost', 'part', 'done'])
  const cells = categoriesOf(['a', 'a', 'a', 'a', 'b', 'b'])

  it('hands on the unknown to all, then the silent to those who answered', () => {
    const { weights, cells: found } = answered(
      adjustForNonResponse(new Float64Array(6).fill(9), statuses, words, cells),
    )
    // In a, 36 is shared by the three that are known, 12 each; the refusal's 12 goes to the answer.
    expect(Array.from(weights)).toEqual([24, 0, 0, 0, 9, 9])
    expect(found[0]).toMatchObject({ name: 'a', respondents: 1 })
    expect(found[0]?.rate).toBeCloseTo(9 / (9 + 9 + 6), 9)
  })

  it('counts partial answers only if asked', () => {
    const { weights } = answered(
      adjustForNonResponse(new Float64Array(6).fill(9), statuses, words, cells, { partial: false }),
    )
    expect(Array.from(weights.subarray(4))).toEqual([0, 18])
  })

  it('refuses a cell that nobody answered from, a status without meaning and one without people', () => {
    const six = new Float64Array(6).fill(1)
    const alone = categoriesOf(['a', 'c', 'a', 'a', 'b', 'b'])
    expect(refused(adjustForNonResponse(six, statuses, words, alone))).toMatchObject({
      code: 'empty-category',
      category: 'c',
    })
    const { done: _, ...rest } = words.words
    expect(refused(adjustForNonResponse(six, statuses, { words: rest }, cells))).toMatchObject({
      code: 'unknown-status',
      category: 'done',
    })
    const more = { words: { ...words.words, compleet: 'complete' } } as const
    expect(refused(adjustForNonResponse(six, statuses, more, cells))).toMatchObject({
      code: 'status-matches-nobody',
      category: 'compleet',
    })
    const allowed = { ...more, absent: ['compleet'] }
    expect(answered(adjustForNonResponse(six, statuses, allowed, cells)).kind).toBe('weights')
  })

  it('warns of small cells', () => {
    const { notes } = answered(
      adjustForNonResponse(new Float64Array(6).fill(9), statuses, words, cells),
    )
    expect(notes[0]).toContain('The cell a has 1 answers')
  })

  it('crosses columns into cells', () => {
    const both = crossed(categoriesOf(['w', 'm', 'w']), categoriesOf(['x', 'x', 'y']))
    expect(both.names).toEqual(['w, x', 'm, x', 'w, y'])
  })
})
