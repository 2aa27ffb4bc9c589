import { randomSource } from '@plumbline/statistics'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../test/answers.ts'
import { categoriesOf, indicatorOf } from '../categories.ts'
import { calibrate } from '../weighting/calibrate.ts'
import { rake } from '../weighting/rake.ts'
import { estimateByDomain } from './by-domain.ts'
import { type DesignInput, sampleDesign } from './design.ts'
import { estimateMean, estimateProportion, estimateRatio, estimateTotal } from './estimate.ts'
import { bootstrap, jackknife } from './replicates.ts'

const designOf = (input: DesignInput) => answered(sampleDesign(input))
const column = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 })
  .map((list) => Float64Array.from(list))

describe('a simple random sample', () => {
  it('has s² / n for the variance of its mean, linearised and by jackknife', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 9 }), (values, weight) => {
        const n = values.length
        const mean = values.reduce((sum, one) => sum + one, 0) / n
        const variance = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1)
        const design = designOf({ weights: new Float64Array(n).fill(weight) })
        const replicates = answered(jackknife(design))
        for (const options of [{}, { replicates }]) {
          const found = answered(estimateMean(design, values, options))
          expect(found.value).toBeCloseTo(mean, 9)
          expect(found.standardError ** 2).toBeCloseTo(variance / n, 8)
          if (variance > 0) expect(found.designEffect).toBeCloseTo(1, 7)
        }
      }),
    )
  })

  it('has no error of its total where all were drawn', () => {
    const values = Float64Array.of(3, 5, 9)
    const design = designOf({ weights: new Float64Array(3).fill(1), population: 3 })
    expect(answered(estimateTotal(design, values))).toMatchObject({ value: 17, standardError: 0 })
  })
})

describe('properties', () => {
  it('other weights in the same proportion leave means and their errors', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 2, max: 1000 }), (values, times) => {
        const weights = values.map((_, i) => 1 + (i % 4))
        const plain = answered(estimateMean(designOf({ weights }), values))
        const more = designOf({ weights: weights.map((weight) => weight * times) })
        const again = answered(estimateMean(more, values))
        expect(again.value).toBeCloseTo(plain.value, 8)
        expect(again.standardError).toBeCloseTo(plain.standardError, 8)
      }),
    )
  })

  it('a domain is what its values alone would be, with rows outside as rows of no weight', () => {
    fc.assert(
      fc.property(column, (values) => {
        const inside = Uint8Array.from(values, (_, i) => (i % 3 === 2 ? 0 : 1))
        fc.pre(inside.reduce((sum, one) => sum + one, 0) >= 2)
        const weights = values.map((_, i) => 1 + (i % 4))
        const masked = weights.map((weight, i) => weight * (inside[i] as number))
        const byDomain = answered(estimateMean(designOf({ weights }), values, { domain: inside }))
        const byWeight = answered(estimateMean(designOf({ weights: masked }), values))
        expect(byDomain.value).toBeCloseTo(byWeight.value, 9)
        expect(byDomain.standardError).toBeCloseTo(byWeight.standardError, 9)
        expect(byDomain.rows).toBe(byWeight.rows)
      }),
    )
  })

  it('what weights are calibrated to is known without error', () => {
    fc.assert(
      fc.property(column, (values) => {
        fc.pre(new Set(values).size > 2)
        const base = new Float64Array(values.length).fill(10)
        const people = {
          variable: 'people',
          values: base.map(() => 1),
          total: 10 * values.length + 3,
        }
        const sum = values.reduce((total, one) => total + 10 * one, 0)
        const auxiliaries = [people, { variable: 'score', values, total: sum * 1.01 + 1 }]
        const { weights } = answered(calibrate(base, auxiliaries, { negative: true }))
        fc.pre(weights.every((weight) => weight >= 0))
        const design = designOf({ weights, calibration: { base, auxiliaries } })
        const total = answered(estimateTotal(design, values))
        expect(total.value).toBeCloseTo(sum * 1.01 + 1, 5)
        expect(total.standardError).toBeLessThan(1e-5 * (1 + Math.abs(sum)))
      }),
    )
  })
})

