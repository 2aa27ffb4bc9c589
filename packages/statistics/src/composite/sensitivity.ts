import { drawsOf } from '../draws/draws.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import { rankOrder } from '../ranks/rank-order.ts'
import { summariseRanks } from '../ranks/summarise-ranks.ts'
import { type CompositeOptions, compositeScores } from './aggregate.ts'
import { type Cuts, checkCuts, gradeAt } from './grades.ts'

/** Options of weightSensitivity. */
export interface SensitivityOptions extends CompositeOptions {
  readonly seed: number
  /** How far each weight may be from what was set, as a share of it; default 0.25. */
  readonly noise?: number
  readonly repetitions?: number
  readonly confidence?: number
  /** With cuts, how often each grade comes out. */
  readonly cuts?: Cuts
}

/** How much depends on the weights. Ranks are from 1, the highest score; NaN for a unit without one. */
export interface WeightSensitivity {
  readonly lower: Float64Array
  readonly median: Float64Array
  readonly upper: Float64Array
  /** The mean number of places by which a unit moves from its rank with the weights as set. */
  readonly meanShift: number
  /** A column for each grade: the share of repetitions in which the unit has it. */
  readonly grades: readonly Float64Array[]
}

/**
 * How much ranks and grades depend on the weights: each weight is drawn evenly from `weight x (1 - noise)`
 * to `weight x (1 + noise)`, scores and ranks are made again, and that again and again (Saisana, Saltelli
 * and Tarantola 2005; R's COINr, get_noisy_weights).
 *
 * @param indicators a column each, on a shared scale. @param weights of each, from 0 up.
 * @throws StatisticsError naming the argument.
 * @example weightSensitivity([Float64Array.of(1, 0), Float64Array.of(0, 1)], Float64Array.of(2, 1), { seed: 1 })
 *   .upper // [1, 2]
 */
export function weightSensitivity(
  indicators: readonly Float64Array[],
  weights: Float64Array,
  options: SensitivityOptions,
): WeightSensitivity {
  const { seed, noise = 0.25, repetitions = 1000, confidence = 0.95, cuts, ...how } = options
  checkConfidence(confidence)
  if (!(noise >= 0 && noise < 1))
    throw new StatisticsError('noise', `${noise} is not from 0 up to 1`)
  if (!Number.isInteger(repetitions) || repetitions < 1) {
    throw new StatisticsError('repetitions', `${repetitions} is not a whole number from 1 up`)
  }
  if (cuts) checkCuts(cuts)
  const draws = drawsOf(seed)
  const set = compositeScores(indicators, weights, how)
  const scored = Uint32Array.from(set.keys()).filter((i) => !Number.isNaN(set[i]))
  const n = scored.length
  const grades = (cuts?.names ?? []).map(() => new Float64Array(set.length))
  if (n === 0) return nothing(set.length, grades)
  const take = (from: Float64Array): Float64Array =>
    Float64Array.from(scored, (unit) => from[unit] as number)
  const { orderOf } = rankOrder(take(set))
  const ranks = n <= 0xffff ? new Uint16Array(n * repetitions) : new Uint32Array(n * repetitions)
  const ranksAsSet = ranksOf(orderOf(take(set), 0))
  let shift = 0
  for (let r = 0; r < repetitions; r++) {
    const drawn = weights.map((w) => w * (1 + noise * (2 * draws.uniform() - 1)))
    const scores = take(compositeScores(indicators, drawn, how))
    const found = ranksOf(orderOf(scores, Math.floor(draws.uniform() * n)))
    ranks.set(found, r * n)
    for (let i = 0; i < n; i++) {
      shift += Math.abs((found[i] as number) - (ranksAsSet[i] as number)) / (n * repetitions)
      if (!cuts) continue
      const column = grades[gradeAt(scores[i] as number, cuts.from)] as Float64Array
      const unit = scored[i] as number
      column[unit] = (column[unit] as number) + 1 / repetitions
    }
  }
  const { lower, median, upper } = summariseRanks(ranks, n, { tenth: 1, confidence })
  const spread = (column: Float64Array): Float64Array => {
    const whole = new Float64Array(set.length).fill(Number.NaN)
    scored.forEach((unit, i) => {
      whole[unit] = column[i] as number
    })
    return whole
  }
  return {
    lower: spread(lower),
    median: spread(median),
    upper: spread(upper),
    meanShift: shift,
    grades,
  }
}

/** From an order upward: rank 1 is the last. */
function ranksOf(order: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(order.length)
  order.forEach((unit, at) => {
    ranks[unit] = order.length - at
  })
  return ranks
}

function nothing(units: number, grades: readonly Float64Array[]): WeightSensitivity {
  const column = (): Float64Array => new Float64Array(units).fill(Number.NaN)
  return { lower: column(), median: column(), upper: column(), meanShift: 0, grades }
}
