import { checkColumn } from '../columns.ts'
import { drawsOf } from '../draws/draws.ts'
import { checkConfidence, checkFinite, StatisticsError } from '../errors.ts'
import type { Posterior } from '../shrinkage/shrink.ts'
import { unitDraws, unitsOf } from './posterior-draws.ts'
import { rankOrder } from './rank-order.ts'
import { summariseRanks } from './summarise-ranks.ts'

/** Options of simulateRanks. */
export interface RankOptions {
  /** The same seed gives the same answer. */
  readonly seed: number
  /** How often every unit's true value is drawn; default 10,000. */
  readonly draws?: number
  /** Whether the highest value (the default) or the lowest has rank 1. */
  readonly better?: 'high' | 'low'
  /** A value that units should not fall below. */
  readonly floor?: number
  /** The share of units that `lowest` and `highest` look at; default a tenth, rounded up to whole units. */
  readonly share?: number
  readonly confidence?: number
}

/** What can be said of each unit's rank, a column each; probabilities are shares of the draws. */
export interface Ranks {
  /** Ranks from 1, the best: the interval that holds the share `confidence` of draws, and the median. */
  readonly lower: Float64Array
  readonly median: Float64Array
  readonly upper: Float64Array
  readonly mean: Float64Array
  /** The probability that the unit is the best of all. */
  readonly best: Float64Array
  /** The probability that its value is among the lowest, or the highest, tenth (see `share`). */
  readonly lowest: Float64Array
  readonly highest: Float64Array
  /** The probability that its value is below the floor; without a floor, all 0. */
  readonly belowFloor: Float64Array
}

/**
 * Ranks that admit doubt: every unit's true value is drawn from what is known of it, all are put in
 * order, and that again and again (Laird and Louis 1989; Goldstein and Spiegelhalter 1996). Units whose
 * draws are equal take turns. Memory: 2 bytes a unit and draw (4 above 65,535 units).
 *
 * @param posterior of shrinkProportions, shrinkRates or shrinkValues, or made by hand: `normal` with the
 *   values and standard errors gives ranks without shrinkage.
 * @throws StatisticsError naming `posterior` or the option.
 * @example simulateRanks({ family: 'normal', mean: Float64Array.of(0, 9), sd: Float64Array.of(1, 1) },
 *   { seed: 1 }).median // [2, 1]
 */
export function simulateRanks(posterior: Posterior, options: RankOptions): Ranks {
  const { seed, draws = 10_000, better = 'high', floor, share = 0.1, confidence = 0.95 } = options
  checkConfidence(confidence)
  if (floor !== undefined) checkFinite('floor', floor)
  if (!Number.isInteger(draws) || draws < 1) {
    throw new StatisticsError('draws', `${draws} is not a whole number from 1 up`)
  }
  if (!(share > 0 && share <= 1)) {
    throw new StatisticsError('share', `${share} is not above 0 and up to 1`)
  }
  checkPosterior(posterior)
  const n = unitsOf(posterior)
  const source = drawsOf(seed)
  const values = new Float64Array(n)
  const drawInto = unitDraws(posterior, source)
  drawInto(values)
  const { orderOf } = rankOrder(values)
  const ranks = n <= 0xffff ? new Uint16Array(n * draws) : new Uint32Array(n * draws)
  const below = new Float64Array(n)
  for (let d = 0; d < draws; d++) {
    drawInto(values)
    const order = orderOf(values, Math.floor(source.uniform() * n))
    const row = d * n
    for (let at = 0; at < n; at++) {
      ranks[row + (order[at] as number)] = better === 'high' ? n - at : at + 1
    }
    if (floor === undefined) continue
    for (let i = 0; i < n; i++)
      if ((values[i] as number) < floor) below[i] = (below[i] as number) + 1
  }
  const tenth = Math.ceil(n * share)
  const { best, first, last, ...rest } = summariseRanks(ranks, n, { tenth, confidence })
  return {
    ...rest,
    best,
    lowest: better === 'high' ? last : first,
    highest: better === 'high' ? first : last,
    belowFloor: below.map((count) => count / draws),
  }
}

function checkPosterior(posterior: Posterior): void {
  const n = unitsOf(posterior)
  if (n === 0) throw new StatisticsError('posterior', 'it has no units')
  if (posterior.family === 'normal') {
    checkColumn('posterior.mean', posterior.mean, 'finite')
    checkColumn('posterior.sd', posterior.sd, 'from-0', n)
  } else if (posterior.family === 'gamma') {
    checkColumn('posterior.shape', posterior.shape, 'above-0')
    const at = posterior.rate.findIndex((rate) => !(rate > 0))
    if (posterior.rate.length !== n || at >= 0) {
      throw new StatisticsError('posterior.rate', 'it needs a number above 0 for each unit')
    }
  } else {
    checkColumn('posterior.a', posterior.a, 'from-0')
    checkColumn('posterior.b', posterior.b, 'from-0', n)
  }
}