const random = randomSource(11)
const many = 400
const sample = {
  weights: Float64Array.from({ length: many }, (_, i) => 1 + (i % 5)),
  strata: categoriesOf(Array.from({ length: many }, (_, i) => `s${i % 4}`)),
  clusters: categoriesOf(Array.from({ length: many }, (_, i) => `c${i % 80}`)),
}
const scores = Float64Array.from({ length: many }, (_, i) => (i % 80) / 20 + 4 * random.uniform())

describe('replicates', () => {
  const design = designOf(sample)
  const linearised = answered(estimateMean(design, scores)).standardError

  it.each([
    ['jackknife', answered(jackknife(design)), 0.02],
    ['jackknife of 20 groups', answered(jackknife(design, { groups: 20, seed: 3 })), 0.35],
    ['bootstrap', answered(bootstrap(design, { seed: 5, replicates: 2000 })), 0.08],
  ])('%s: errors are near the linearised', (_, replicates, within) => {
    const { standardError, method } = answered(estimateMean(design, scores, { replicates }))
    expect(method).toBe(replicates.method)
    expect(Math.abs(standardError / linearised - 1)).toBeLessThan(within)
  })

  it('bootstrap counts a finite population, by strata', () => {
    const few = designOf({ ...sample, population: { s0: 25, s1: 25, s2: 40, s3: 25 } })
    const replicates = answered(bootstrap(few, { seed: 5, replicates: 2000 }))
    const plain = answered(estimateTotal(few, scores)).standardError
    const again = answered(estimateTotal(few, scores, { replicates })).standardError
    expect(plain).toBeLessThan(answered(estimateTotal(design, scores)).standardError)
    expect(Math.abs(again / plain - 1)).toBeLessThan(0.08)
  })

  it('is the same for a seed', () => {
    const of = (seed: number) => answered(bootstrap(design, { seed, replicates: 2 })).weightsOf(1)
    expect(of(4)).toEqual(of(4))
    expect(of(4)).not.toEqual(of(5))
  })

  it('names the category that a replicate has lost', () => {
    const kind = {
      variable: 'kind',
      categories: categoriesOf(['x', 'y', 'y']),
      totals: { x: 1, y: 2 },
    }
    const three = designOf({ weights: new Float64Array(3).fill(1) })
    const found = refused(jackknife(three, { reweight: (again) => rake(again, [kind]) }))
    expect(found).toMatchObject({ code: 'replicate-failed', variable: 'kind', category: 'x' })
  })

  it('refuses more than memory holds, and numbers that make none', () => {
    const large = designOf({ weights: new Float64Array(10_000).fill(1) })
    const reweight = (weights: Float64Array) => rake(weights, [])
    expect(refused(jackknife(large, { reweight })).code).toBe('too-many-replicates')
    expect(refused(jackknife(design, { groups: 1 })).code).toBe('invalid-number')
    expect(refused(bootstrap(design, { seed: 1, replicates: 1 })).code).toBe('invalid-number')
    expect(refused(bootstrap(design, { seed: 0.5 })).code).toBe('invalid-number')
  })

  it('refuses a domain that some replicates lose', () => {
    const domain = Uint8Array.from({ length: many }, (_, i) => (i === 0 || i === 1 ? 1 : 0))
    const replicates = answered(bootstrap(design, { seed: 5, replicates: 200 }))
    const found = refused(estimateMean(design, scores, { replicates, domain }))
    expect(found.code).toBe('replicate-failed')
  })
})

