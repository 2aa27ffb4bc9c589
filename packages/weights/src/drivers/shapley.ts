/**
 * How much of R² each of p predictors brings, averaged over all orders in which they could enter: the Shapley value,
 * or LMG (Lindeman, Merenda and Gold 1980; Grömping 2007), the same as general dominance (Budescu 1993). Exact, by
 * one sweep for each of 2^p subsets.
 * @param correlations (p + 1) x (p + 1) by rows, the outcome last.
 */
export function shapleyShares(correlations: Float64Array, p: number): Float64Array {
  const explained = new Float64Array(2 ** p)
  visit(correlations, p, 0, 0, explained)
  const chances = orderChances(p)
  const shares = new Float64Array(p)
  for (let subset = 0; subset < explained.length; subset++) {
    const chance = chances[bitsOf(subset)] as number
    for (let k = 0; k < p; k++) {
      const bit = 1 << k
      if ((subset & bit) !== 0) continue
      const gain = (explained[subset | bit] as number) - (explained[subset] as number)
      shares[k] = (shares[k] as number) + chance * gain
    }
  }
  return shares
}

/** Writes the R² of every subset that agrees with `subset` in the predictors before k. */
function visit(
  matrix: Float64Array,
  p: number,
  k: number,
  subset: number,
  explained: Float64Array,
): void {
  if (k === p) {
    explained[subset] = 1 - (matrix[matrix.length - 1] as number)
    return
  }
  visit(matrix, p, k + 1, subset, explained)
  visit(swept(matrix, p + 1, k), p, k + 1, subset | (1 << k), explained)
}

/** Takes what predictor k explains out of those after it and the outcome (Goodnight 1979). */
function swept(matrix: Float64Array, size: number, k: number): Float64Array {
  const pivot = matrix[k * size + k] as number
  const after = matrix.slice()
  // A predictor that others make up explains nothing more.
  if (pivot < 1e-9) return after
  for (let i = k + 1; i < size; i++) {
    const share = (matrix[i * size + k] as number) / pivot
    for (let j = k + 1; j < size; j++) {
      after[i * size + j] =
        (after[i * size + j] as number) - share * (matrix[k * size + j] as number)
    }
  }
  return after
}

/** The chance that exactly the members of a subset of each size come before a given other: s! (p - s - 1)! / p! */
function orderChances(p: number): Float64Array {
  const chances = new Float64Array(p)
  let ways = 1
  for (let size = 0; size < p; size++) {
    chances[size] = 1 / (p * ways)
    ways = (ways * (p - 1 - size)) / (size + 1)
  }
  return chances
}

function bitsOf(subset: number): number {
  let count = 0
  for (let left = subset; left !== 0; left &= left - 1) count += 1
  return count
}
