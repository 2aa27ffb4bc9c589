import { checkData, type FrontierData } from './data.ts'
import { pointAt, pointsOf } from './points.ts'
import { type ScoreOptions, scoreAll } from './scores.ts'
import { Technology } from './technology.ts'

export interface SuperEfficiency {
  /** From 1 up for units on the frontier; NaN for the units in `infeasible` and `unsolved`. */
  readonly scores: Float64Array
  /** Units that do what no mix of the others does with whatever inputs, so that there is no score. */
  readonly infeasible: readonly number[]
  /** Units whose solution did not pass the check. */
  readonly unsolved: readonly number[]
}

/**
 * Scores against all *other* units (Andersen and Petersen 1993), which also rank the units on the frontier: at
 * 1.2 a unit could use a fifth more and still be on it. Units off the frontier keep their score. Under
 * variable returns a unit with the greatest output of a kind has no such score: it is listed as infeasible.
 * A rank by it follows extreme units; use it to find them, not to reward them.
 *
 * @throws FrontierError where the data has no frontier (see {@link efficiencyScores}).
 * @example superEfficiency({ inputs: [Float64Array.of(2, 3, 3, 4, 5, 5, 6, 8)],
 *   outputs: [Float64Array.of(1, 3, 2, 3, 4, 2, 3, 5)] })
 * // { scores: [1.5, 1.3333…, 0.8333…, 0.75, 1.1, 0.5, 0.5, NaN], infeasible: [7], unsolved: [] }
 */
export function superEfficiency(data: FrontierData, options: ScoreOptions = {}): SuperEfficiency {
  checkData(data)
  const points = pointsOf(data)
  const returns = options.returns ?? 'variable'
  const technology = new Technology(points, returns)
  const { scores, unsolved } = scoreAll(points, technology)
  const wrong = new Set(unsolved)
  const infeasible: number[] = []
  for (let unit = 0; unit < points.count; unit++) {
    if (scores[unit] !== 1) continue
    // What takes a unit's place on the frontier is not on the frontier of all.
    const others = new Technology(points, returns, technology.hull)
    const question = others.ask(pointAt(points, unit))
    const answer = others.answer(question, -1, unit)
    scores[unit] = answer.kind === 'solved' ? Math.max(1, answer.score) : Number.NaN
    if (answer.kind === 'infeasible') infeasible.push(unit)
    if (answer.kind === 'unsolved') wrong.add(unit)
  }
  return { scores, infeasible, unsolved: [...wrong].sort((a, b) => a - b) }
}