describe('shares', () => {
  const design = designOf({ weights: new Float64Array(50).fill(2) })
  it('of nobody and of everybody have an interval all the same', () => {
    const none = answered(estimateProportion(design, new Float64Array(50)))
    expect(none).toMatchObject({ value: 0, lower: 0, interval: 'wilson' })
    expect(none.upper).toBeCloseTo(0.0713, 4)
    const all = answered(estimateProportion(design, new Float64Array(50).fill(1)))
    expect(all).toMatchObject({ value: 1, upper: 1 })
    expect(all.lower).toBeCloseTo(1 - 0.0713, 4)
  })

  it('stay within 0 to 1 and hold the estimate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 49 }), (count) => {
        const having = Float64Array.from({ length: 50 }, (_, i) => (i < count ? 1 : 0))
        const { value, lower, upper } = answered(estimateProportion(design, having))
        expect(lower).toBeGreaterThan(0)
        expect(lower).toBeLessThan(value)
        expect(upper).toBeGreaterThan(value)
        expect(upper).toBeLessThan(1)
      }),
    )
  })

  it('are of 1 and 0 alone, and of categories that are there', () => {
    expect(refused(estimateProportion(design, new Float64Array(50).fill(2))).code).toBe(
      'invalid-number',
    )
    const found = refused(indicatorOf(categoriesOf(['good', 'poor']), 'Good'))
    expect(found).toMatchObject({ code: 'unknown-category', category: 'Good' })
    expect(found.sentence).toContain('good, poor')
  })
})

describe('what is refused or noted', () => {
  const three = Float64Array.of(1, 1, 1)
  it('a stratum with one cluster, by name', () => {
    const strata = categoriesOf(['a', 'a', 'b'])
    expect(refused(sampleDesign({ weights: three, strata }))).toMatchObject({
      code: 'lonely-stratum',
      category: 'b',
    })
    const whole = sampleDesign({ weights: three, strata, population: { a: 9, b: 1 } })
    expect(answered(whole).notes).toEqual([])
  })

  it('a cluster in two strata, a population below its sample, and one cluster in all', () => {
    const strata = categoriesOf(['a', 'a', 'b', 'b'])
    const clusters = categoriesOf(['k', 'l', 'k', 'm'])
    const weights = new Float64Array(4).fill(1)
    expect(refused(sampleDesign({ weights, strata, clusters })).code).toBe('cluster-in-two-strata')
    expect(refused(sampleDesign({ weights, population: 3 })).code).toBe('invalid-number')
    const found = refused(sampleDesign({ weights, strata, population: { a: 9 } }))
    expect(found).toMatchObject({ code: 'invalid-number', category: 'b' })
    const one = categoriesOf(['k', 'k', 'k', 'k'])
    const alone = sampleDesign({ weights, clusters: one, lonely: 'certain' })
    expect(refused(alone).code).toBe('no-degrees')
  })

  it('a domain without answers, or of one person, whose error would be 0', () => {
    const design = designOf({ weights: three })
    const none = new Uint8Array(3)
    expect(refused(estimateMean(design, three, { domain: none })).code).toBe('empty-domain')
    const one = Uint8Array.of(1, 0, 0)
    expect(refused(estimateMean(design, three, { domain: one })).code).toBe('too-few')
    const blank = new Float64Array(3).fill(Number.NaN)
    expect(refused(estimateMean(design, blank)).sentence).toContain('None of its 3 answers')
    expect(refused(estimateRatio(design, three, new Float64Array(3))).code).toBe('zero-denominator')
  })

  it('values that are missing, all the same, or endless', () => {
    const design = designOf({ weights: three })
    const found = answered(estimateMean(design, Float64Array.of(1, Number.NaN, 3)))
    expect(found).toMatchObject({ value: 2, rows: 2, missing: 1 })
    expect(found.notes[0]).toContain('1 of 3')
    const total = answered(estimateTotal(design, Float64Array.of(1, Number.NaN, 3)))
    expect(total.notes).toContain('A total without their values is too small.')
    expect(answered(estimateMean(design, three)).notes[0]).toContain('All values are the same')
    const endless = Float64Array.of(1, Number.POSITIVE_INFINITY, 3)
    expect(refused(estimateMean(design, endless)).code).toBe('invalid-number')
    expect(refused(estimateMean(design, three, { confidence: 95 })).code).toBe('invalid-number')
  })
})

