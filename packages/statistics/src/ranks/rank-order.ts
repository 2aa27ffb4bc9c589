/** Sorts numbers over and over, of much the same range each time, and tells their order. */
export interface RankOrder {
  /**
   * The places of `values` in order upward. Equal values keep the order that they have from place
   * `start` on, round the end (save among more than 48 that lie close together). The result is the same array each time.
   */
  orderOf(values: Float64Array, start: number): Uint32Array
}

const crowded = 48
const gaps = [701, 301, 132, 57, 23, 10, 4]

/**
 * A bucket sort: its buckets, one for each unit, divide the range that `pilot` has without its furthest
 * 0.2% at each end, so that a bucket holds few values; then one pass of insertion. Crowded buckets are
 * first put in order by Shell's method. The result is exact whatever the values are.
 */
export function rankOrder(pilot: Float64Array): RankOrder {
  const n = pilot.length
  const sorted = pilot.slice().sort()
  const cut = Math.floor(n / 500)
  const range = (sorted[n - 1 - cut] as number) - (sorted[cut] as number)
  // Without a range to divide, all lie in one bucket.
  const low = range > 0 && range < Number.POSITIVE_INFINITY ? (sorted[cut] as number) : 0
  const last = n + 1
  const scale = range > 0 ? n / range : 0
  const bucketOf = new Uint32Array(n)
  const starts = new Uint32Array(last + 1)
  const keys = new Float64Array(n)
  const order = new Uint32Array(n)

  function orderOf(values: Float64Array, start: number): Uint32Array {
    starts.fill(0)
    for (let i = 0; i < n; i++) {
      const place = ((values[i] as number) - low) * scale + 1
      const bucket = place < 0 ? 0 : place > last ? last : place | 0
      bucketOf[i] = bucket
      starts[bucket] = (starts[bucket] as number) + 1
    }
    let before = 0
    let most = 0
    for (let b = 0; b <= last; b++) {
      const count = starts[b] as number
      if (count > most) most = count
      starts[b] = before
      before += count
    }
    for (let k = 0, i = start; k < n; k++, i++) {
      if (i === n) i = 0
      const bucket = bucketOf[i] as number
      const at = starts[bucket] as number
      keys[at] = values[i] as number
      order[at] = i
      starts[bucket] = at + 1
    }
    if (most > crowded) sortCrowded()
    insert(keys, order, 0, n, 1)
    return order
  }

  /** Each start has moved on to its bucket's end. */
  function sortCrowded(): void {
    let from = 0
    for (let b = 0; b <= last; b++) {
      const to = starts[b] as number
      if (to - from > crowded) for (const gap of gaps) insert(keys, order, from, to, gap)
      from = to
    }
  }

  return { orderOf }
}

/** Sorts every gap-th of the keys by insertion, and the order with them; equal ones stay as they are. */
function insert(
  keys: Float64Array,
  order: Uint32Array,
  from: number,
  to: number,
  gap: number,
): void {
  for (let i = from + gap; i < to; i++) {
    const key = keys[i] as number
    if ((keys[i - gap] as number) <= key) continue
    const unit = order[i] as number
    let j = i
    do {
      keys[j] = keys[j - gap] as number
      order[j] = order[j - gap] as number
      j -= gap
    } while (j >= from + gap && (keys[j - gap] as number) > key)
    keys[j] = key
    order[j] = unit
  }
}
