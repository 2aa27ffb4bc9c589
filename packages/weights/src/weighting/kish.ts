import { checkWeights, sum } from '../columns.ts'
import { isRefused, type Refusal } from '../refusal.ts'

/** What unequal weights cost, see {@link kish}. */
export interface WeightingEffect {
  readonly kind: 'effect'
  /** Rows with a weight above 0. */
  readonly size: number
  /** n Σw² / (Σw)²: how much wider intervals are, squared, than with equal weights; from 1. */
  readonly designEffect: number
  /** (Σw)² / Σw²: how many answers of equal weight would tell as much, as to the weights. */
  readonly effectiveSize: number
  /** The largest weight over the mean of those above 0. */
  readonly largest: number
}

/**
 * Kish's design effect of weighting and the effective sample size (Kish 1965, 11.7; 1992). It speaks of unequal
 * weights alone, not of strata, clusters or what calibration gains.
 * @example kish(Float64Array.of(1, 1, 2)) // { kind: 'effect', size: 3, designEffect: 1.125,
 * //   effectiveSize: 2.6666…, largest: 1.5 }
 */
export function kish(weights: Float64Array): WeightingEffect | Refusal {
  const fault = checkWeights(weights)
  if (isRefused(fault)) return fault
  const total = sum(weights)
  let [squares, size, largest] = [0, 0, 0]
  for (const weight of weights) {
    squares += weight * weight
    if (weight > 0) size += 1
    if (weight > largest) largest = weight
  }
  const effectiveSize = (total * total) / squares
  return {
    kind: 'effect',
    size,
    designEffect: size / effectiveSize,
    effectiveSize,
    largest: (largest * size) / total,
  }
}