describe('a domain', () => {
  it('has the degrees of freedom of its own clusters and strata', () => {
    const strata = categoriesOf(Array.from({ length: 12 }, (_, i) => `s${i % 3}`))
    const design = designOf({ weights: new Float64Array(12).fill(1), strata })
    const values = Float64Array.from({ length: 12 }, (_, i) => i)
    expect(answered(estimateMean(design, values)).degrees).toBe(9)
    const domain = Uint8Array.from({ length: 12 }, (_, i) => (i % 3 === 0 || i === 1 ? 1 : 0))
    expect(answered(estimateMean(design, values, { domain })).degrees).toBe(3)
  })

  it('that was asked whole has no error, and says nothing of equal values', () => {
    const design = designOf({ weights: new Float64Array(4).fill(1), population: 4 })
    const found = answered(estimateMean(design, Float64Array.of(1, 2, 3, 4)))
    expect(found).toMatchObject({ value: 2.5, lower: 2.5, upper: 2.5, notes: [] })
  })

  it('of equal values that are no binary numbers is noted all the same', () => {
    const design = designOf({ weights: Float64Array.of(3, 1, 7) })
    const found = answered(estimateMean(design, Float64Array.of(0.1, 0.1, 0.1)))
    expect(found.notes[0]).toContain('All values are the same')
    expect(found.designEffect).toBeNaN()
  })
})

describe('many domains at once', () => {
  const kinds = categoriesOf(Array.from({ length: many }, (_, i) => `d${(i * 7) % 13}`))
  const holes = scores.map((score, i) => (i % 11 === 0 ? Number.NaN : score))
  const share = scores.map((score) => (score > 4 ? 1 : 0))
  const shares = { of: 'share' } as const

  it.each<[string, DesignInput]>([
    ['a clustered sample', sample],
    ['a finite population', { ...sample, population: { s0: 25, s1: 25, s2: 40, s3: 25 } }],
    ['no clusters', { weights: sample.weights, strata: sample.strata }],
    [
      'a lonely stratum',
      {
        weights: sample.weights,
        strata: categoriesOf(Array.from({ length: many }, (_, i) => (i === 5 ? 'one' : 's'))),
        lonely: 'centre',
      },
    ],
    [
      'a calibrated sample',
      {
        ...sample,
        calibration: {
          base: sample.weights,
          auxiliaries: [{ variable: 'people', values: sample.weights.map(() => 1), total: 1200 }],
        },
      },
    ],
  ])('%s: each is what it is by itself', (_, input) => {
    const design = designOf(input)
    const means = answered(estimateByDomain(design, holes, kinds))
    const parts = answered(estimateByDomain(design, share, kinds, shares))
    expect(means.length).toBe(kinds.names.length)
    for (const code of kinds.names.keys()) {
      const domain = Uint8Array.from(kinds.codes, (one) => (one === code ? 1 : 0))
      const mean = answered(estimateMean(design, holes, { domain }))
      const part = answered(estimateProportion(design, share, { domain }))
      for (const [one, other] of [
        [means[code], mean],
        [parts[code], part],
      ] as const) {
        if (!one || one.kind === 'refused') throw new Error('a domain was refused')
        expect(one.value).toBeCloseTo(other.value, 10)
        expect(one.standardError).toBeCloseTo(other.standardError, 10)
        expect(one.lower).toBeCloseTo(other.lower, 10)
        expect(one.designEffect).toBeCloseTo(other.designEffect, 8)
        expect(one.effectiveSize).toBeCloseTo(other.effectiveSize, 8)
        const { degrees, rows, missing, interval, notes } = other
        expect(one).toMatchObject({ degrees, rows, missing, interval, notes })
      }
    }
  })

  it('refuses one domain, not all, and wrong columns at all', () => {
    const design = designOf({ weights: Float64Array.of(1, 1, 1, 0) })
    const domains = categoriesOf(['a', 'a', 'b', 'c'])
    const found = answered(estimateByDomain(design, Float64Array.of(1, 2, 3, 4), domains))
    const codes = found.map((one) => (one.kind === 'refused' ? one.code : one.value))
    expect(codes).toEqual([1.5, 'too-few', 'empty-domain'])
    const twos = new Float64Array(4).fill(2)
    expect(refused(estimateByDomain(design, twos, domains, shares)).code).toBe('invalid-number')
    expect(refused(estimateByDomain(design, twos.subarray(1), domains)).code).toBe('unlike-columns')
  })
})
