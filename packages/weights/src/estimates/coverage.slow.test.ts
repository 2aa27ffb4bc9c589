import { randomSource } from '@plumbline/statistics'
import { describe, expect, it } from 'vitest'
import { answered } from '../../test/answers.ts'
import { type Categories, categoriesOf } from '../categories.ts'
import { simpleRandomSample } from '../sampling/sample.ts'
import { rake } from '../weighting/rake.ts'
import { type DesignInput, sampleDesign } from './design.ts'
import { estimateMean, estimateProportion, type SurveyEstimate } from './estimate.ts'
import { jackknife } from './replicates.ts'

const random = randomSource(3)
const size = 4000
const clusters = 200
/** A population in clusters of 20, whose score hangs on cluster, age and place. */
const level = Float64Array.from({ length: clusters }, () => random.uniform())
const ages = Float64Array.from({ length: size }, () => random.below(3))
const places = Float64Array.from({ length: size }, (_, i) => Number(i % 20 < 7))
const score = Float64Array.from(
  ages,
  (age, i) => age + (places[i] as number) + 2 * (level[i % clusters] as number) + random.uniform(),
)
const happy = score.map((value) => (value > 2.8 ? 1 : 0))
const meanOf = (column: Float64Array): number =>
  column.reduce((sum, value) => sum + value, 0) / column.length
const pick = (column: Float64Array, rows: readonly number[]): Float64Array =>
  Float64Array.from(rows, (row) => column[row] as number)
const kindsOf = (column: Float64Array, rows: readonly number[]): Categories =>
  categoriesOf(rows.map((row) => `k${column[row]}`))
const totalsOf = (column: Float64Array): Record<string, number> => {
  const totals: Record<string, number> = {}
  for (const kind of column) totals[`k${kind}`] = (totals[`k${kind}`] ?? 0) + 1
  return totals
}

/** How often the interval holds the truth, in 2,000 samples. */
function coverage(truth: number, estimateOf: (seed: number) => SurveyEstimate): number {
  let held = 0
  for (let seed = 0; seed < 2000; seed++) {
    const { lower, upper } = estimateOf(seed)
    if (lower <= truth && truth <= upper) held += 1
  }
  return held / 2000
}

const expectRight = (found: number): void => {
  expect(found).toBeGreaterThan(0.93)
  expect(found).toBeLessThan(0.97)
}

describe('coverage at 95%, simulated: within 0.93 and 0.97', () => {
  const clustersOf = (seed: number): number[] => {
    const chosen = new Set(answered(simpleRandomSample(clusters, 40, seed)).rows)
    return Array.from({ length: size }, (_, i) => i).filter((i) => chosen.has(i % clusters))
  }
  const inputOf = (rows: readonly number[]): DesignInput => ({
    weights: new Float64Array(rows.length).fill(5),
    clusters: categoriesOf(rows.map((row) => `c${row % clusters}`)),
    population: clusters,
  })

  it('of the mean of 40 of 200 clusters', () => {
    const found = coverage(meanOf(score), (seed) => {
      const rows = clustersOf(seed)
      return answered(estimateMean(answered(sampleDesign(inputOf(rows))), pick(score, rows)))
    })
    expectRight(found)
  })

  it('of the mean of them, raked to two variables', () => {
    const found = coverage(meanOf(score), (seed) => {
      const rows = clustersOf(seed)
      const margins = [
        { variable: 'age', categories: kindsOf(ages, rows), totals: totalsOf(ages) },
        { variable: 'place', categories: kindsOf(places, rows), totals: totalsOf(places) },
      ]
      const input = inputOf(rows)
      const { weights } = answered(rake(input.weights, margins))
      const calibration = { base: input.weights, auxiliaries: margins }
      const design = answered(sampleDesign({ ...input, weights, calibration }))
      return answered(estimateMean(design, pick(score, rows)))
    })
    expectRight(found)
  })

  it('of a share of 60 people, by a jackknife', () => {
    const found = coverage(meanOf(happy), (seed) => {
      const rows = Array.from(answered(simpleRandomSample(size, 60, seed)).rows)
      const weights = new Float64Array(60).fill(size / 60)
      const design = answered(sampleDesign({ weights, population: size }))
      const replicates = answered(jackknife(design))
      return answered(estimateProportion(design, pick(happy, rows), { replicates }))
    })
    expectRight(found)
  })
})
