/** Sorts numbers over and over, of much the same range each time, and tells their order. */
export interface RankOrder {
  /**
   * The places of `values` in order upward. Equal values keep the order that they have from place
   * `start` on, round the end. The result is the same array each time.
   */
  orderOf(values: Float64Array, start: number): Uint32Array
}

const gaps = [701, 301, 132, 57, 23, 10, 4, 1]

/**
 * A bucket sort: its buckets, two for each unit, divide the range that `pilot` has without its furthest
 * 0.2% at each end, so that a bucket holds few values. Crowded buckets are put in
 * order by Shell's method; the result is exact whatever the values are.
 */
export function rankOrder(pilot: Float64Array): RankOrder {
  const n = pilot.length
  const sorted = pilot.slice().sort()
  const cut = Math.floor(n / 500)
  const range = (sorted[n - 1 - cut] as number) - (sorted[cut] as number)
  // Without a range to divide, all lie in one bucket.
  const low = range > 0 && range < Number.POSITIVE_INFINITY ? (sorted[cut] as number) : 0
  const buckets = 2 * n + 2
  const scale = range > 0 ? (buckets - 2) / range : 0
  const bucketOf = new Uint32Array(n)
  const starts = new Uint32Array(buckets + 1)
  const order = new Uint32Array(n)

  function orderOf(values: Float64Array, start: number): Uint32Array {
    starts.fill(0)
    for (let i = 0; i < n; i++) {
      const place = ((values[i] as number) - low) * scale + 1
      const bucket = place < 0 ? 0 : place > buckets - 1 ? buckets - 1 : place | 0
      bucketOf[i] = bucket
      starts[bucket] = (starts[bucket] as number) + 1
    }
    let before = 0
    for (let b = 0; b < buckets; b++) {
      const count = starts[b] as number
      starts[b] = before
      before += count
    }
    for (let k = 0, i = start; k < n; k++, i++) {
      if (i === n) i = 0
      const bucket = bucketOf[i] as number
      const at = starts[bucket] as number
      order[at] = i
      starts[bucket] = at + 1
    }
    // Each start has moved on to its bucket's end.
    let from = 0
    for (let b = 0; b < buckets; b++) {
      const to = starts[b] as number
      if (to - from > 1) sortBetween(values, order, from, to)
      from = to
    }
    return order
  }

  return { orderOf }
}

function sortBetween(values: Float64Array, order: Uint32Array, from: number, to: number): void {
  for (let g = to - from > 24 ? 0 : gaps.length - 1; g < gaps.length; g++) {
    const gap = gaps[g] as number
    for (let i = from + gap; i < to; i++) {
      const unit = order[i] as number
      const value = values[unit] as number
      let j = i
      while (j >= from + gap && (values[order[j - gap] as number] as number) > value) {
        order[j] = order[j - gap] as number
        j -= gap
      }
      order[j] = unit
    }
  }
}
