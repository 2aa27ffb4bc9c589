/** A standard population: the first age of each band and how many of the standard are in it. */
export interface StandardPopulation {
  readonly name: string
  /** The first age of each band; the last band has no end. */
  readonly starts: readonly number[]
  readonly populations: Float64Array
}

const fiveYears = (until: number): number[] =>
  Array.from({ length: until / 5 + 1 }, (_, band) => band * 5)

/**
 * The European standard population of 2013 in 19 bands, 0-4 to 90 and over (Eurostat 2013): what England,
 * Scotland, Wales and Northern Ireland publish their directly standardised rates by.
 * @example europeanStandard2013.populations[0] // 5000
 */
export const europeanStandard2013: StandardPopulation = {
  name: 'European standard population 2013',
  starts: fiveYears(90),
  populations: Float64Array.of(
    ...[5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000],
    ...[4000, 2500, 1500, 1000],
  ),
}

/**
 * The European standard population of 1976 in 18 bands, 0-4 to 85 and over (Waterhouse and others 1976):
 * for figures that were published by it before 2013.
 * @example europeanStandard1976.populations[17] // 1000
 */
export const europeanStandard1976: StandardPopulation = {
  name: 'European standard population 1976',
  starts: fiveYears(85),
  populations: Float64Array.of(
    ...[8000, 7000, 7000, 7000, 7000, 7000, 7000, 7000, 7000, 7000, 7000, 6000, 5000, 4000, 3000],
    ...[2000, 1000, 1000],
  ),
}

/**
 * The World Health Organization's standard population for 2000 to 2025 in 21 bands, 0-4 to 100 and over
 * (Ahmad and others 2001, table 4), as percentages; as printed they add up to 100.035.
 * @example worldStandard2000.populations[0] // 8.86
 */
export const worldStandard2000: StandardPopulation = {
  name: 'WHO world standard population 2000-2025',
  starts: fiveYears(100),
  populations: Float64Array.of(
    ...[8.86, 8.69, 8.6, 8.47, 8.22, 7.93, 7.61, 7.15, 6.59, 6.04, 5.37, 4.55, 3.72, 2.96, 2.21],
    ...[1.52, 0.91, 0.44, 0.15, 0.04, 0.005],
  ),
}

/**
 * A standard population with its oldest bands joined, for data that end at a younger age.
 * @param from the first age of the new last band; it must be the first age of a band.
 * @throws RangeError where no band starts there.
 * @example standardUpTo(europeanStandard2013, 85).populations[17] // 2500
 */
export function standardUpTo(standard: StandardPopulation, from: number): StandardPopulation {
  const last = standard.starts.indexOf(from)
  if (last < 0) throw new RangeError(`${standard.name} has no band that starts at ${from}`)
  const populations = standard.populations.slice(0, last + 1)
  populations[last] = standard.populations.subarray(last).reduce((sum, n) => sum + n, 0)
  return { name: standard.name, starts: standard.starts.slice(0, last + 1), populations }
}
