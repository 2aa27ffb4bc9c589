import { dot, solve } from '../linear.ts'
import type { CalibrationBase, SampleDesign } from './design.ts'

/**
 * The variance of a weighted sum of `influence` by ultimate clusters (Särndal, Swensson and Wretman 1992, 4.6; the
 * same as svyrecvar of R's survey with one stage). After calibration, what the auxiliaries explain is taken out
 * first (Deville and Särndal 1992, 3.4).
 */
export function linearisedVariance(design: SampleDesign, influence: Float64Array): number {
  const { weights, clusters, stratumOf, sizes, corrections, lonely, calibration } = design
  const left = calibration ? residuals(calibration, influence) : influence
  const totals = new Float64Array(stratumOf.length)
  for (let i = 0; i < left.length; i++) {
    const cluster = clusters[i] as number
    totals[cluster] = (totals[cluster] as number) + (weights[i] as number) * (left[i] as number)
  }
  const means = new Float64Array(sizes.length)
  let overall = 0
  for (const [cluster, total] of totals.entries()) {
    const stratum = stratumOf[cluster] as number
    means[stratum] = (means[stratum] as number) + total / (sizes[stratum] as number)
    overall += total / totals.length
  }
  let variance = 0
  for (const [cluster, total] of totals.entries()) {
    const stratum = stratumOf[cluster] as number
    const size = sizes[stratum] as number
    const correction = corrections[stratum] as number
    if (size > 1) {
      const from = total - (means[stratum] as number)
      variance += ((correction * size) / (size - 1)) * from * from
    } else if (lonely === 'centre') {
      variance += correction * (total - overall) ** 2
    }
  }
  return variance
}

/** What is left of a column after regression on the auxiliaries by the base weights. */
function residuals({ base, columns, lower }: CalibrationBase, column: Float64Array): Float64Array {
  const weighted = column.map((value, i) => value * (base[i] as number))
  const slopes = solve(
    lower,
    Float64Array.from(columns, (auxiliary) => dot(auxiliary, weighted)),
  )
  const left = column.slice()
  for (const [j, auxiliary] of columns.entries()) {
    const slope = slopes[j] as number
    if (slope === 0) continue
    for (let i = 0; i < left.length; i++) {
      left[i] = (left[i] as number) - slope * (auxiliary[i] as number)
    }
  }
  return left
}
