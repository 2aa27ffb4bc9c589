/** What the draws say of each unit, a column each. */
export interface RankSummary {
  readonly lower: Float64Array
  readonly median: Float64Array
  readonly upper: Float64Array
  readonly mean: Float64Array
  readonly best: Float64Array
  /** The shares of draws in which the rank is among the first, or the last, tenth. */
  readonly first: Float64Array
  readonly last: Float64Array
}

// So many units at once that their tallies stay in the processor's cache.
const together = 32

/** Tallies ranks (1 to n, a row of n for each draw) for each unit. */
export function summariseRanks(
  ranks: Uint16Array | Uint32Array,
  n: number,
  { tenth, confidence }: { tenth: number; confidence: number },
): RankSummary {
  const draws = ranks.length / n
  const column = (): Float64Array => new Float64Array(n)
  const lower = column()
  const median = column()
  const upper = column()
  const mean = column()
  const best = column()
  const first = column()
  const last = column()
  const size = together * (n + 1)
  const tally = draws <= 0xffff ? new Uint16Array(size) : new Uint32Array(size)
  for (let from = 0; from < n; from += together) {
    const units = Math.min(together, n - from)
    tally.fill(0)
    for (let d = 0; d < draws; d++) {
      const row = d * n + from
      for (let i = 0; i < units; i++) {
        const at = i * (n + 1) + (ranks[row + i] as number)
        tally[at] = (tally[at] as number) + 1
      }
    }
    for (let i = 0; i < units; i++) {
      const counts = tally.subarray(i * (n + 1), (i + 1) * (n + 1))
      const unit = from + i
      best[unit] = (counts[1] as number) / draws
      lower[unit] = rankWhere(counts, draws * ((1 - confidence) / 2))
      median[unit] = rankWhere(counts, draws / 2)
      upper[unit] = rankWhere(counts, draws * ((1 + confidence) / 2))
      let sum = 0
      let among = 0
      let behind = 0
      for (let rank = 1; rank <= n; rank++) {
        const count = counts[rank] as number
        sum += rank * count
        if (rank <= tenth) among += count
        if (rank > n - tenth) behind += count
      }
      mean[unit] = sum / draws
      first[unit] = among / draws
      last[unit] = behind / draws
    }
  }
  return { lower, median, upper, mean, best, first, last }
}

/** The first rank by which so many draws are counted. */
function rankWhere(counts: Uint16Array | Uint32Array, wanted: number): number {
  let counted = 0
  let rank = 0
  // Shares of a round number of draws may miss it by rounding.
  while (counted < wanted - 1e-6 || rank === 0) {
    rank++
    counted += counts[rank] as number
  }
  return rank
}
