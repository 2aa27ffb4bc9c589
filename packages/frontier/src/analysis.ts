import { checkData, type FrontierData, unitsOf } from './data.ts'
import { frontierOrder } from './order.ts'
import { placeOf } from './place.ts'
import { pointAt, pointsOf } from './points.ts'
import { type Mix, mixHolds, slackestMix } from './programme/mix.ts'
import { breaksEven } from './programme/prices.ts'
import { attempts } from './programme/solve.ts'
import { type ScoreOptions, scoreAll } from './scores.ts'
import { Technology, tolerance } from './technology.ts'
import { resultOf, type SolvedUnit, type UnsolvedUnit } from './unit-result.ts'

export interface FrontierAnalysis {
  readonly units: readonly (SolvedUnit | UnsolvedUnit)[]
  /** The strongly efficient units. */
  readonly frontier: readonly number[]
}

/**
 * For each unit its score, its peers on the frontier, slacks, targets and returns to scale. Two stages: the
 * inputs shrink in proportion as far as they can, then the slacks are made as great as they can be, each as a
 * share of the unit's own value (the measure of inefficiency proportions), so that nothing hangs on the units
 * of a column. Of units with the same values the first stands for all.
 *
 * @throws FrontierError where the data has no frontier (see {@link efficiencyScores}).
 * @example analyseFrontier({ inputs: [Float64Array.of(2, 3, 3, 4, 5, 5, 6, 8)],
 *   outputs: [Float64Array.of(1, 3, 2, 3, 4, 2, 3, 5)] }).units[2]
 * // { kind: 'solved', score: 0.8333…, constantScore: 0.6666…, variableScore: 0.8333…,
 * //   scaleEfficiency: 0.8, returnsToScale: 'increasing', efficient: 'no',
 * //   peers: [{ unit: 1, weight: 0.5 }, { unit: 0, weight: 0.5 }],
 * //   inputSlacks: [0], outputSlacks: [0], inputTargets: [2.5], outputTargets: [2] }
 */
export function analyseFrontier(data: FrontierData, options: ScoreOptions = {}): FrontierAnalysis {
  checkData(data)
  const points = pointsOf(data)
  const variable = new Technology(points, 'variable')
  const variableScores = scoreAll(points, variable).scores
  // What is possible under any returns is spanned by the frontier under variable returns.
  const { hull } = variable
  const constantScores = scoreAll(points, new Technology(points, 'constant', hull)).scores
  const falling = new Technology(points, 'non-increasing', hull)
  const returns = options.returns ?? 'variable'
  const peersFrom = frontierOrder(points, hull)
  const asked = new Technology(points, returns, peersFrom)
  const known = { variable: variableScores, constant: constantScores }
  const scores =
    returns === 'variable' || returns === 'constant'
      ? known[returns]
      : scoreAll(points, asked).scores
  const units = Array.from({ length: unitsOf(data) }, (_, unit) => {
    const score = scores[unit] as number
    const place = placeOf(unit, points, constantScores, variableScores, falling)
    const mix = Number.isNaN(score) ? undefined : bestMix(asked, peersFrom, unit, score)
    if (place === undefined || mix === undefined) return { kind: 'unsolved' } as const
    return resultOf(data, unit, score, place, mix)
  })
  const frontier = Array.from(units.keys()).filter((unit) => {
    const result = units[unit]
    return result?.kind === 'solved' && result.efficient === 'strong'
  })
  return { units, frontier }
}

/**
 * The second stage, checked; undefined where it does not hold. Only points that break even at the prices of
 * the score can be in a mix that attains it.
 */
function bestMix(
  technology: Technology,
  from: readonly number[],
  unit: number,
  score: number,
): Mix | undefined {
  const question = technology.ask(pointAt(technology.reference, unit))
  const answer = technology.answer(question, unit)
  if (answer.kind !== 'solved') return undefined
  const even = from.filter((other) => breaksEven(question, answer.prices, other, tolerance))
  for (const attempt of attempts) {
    const mix = slackestMix(question, even, score, attempt)
    if (mix !== undefined && mixHolds(question, mix, tolerance)) return mix
  }
  return undefined
}
