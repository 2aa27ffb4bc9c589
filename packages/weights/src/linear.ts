/**
 * The lower triangle L of a symmetric matrix (p x p, by rows) that is positive definite but for rows that the
 * rows before them make up, such as the last category of a second variable. Those rows of L are left 0, with 0
 * on the diagonal, and {@link solve} gives them 0 (Golub and Van Loan 2013, algorithm 4.2.1).
 */
export function cholesky(matrix: Float64Array, p: number, tolerance = 1e-10): Float64Array {
  const lower = new Float64Array(p * p)
  for (let i = 0; i < p; i++) {
    let rest = matrix[i * p + i] as number
    for (let j = 0; j < i; j++) {
      const pivot = lower[j * p + j] as number
      if (pivot === 0) continue
      let cross = matrix[i * p + j] as number
      for (let k = 0; k < j; k++) {
        cross -= (lower[i * p + k] as number) * (lower[j * p + k] as number)
      }
      lower[i * p + j] = cross / pivot
      rest -= (cross / pivot) ** 2
    }
    const size = matrix[i * p + i] as number
    if (rest > tolerance * size) lower[i * p + i] = Math.sqrt(rest)
    else lower.fill(0, i * p, i * p + i)
  }
  return lower
}

/** x of L Lᵀ x = right, 0 in the places that {@link cholesky} left out. */
export function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const p = right.length
  const x = right.slice()
  for (let i = 0; i < p; i++) {
    const pivot = lower[i * p + i] as number
    let rest = x[i] as number
    for (let k = 0; k < i; k++) rest -= (lower[i * p + k] as number) * (x[k] as number)
    x[i] = pivot === 0 ? 0 : rest / pivot
  }
  for (let i = p - 1; i >= 0; i--) {
    const pivot = lower[i * p + i] as number
    let rest = x[i] as number
    for (let k = i + 1; k < p; k++) rest -= (lower[k * p + i] as number) * (x[k] as number)
    x[i] = pivot === 0 ? 0 : rest / pivot
  }
  return x
}

/** Xᵀ diag(weights) X of columns, p x p by rows. */
export function crossProducts(
  columns: readonly Float64Array[],
  weights: Float64Array,
): Float64Array {
  const p = columns.length
  const products = new Float64Array(p * p)
  const weighted = new Float64Array(weights.length)
  for (const [a, left] of columns.entries()) {
    for (let i = 0; i < weighted.length; i++)
      weighted[i] = (left[i] as number) * (weights[i] as number)
    for (let b = 0; b <= a; b++) {
      const product = dot(weighted, columns[b] as Float64Array)
      products[a * p + b] = product
      products[b * p + a] = product
    }
  }
  return products
}

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number)
  return total
}
