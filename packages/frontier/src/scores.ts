import { checkData, type FrontierData, type Returns } from './data.ts'
import { type Points, pointAt, pointsOf } from './points.ts'
import { Technology, tolerance } from './technology.ts'

export interface ScoreOptions {
  /** Default `variable`. */
  readonly returns?: Returns
}

/** A score for each unit. */
export interface Scores {
  /** Above 0 to 1, or NaN for the units in `unsolved`. */
  readonly scores: Float64Array
  /** Units whose solution did not pass the check: it has no score rather than a wrong one. */
  readonly unsolved: readonly number[]
}

/**
 * Input-oriented efficiency by data envelopment analysis: the share of its inputs with which a unit could do
 * what it does, if it did as well as the best mix of the others. 1 is on the frontier. Constant returns are
 * the model of Charnes, Cooper and Rhodes (1978), variable returns that of Banker, Charnes and Cooper
 * (1984). Scores within 1e-7 of 1 are 1. Each score is checked twice: no unit beats the prices
 * that show it, and a mix of units attains it.
 *
 * @throws FrontierError where the data has no frontier: too few units, or a value that is missing, negative
 *   or, for an input, 0.
 * @example efficiencyScores({ inputs: [Float64Array.of(2, 3, 3, 4, 5, 5, 6, 8)],
 *   outputs: [Float64Array.of(1, 3, 2, 3, 4, 2, 3, 5)] }, { returns: 'constant' })
 * // { scores: [0.5, 1, 0.6666…, 0.75, 0.8, 0.4, 0.5, 0.625], unsolved: [] }
 */
export function efficiencyScores(data: FrontierData, options: ScoreOptions = {}): Scores {
  checkData(data)
  const points = pointsOf(data)
  return scoreAll(points, new Technology(points, options.returns ?? 'variable'))
}

/** The score of each reference point of the technology, whose hull is complete afterwards. */
export function scoreAll(points: Points, technology: Technology): Scores {
  const unsolved: number[] = []
  const scores = Float64Array.from({ length: points.count }, (_, unit) => {
    const answer = technology.answer(technology.ask(pointAt(points, unit)), unit)
    if (answer.kind === 'solved') return atMostOne(answer.score)
    unsolved.push(unit)
    return Number.NaN
  })
  return { scores, unsolved }
}

/** A score within the tolerance of 1, or above it by rounding, is 1. */
export const atMostOne = (score: number): number => (score > 1 - tolerance ? 1 : score)
