import { expect, it } from 'vitest'
import { answered } from '../test/answers.ts'
import { categoriesOf } from './categories.ts'
import { sampleDesign } from './estimates/design.ts'
import { estimateMean, estimateTotal } from './estimates/estimate.ts'
import { allocate } from './sampling/allocation.ts'

/** Lohr, Sampling: Design and Analysis, example 5.2: the grade point averages of 5 of 100 suites of 4 students. */
it('Lohr, example 5.2: one-stage cluster sample, total 1130.4 (65.466), mean 2.826 (0.164)', () => {
  const suites = [
    [3.08, 2.6, 3.44, 3.04],
    [2.36, 3.04, 3.28, 2.68],
    [2.0, 2.56, 2.52, 1.88],
    [3.0, 2.88, 3.44, 3.64],
    [2.68, 1.92, 3.28, 3.2],
  ]
  const values = Float64Array.from(suites.flat())
  const design = answered(
    sampleDesign({
      weights: new Float64Array(20).fill(20),
      clusters: categoriesOf(suites.flatMap((suite, i) => suite.map(() => `suite ${i}`))),
      population: 100,
    }),
  )
  const total = answered(estimateTotal(design, values))
  expect(total.value).toBeCloseTo(1130.4, 6)
  expect(total.standardError).toBeCloseTo(65.466, 3)
  const mean = answered(estimateMean(design, values))
  expect(mean.value).toBeCloseTo(2.826, 6)
  expect(mean.standardError).toBeCloseTo(0.164, 3)
  expect(mean.degrees).toBe(4)
})

/** The strata of Lohr's sample of counties (example 3.2): 300 of 3,078 in proportion gives 103, 21, 135 and 41. */
it('Lohr, example 3.2: proportional allocation of 300 counties', () => {
  const strata = [
    { name: 'north central', size: 1054 },
    { name: 'north east', size: 220 },
    { name: 'south', size: 1382 },
    { name: 'west', size: 422 },
  ]
  const { sizes } = answered(allocate(strata, 300, 'proportional'))
  expect(Array.from(sizes)).toEqual([103, 21, 135, 41])
})
