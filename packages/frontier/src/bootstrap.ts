import { checkConfidence, percentile, randomSource } from '@plumbline/statistics'
import { checkData, type FrontierData } from './data.ts'
import { FrontierError } from './errors.ts'
import { type Points, pointAt, pointsFrom, pointsOf } from './points.ts'
import { type ScoreOptions, scoreAll } from './scores.ts'
import { bandwidthOf, drawDistances, meanOf } from './smooth.ts'
import { Technology } from './technology.ts'

export interface BootstrapOptions extends ScoreOptions {
  /** A whole number from 0 to 2^53 - 1: the same seed gives the same intervals. */
  readonly seed: number
  /** Default 1,000, at least 40. Simar and Wilson advise 2,000 for intervals at 95%. */
  readonly replicates?: number
  /** Default 0.95. */
  readonly confidence?: number
}

/** Scores with what the bootstrap says of them, a column each; NaN where a unit is unsolved. */
export interface BootstrappedScores {
  /** As they come from the data; too high, since the best that was seen is not the best that is possible. */
  readonly scores: Float64Array
  /** Less the bootstrap's estimate of that bias. */
  readonly corrected: Float64Array
  /** Limits of the true score; the upper is seldom above the score itself. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Of the smoothed distribution of distances (1 / score). */
  readonly bandwidth: number
  /** Units without an answer, here or in one of the replicates. */
  readonly unsolved: readonly number[]
}

/**
 * Intervals of efficiency scores by the smoothed homogeneous bootstrap (Simar and Wilson 1998), in distances
 * (1 / score), as FEAR and Benchmarking in R do. Each replicate draws a distance for each unit from the
 * smoothed distribution of all (reflected at 1), moves the units to these distances from the frontier, and
 * scores the data against the frontier of the moved units. Limits are the basic ones of Simar and Wilson
 * (2000), which subtract the differences between replicate and score from the score.
 *
 * It takes for granted that inefficiency is spread alike for all sizes and mixes, and that units are a
 * sample of what is possible; noise in the data counts as inefficiency. A replicate is a whole analysis: see
 * the README for how many a second.
 *
 * @throws FrontierError where the data has no frontier, all units lie on it or fewer than 40 replicates
 *   are asked for; StatisticsError naming `seed` or `confidence`.
 * @example bootstrapScores({ inputs: [Float64Array.of(2, 3, 3, 4, 5, 5, 6, 8)],
 *   outputs: [Float64Array.of(1, 3, 2, 3, 4, 2, 3, 5)] }, { seed: 1, replicates: 200 }).scores[2] // 0.8333…
 */
export function bootstrapScores(data: FrontierData, options: BootstrapOptions): BootstrappedScores {
  const { seed, replicates = 1000, confidence = 0.95, returns = 'variable' } = options
  if (!Number.isInteger(replicates) || replicates < 40) {
    throw new FrontierError(
      'invalid-argument',
      `${replicates} replicates are too few: give 40 or more`,
    )
  }
  checkConfidence(confidence)
  checkData(data)
  const points = pointsOf(data)
  const { scores, unsolved } = scoreAll(points, new Technology(points, returns))
  if (unsolved.length > 0) {
    throw new FrontierError('invalid-data', `unit ${unsolved[0]} could not be solved; leave it out`)
  }
  const distances = scores.map((score) => 1 / score)
  const bandwidth = bandwidthOf(distances)
  const found = Array.from(distances, () => new Float64Array(replicates))
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = drawDistances(distances, bandwidth, randomSource(seed, replicate))
    const technology = new Technology(moved(points, scores, drawn), returns)
    found.forEach((column, unit) => {
      const answer = technology.answer(technology.ask(pointAt(points, unit)), unit)
      column[replicate] = answer.kind === 'solved' ? 1 / answer.score : Number.NaN
    })
  }
  return { scores, bandwidth, ...summarise(distances, found, confidence) }
}

/** The points with their inputs at the drawn distance from the frontier instead of their own. */
function moved(points: Points, scores: Float64Array, drawn: Float64Array): Points {
  const rows = points.roles.length
  const values = points.values.map((value, at) => {
    if (points.roles[at % rows] !== 'input') return value
    const unit = Math.floor(at / rows)
    return value * (scores[unit] as number) * (drawn[unit] as number)
  })
  return pointsFrom(points.count, points.roles, values)
}

function summarise(
  distances: Float64Array,
  found: readonly Float64Array[],
  confidence: number,
): Pick<BootstrappedScores, 'corrected' | 'lower' | 'upper' | 'unsolved'> {
  const corrected = new Float64Array(distances.length).fill(Number.NaN)
  const lower = corrected.slice()
  const upper = corrected.slice()
  const unsolved: number[] = []
  found.forEach((column, unit) => {
    if (column.some((distance) => Number.isNaN(distance))) {
      unsolved.push(unit)
      return
    }
    const twice = 2 * (distances[unit] as number)
    const sorted = column.toSorted()
    corrected[unit] = 1 / (twice - meanOf(column))
    lower[unit] = 1 / (twice - percentile(sorted, (1 - confidence) / 2))
    upper[unit] = 1 / (twice - percentile(sorted, (1 + confidence) / 2))
  })
  return { corrected, lower, upper, unsolved }
}
