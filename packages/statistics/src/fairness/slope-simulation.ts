import { checkColumn } from '../columns.ts'
import { drawsOf } from '../draws/draws.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import {
  back,
  endsOf,
  lineOf,
  type OrderedGroups,
  type SlopeScale,
  slopeIndex,
  steepness,
  towards,
} from './slope.ts'

/** How simulatedSlopeIndex draws. */
export interface SlopeSimulation {
  /** The scale on which a group's sampling error is taken as normal: `linear`, `log` (rates), `logit`. */
  readonly errors?: SlopeScale
  /** The scale of the line; see slopeIndex. */
  readonly scale?: SlopeScale
  readonly confidence?: number
  /** Draws of all groups, from 1,000 up; default 100,000, as phe_sii. */
  readonly repetitions?: number
  readonly seed: number
  /** Whether to run ten times and tell how much the limits move; default false. */
  readonly reliability?: boolean
}

/** Intervals from draws. `reliability` is the mean absolute difference of limits between runs. */
export interface SimulatedSlopeIndex {
  readonly sii: Estimate
  readonly rii: Estimate
  readonly reliability?: { readonly sii: number; readonly rii: number }
}

const runs = 10

/**
 * slopeIndex with intervals by simulation, as PHEindicatormethods' phe_sii makes them: each group's value
 * is drawn from a normal distribution (of its logarithm for a rate, its logit for a proportion) with its
 * standard error, the line is fitted again, and the limits are the sorted draws at `round(repetitions x
 * share)`. A group's standard error is given in the unit of its value and carried to the scale of
 * `errors` by the delta method; phe_sii takes it as given on that scale when `se` is given, so multiply by
 * the value, or by value x (1 - value), what was made for it.
 *
 * `reliability` repeats it ten times from other streams of the seed: the mean of the 18 absolute
 * differences between the first run's limits and those of the nine others (phe_sii's `reliability_stat`).
 *
 * @param groups from the least to the most advantaged, with `standardErrors`.
 * @throws StatisticsError naming the argument.
 * @example simulatedSlopeIndex({ values: Float64Array.of(10, 20), populations: Float64Array.of(1, 1),
 *   standardErrors: Float64Array.of(1, 1) }, { seed: 1 }).sii // { value: 20, lower: 14.4…, upper: 25.5… }
 */
export function simulatedSlopeIndex(
  groups: OrderedGroups & { readonly standardErrors: Float64Array },
  options: SlopeSimulation,
): SimulatedSlopeIndex {
  const {
    scale = 'linear',
    confidence = 0.95,
    repetitions = 100_000,
    reliability = false,
  } = options
  checkConfidence(confidence)
  if (!Number.isInteger(repetitions) || repetitions < 1000) {
    throw new StatisticsError('repetitions', `${repetitions} is not a whole number from 1,000 up`)
  }
  checkColumn('standardErrors', groups.standardErrors, 'from-0', groups.values.length)
  const { sii, rii } = slopeIndex(groups, { scale })
  const first = oneRun(groups, { ...options, scale, repetitions, confidence }, 0)
  const result = { sii: { value: sii, ...first.sii }, rii: { value: rii, ...first.rii } }
  if (!reliability) return result
  let siiMoves = 0
  let riiMoves = 0
  for (let stream = 1; stream < runs; stream++) {
    const other = oneRun(groups, { ...options, scale, repetitions, confidence }, stream)
    siiMoves +=
      Math.abs(other.sii.lower - first.sii.lower) + Math.abs(other.sii.upper - first.sii.upper)
    riiMoves +=
      Math.abs(other.rii.lower - first.rii.lower) + Math.abs(other.rii.upper - first.rii.upper)
  }
  const moves = 2 * (runs - 1)
  return { ...result, reliability: { sii: siiMoves / moves, rii: riiMoves / moves } }
}

interface Run {
  readonly seed: number
  readonly scale: SlopeScale
  readonly errors?: SlopeScale
  readonly confidence: number
  readonly repetitions: number
}

function oneRun(
  {
    values,
    populations,
    standardErrors,
  }: OrderedGroups & { readonly standardErrors: Float64Array },
  { seed, scale, errors = scale, confidence, repetitions }: Run,
  stream: number,
) {
  const draws = drawsOf(seed, stream)
  const line = lineOf(populations)
  const centre = values.map((value) => towards(errors, value))
  const spread = standardErrors.map((error, i) => error * steepness(errors, values[i] as number))
  checkColumn('values', centre, 'finite')
  const siis = new Float64Array(repetitions)
  const riis = new Float64Array(repetitions)
  for (let r = 0; r < repetitions; r++) {
    let intercept = 0
    let slope = 0
    for (let i = 0; i < centre.length; i++) {
      const drawn = (centre[i] as number) + (spread[i] as number) * draws.normal()
      const y = errors === scale ? drawn : towards(scale, back(errors, drawn))
      intercept += (line.intercept[i] as number) * y
      slope += (line.slope[i] as number) * y
    }
    const ends = endsOf(scale, intercept, slope)
    siis[r] = ends.sii
    riis[r] = ends.rii
  }
  return { sii: limits(siis, confidence), rii: limits(riis, confidence) }
}

function limits(drawn: Float64Array, confidence: number) {
  drawn.sort()
  const at = (share: number): number =>
    drawn[Math.min(drawn.length, Math.max(1, Math.round(drawn.length * share))) - 1] as number
  return { lower: at((1 - confidence) / 2), upper: at((1 + confidence) / 2) }
}
