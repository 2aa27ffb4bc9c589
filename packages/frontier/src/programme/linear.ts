/**
 * Solves `rows x = right` by elimination with partial pivoting, for the few unknowns of a basis; undefined
 * where the rows do not determine x.
 */
export function solveLinear(
  rows: readonly Float64Array[],
  right: Float64Array,
): Float64Array | undefined {
  const count = rows.length
  const work: Float64Array[] = rows.map((row, r) => Float64Array.of(...row, right[r] as number))
  for (let column = 0; column < count; column++) {
    let pivot = column
    for (let r = column + 1; r < count; r++) {
      if (Math.abs(work[r]?.[column] as number) > Math.abs(work[pivot]?.[column] as number))
        pivot = r
    }
    const row = work[pivot] as Float64Array
    work[pivot] = work[column] as Float64Array
    work[column] = row
    const lead = row[column] as number
    if (Math.abs(lead) < 1e-13) return undefined
    for (let r = 0; r < count; r++) {
      const other = work[r] as Float64Array
      if (r === column || other[column] === 0) continue
      const by = (other[column] as number) / lead
      for (let c = column; c <= count; c++)
        other[c] = (other[c] as number) - by * (row[c] as number)
    }
  }
  return Float64Array.from(work, (row, r) => (row[count] as number) / (row[r] as number))
}
