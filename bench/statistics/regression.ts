import { drawsOf } from '../../packages/statistics/src/draws/draws.ts'
import { logisticRegression, poissonRegression } from '../../packages/statistics/src/index.ts'
import { type Measurement, median, print, ratioOf } from './measure.ts'

const rows = 100_000
const columns = 12

/** Logistic and Poisson regression on 100,000 people and 12 predictors. */
export function bench(): Measurement[] {
  const random = drawsOf(5)
  const predictors = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, () =>
      j % 2 ? random.normal() : Number(random.uniform() < 0.3),
    ),
  )
  const linear = (i: number): number =>
    predictors.reduce((sum, column, j) => sum + (column[i] as number) * (0.05 * j - 0.3), -1)
  const outcomes = Float64Array.from({ length: rows }, (_, i) =>
    Number(random.uniform() < 1 / (1 + Math.exp(-linear(i)))),
  )
  const counts = Float64Array.from({ length: rows }, (_, i) => random.poisson(Math.exp(linear(i))))
  const simplest = loop(predictors)
  const figure = (name: string, target: number | undefined, work: () => unknown): Measurement => {
    const milliseconds = median(5, work)
    return { name, milliseconds, target, ratio: ratioOf(milliseconds, simplest) }
  }
  return [
    figure('logistic regression, 100,000 x 12', 2000, () =>
      logisticRegression({ outcomes, predictors }),
    ),
    figure('Poisson regression, 100,000 x 12', undefined, () =>
      poissonRegression({ counts, predictors }),
    ),
  ]
}

/** The simplest loop over the same memory: every predictor of every row added up. */
function loop(predictors: readonly Float64Array[]): number {
  return median(9, () => {
    let sum = 0
    for (const column of predictors) for (let i = 0; i < rows; i++) sum += column[i] as number
    return sum
  })
}

if (import.meta.main) print(bench())
