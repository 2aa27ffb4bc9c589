/**
 * Weighted means and correlations of columns, size x size by rows. A column that does not vary has the spread 0 and
 * the correlation 0 with others.
 */
export function weightedCorrelations(
  columns: readonly Float64Array[],
  weights: Float64Array,
): {
  readonly means: Float64Array
  readonly spreads: Float64Array
  readonly correlations: Float64Array
} {
  const size = columns.length
  let total = 0
  for (let i = 0; i < weights.length; i++) total += weights[i] as number
  const means = Float64Array.from(columns, (column) => {
    let sum = 0
    for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (column[i] as number)
    return sum / total
  })
  const products = new Float64Array(size * size)
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    if (weight === 0) continue
    for (let a = 0; a < size; a++) {
      const left = weight * ((columns[a]?.[i] as number) - (means[a] as number))
      for (let b = 0; b <= a; b++) {
        const right = (columns[b]?.[i] as number) - (means[b] as number)
        products[a * size + b] = (products[a * size + b] as number) + left * right
      }
    }
  }
  const spreads = Float64Array.from(columns, (_, a) => {
    const spread = Math.sqrt(products[a * size + a] as number)
    // The mean of equal values may miss them by a rounding.
    return spread > 1e-10 * Math.abs(means[a] as number) * Math.sqrt(total) ? spread : 0
  })
  const correlations = new Float64Array(size * size)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const scale = (spreads[a] as number) * (spreads[b] as number)
      const value = a === b ? 1 : scale > 0 ? (products[a * size + b] as number) / scale : 0
      correlations[a * size + b] = value
      correlations[b * size + a] = value
    }
  }
  return { means, spreads, correlations }
}
