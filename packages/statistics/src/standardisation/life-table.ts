/** An abridged life table: what does not change between areas, and columns that each area overwrites. */
export interface LifeTable {
  readonly bands: number
  /** Years in each band; the last has no end. */
  readonly years: Float64Array
  /** The share of their band that those who die in it live. */
  readonly share: Float64Array
  readonly lastHasVariance: boolean
  /** Of one born, the chance to be alive at the start of each band. */
  readonly survivors: Float64Array
  readonly expectancy: Float64Array
  readonly error: Float64Array
  /** The chance to die within each band. */
  readonly dying: Float64Array
}

/** A table for bands that start at these ages; no check of what it is given. */
export function makeLifeTable(
  starts: readonly number[],
  infantShare: number,
  lastHasVariance: boolean,
): LifeTable {
  const bands = starts.length
  const years = new Float64Array(bands)
  const share = new Float64Array(bands).fill(0.5)
  for (let band = 0; band + 1 < bands; band++) {
    years[band] = (starts[band + 1] as number) - (starts[band] as number)
  }
  // Most deaths of the first year fall into its first weeks; only a band of that year alone shows it.
  if (starts[0] === 0 && starts[1] === 1) share[0] = infantShare
  const column = (): Float64Array => new Float64Array(bands)
  return {
    bands,
    years,
    share,
    lastHasVariance,
    survivors: column(),
    expectancy: column(),
    error: column(),
    dying: column(),
  }
}

/**
 * Fills the table from deaths and person-years that start at `from`: Chiang's second method. Person-years
 * and the variance of the expectancy are summed from the last band back.
 */
export function completeLifeTable(
  table: LifeTable,
  deaths: Float64Array,
  populations: Float64Array,
  from: number,
): void {
  const { bands, years, share, survivors, dying } = table
  let alive = 1
  for (let band = 0; band < bands; band++) {
    const rate = (deaths[from + band] as number) / (populations[from + band] as number)
    const n = years[band] as number
    const q = (n * rate) / (1 + n * (1 - (share[band] as number)) * rate)
    survivors[band] = alive
    dying[band] = band === bands - 1 ? 1 : Math.min(1, q)
    alive *= 1 - (dying[band] as number)
  }
  sumBack(table, deaths, populations, from)
}

function sumBack(
  table: LifeTable,
  deaths: Float64Array,
  populations: Float64Array,
  from: number,
): void {
  const { bands, years, share, survivors, dying, expectancy, error } = table
  const last = bands - 1
  const lastDeaths = deaths[from + last] as number
  const lastRate = lastDeaths / (populations[from + last] as number)
  const lastAlive = survivors[last] as number
  let lived = lastAlive / lastRate
  let variance = table.lastHasVariance ? lastAlive ** 2 / (lastDeaths * lastRate ** 2) : 0
  expectancy[last] = 1 / lastRate
  error[last] = lastAlive === 0 ? 0 : Math.sqrt(variance) / lastAlive
  for (let band = last - 1; band >= 0; band--) {
    const alive = survivors[band] as number
    const q = dying[band] as number
    const n = years[band] as number
    const a = share[band] as number
    const later = expectancy[band + 1] as number
    const count = deaths[from + band] as number
    lived += n * alive * (1 - q + a * q)
    const weight = alive * ((1 - a) * n + later)
    if (count > 0) variance += ((q * q * (1 - q)) / count) * weight * weight
    expectancy[band] = alive === 0 ? 0 : lived / alive
    error[band] = alive === 0 ? 0 : Math.sqrt(variance) / alive
  }
}
