import { checkLength, checkPositive } from '../errors.ts'

/** The mean squared gap, in standard deviations, of two units drawn at random. */
const unknownGap = 2

/** One thing that makes units alike: numbers (NaN for unknown), or words that must be the same. */
export type NeighbourFeature =
  | { readonly weight: number; readonly numbers: Float64Array }
  | { readonly weight: number; readonly words: readonly (string | null)[] }

export interface Neighbours {
  /** For each unit, `count` places in the list of units, the nearest first. */
  readonly members: readonly Int32Array[]
  readonly distances: readonly Float64Array[]
}

/**
 * The statistically nearest others of every unit: the square root of the weighted mean of squared
 * differences, numbers in standard deviations, words 0 when the same and 1 when not (CIPFA's nearest
 * neighbours work so, without words). What is unknown of either counts as far as two units drawn at
 * random lie apart, so that nobody is near for want of data. A unit is never its own neighbour. Ties
 * go to the code that sorts first, so that the order of the input changes nothing.
 *
 * @param codes of the units, which break ties; all different.
 * @param features numbers, or words, of all units in the order of the codes.
 * @param count how many, above 0; all others where there are not so many.
 * @throws StatisticsError naming `count`, or the `numbers` or `words` of another length.
 * @example
 * nearestNeighbours(['A', 'B', 'C'], [{ weight: 1, numbers: Float64Array.of(1, 2, 9) }], 1).members
 * // [[1], [0], [1]]
 */
export function nearestNeighbours(
  codes: readonly string[],
  features: readonly NeighbourFeature[],
  count: number,
): Neighbours {
  const n = codes.length
  checkPositive('count', count)
  for (const feature of features) {
    if ('numbers' in feature) checkLength('numbers', feature.numbers, n)
    else checkLength('words', feature.words, n)
  }
  const scaled = features.map((f) =>
    'numbers' in f ? standardised(f.numbers) : wordNumbers(f.words),
  )
  const order = codes
    .map((_, i) => i)
    .sort((a, b) => ((codes[a] as string) < (codes[b] as string) ? -1 : 1))
  const members: Int32Array[] = []
  const distances: Float64Array[] = []
  const squared = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    distancesFrom(i, features, scaled, squared)
    squared[i] = Number.POSITIVE_INFINITY
    const nearest = smallest(squared, order, Math.min(count, n - 1))
    members.push(nearest)
    distances.push(Float64Array.from(nearest, (at) => Math.sqrt(squared[at] as number)))
  }
  return { members, distances }
}

function distancesFrom(
  i: number,
  features: readonly NeighbourFeature[],
  scaled: readonly Float64Array[],
  into: Float64Array,
): void {
  const total = features.reduce((sum, f) => sum + f.weight, 0)
  into.fill(0)
  features.forEach((feature, f) => {
    const column = scaled[f] as Float64Array
    const own = column[i] as number
    const words = 'words' in feature
    const unknown = words ? 1 : unknownGap
    for (let j = 0; j < into.length; j++) {
      const gap = (column[j] as number) - own
      const square = Number.isNaN(gap) ? unknown : words ? Number(gap !== 0) : gap * gap
      into[j] = (into[j] as number) + (feature.weight / total) * square
    }
  })
}

/** The places of the `count` smallest values, in order; `order` decides between equals. */
function smallest(values: Float64Array, order: readonly number[], count: number): Int32Array {
  const best = new Int32Array(count)
  let held = 0
  for (const at of order) {
    const value = values[at] as number
    if (held === count && value >= (values[best[held - 1] as number] as number)) continue
    let k = held < count ? held : held - 1
    while (k > 0 && (values[best[k - 1] as number] as number) > value) {
      best[k] = best[k - 1] as number
      k -= 1
    }
    best[k] = at
    if (held < count) held += 1
  }
  return best
}

function standardised(numbers: Float64Array): Float64Array {
  let [n, sum] = [0, 0]
  for (const x of numbers) {
    if (Number.isNaN(x)) continue
    n += 1
    sum += x
  }
  const mean = sum / n
  let squares = 0
  for (const x of numbers) if (!Number.isNaN(x)) squares += (x - mean) ** 2
  const deviation = Math.sqrt(squares / (n - 1)) || 1
  return numbers.map((x) => (x - mean) / deviation)
}

function wordNumbers(words: readonly (string | null)[]): Float64Array {
  const seen = new Map<string, number>()
  return Float64Array.from(words, (word) => {
    if (word === null) return Number.NaN
    const known = seen.get(word) ?? seen.size
    seen.set(word, known)
    return known
  })
}
