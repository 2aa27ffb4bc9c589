/** The quantile of sorted values, between neighbours in proportion (type 7 of Hyndman and Fan 1996). */
export function quantileOf(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (place - below) * (high - low)
}
