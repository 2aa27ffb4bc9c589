// So many rows at once that a block of every column stays in the processor's cache.
const block = 512

/** Sums over the rows of a design whose columns are `columns`, in blocks of rows. */
export interface NormalEquations {
  /** Fills `into` with the sum of coefficient x column, for each row. */
  predict(coefficients: Float64Array, into: Float64Array): void
  /** Columnsᵀ diag(weights) columns, p x p by rows. */
  information(weights: Float64Array): Float64Array
  /** Columnsᵀ residuals. */
  score(residuals: Float64Array): Float64Array
}

export function normalEquations(columns: readonly Float64Array[], rows: number): NormalEquations {
  const p = columns.length
  const weighted = new Float64Array(block)

  function predict(coefficients: Float64Array, into: Float64Array): void {
    for (let from = 0; from < rows; from += block) {
      const to = Math.min(rows, from + block)
      into.fill(0, from, to)
      for (let j = 0; j < p; j++) {
        const column = columns[j] as Float64Array
        const by = coefficients[j] as number
        for (let i = from; i < to; i++) into[i] = (into[i] as number) + by * (column[i] as number)
      }
    }
  }

  function information(weights: Float64Array): Float64Array {
    const matrix = new Float64Array(p * p)
    for (let from = 0; from < rows; from += block) {
      const length = Math.min(block, rows - from)
      for (let j = 0; j < p; j++) {
        const left = columns[j] as Float64Array
        for (let i = 0; i < length; i++) {
          weighted[i] = (left[from + i] as number) * (weights[from + i] as number)
        }
        for (let k = 0; k <= j; k++) {
          const at = j * p + k
          matrix[at] = (matrix[at] as number) + dot(columns[k] as Float64Array, from, length)
        }
      }
    }
    for (let j = 0; j < p; j++) {
      for (let k = 0; k < j; k++) matrix[k * p + j] = matrix[j * p + k] as number
    }
    return matrix
  }

  /** Two sums side by side, which the processor adds at once. */
  function dot(column: Float64Array, from: number, length: number): number {
    let even = 0
    let odd = 0
    let i = 0
    for (; i + 1 < length; i += 2) {
      even += (weighted[i] as number) * (column[from + i] as number)
      odd += (weighted[i + 1] as number) * (column[from + i + 1] as number)
    }
    if (i < length) even += (weighted[i] as number) * (column[from + i] as number)
    return even + odd
  }

  function score(residuals: Float64Array): Float64Array {
    return Float64Array.from(columns, (column) => {
      let total = 0
      for (let i = 0; i < rows; i++) total += (column[i] as number) * (residuals[i] as number)
      return total
    })
  }

  return { predict, information, score }
}
