/**
 * The lower triangle of a symmetric, positive definite matrix (p x p, by rows) such that L Lᵀ is it
 * (Golub and Van Loan 2013, algorithm 4.2.1); or the number of the first row that the rows before it
 * make up, to within `tolerance` of its own size.
 */
export function cholesky(
  matrix: Float64Array,
  p: number,
  tolerance = 1e-11,
): { readonly lower: Float64Array } | { readonly dependent: number } {
  const lower = new Float64Array(p * p)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * p + j] as number
      for (let k = 0; k < j; k++)
        rest -= (lower[i * p + k] as number) * (lower[j * p + k] as number)
      if (i !== j) {
        lower[i * p + j] = rest / (lower[j * p + j] as number)
        continue
      }
      if (!(rest > tolerance * (matrix[i * p + i] as number))) return { dependent: i }
      lower[i * p + i] = Math.sqrt(rest)
    }
  }
  return { lower }
}

/** x of L Lᵀ x = right. */
export function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const p = right.length
  const x = right.slice()
  for (let i = 0; i < p; i++) {
    let rest = x[i] as number
    for (let k = 0; k < i; k++) rest -= (lower[i * p + k] as number) * (x[k] as number)
    x[i] = rest / (lower[i * p + i] as number)
  }
  for (let i = p - 1; i >= 0; i--) {
    let rest = x[i] as number
    for (let k = i + 1; k < p; k++) rest -= (lower[k * p + i] as number) * (x[k] as number)
    x[i] = rest / (lower[i * p + i] as number)
  }
  return x
}

/** The inverse of L Lᵀ, p x p by rows. */
export function inverse(lower: Float64Array, p: number): Float64Array {
  const result = new Float64Array(p * p)
  for (let j = 0; j < p; j++) {
    const unit = new Float64Array(p)
    unit[j] = 1
    const column = solve(lower, unit)
    for (let i = 0; i < p; i++) result[i * p + j] = column[i] as number
  }
  return result
}
