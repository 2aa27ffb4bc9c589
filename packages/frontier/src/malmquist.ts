import { checkData, type FrontierData } from './data.ts'
import { FrontierError } from './errors.ts'
import { type Points, pointAt, pointsOf } from './points.ts'
import { scoreAll } from './scores.ts'
import { Technology } from './technology.ts'

export interface MalmquistOptions {
  /**
   * `above-1-improves` (the default): Färe, Grosskopf, Norris and Zhang (1994), by output distances, as DEAP,
   * deaR and most papers report it. `below-1-improves`: the reciprocals, by input distances, as Färe,
   * Grosskopf, Lindgren and Roos (1992) reported Swedish pharmacies.
   */
  readonly convention?: 'above-1-improves' | 'below-1-improves'
}

/** How the productivity of each unit changed, a column each; 1 is no change, NaN where there is no answer. */
export interface Malmquist {
  /** `efficiencyChange * technicalChange`. */
  readonly index: Float64Array
  /** Whether the unit came nearer to the frontier; `pureEfficiencyChange * scaleChange`. */
  readonly efficiencyChange: Float64Array
  /** Whether the frontier moved where the unit is. */
  readonly technicalChange: Float64Array
  /** Under variable returns. */
  readonly pureEfficiencyChange: Float64Array
  readonly scaleChange: Float64Array
  /** Units without an index: a period that cannot do what the other did, or a solution that failed a check. */
  readonly unanswered: readonly number[]
}

/**
 * The Malmquist index of productivity change between two periods (Färe, Grosskopf, Norris and Zhang 1994): the
 * geometric mean of the changes seen from the frontiers of both periods, under constant returns, as the
 * product of efficiency change and technical change; efficiency change is split further into pure and scale.
 * Unit i must be the same unit in both periods, with the same columns.
 *
 * @throws FrontierError where a period has no frontier, or the two do not match.
 * @example malmquist({ inputs: [Float64Array.of(2, 3, 5, 4, 4, 4)], outputs: [Float64Array.of(1, 4, 6, 3, 5, 5)] },
 *   { inputs: [Float64Array.of(1, 2, 4, 3, 4, 4)], outputs: [Float64Array.of(1, 4, 6, 3, 3, 3)] }).index
 * // [2, 1.5, 1.25, 1.3333…, 0.6, 0.6]
 */
export function malmquist(
  before: FrontierData,
  after: FrontierData,
  options: MalmquistOptions = {},
): Malmquist {
  checkData(before)
  checkData(after)
  const [first, second] = [pointsOf(before), pointsOf(after)]
  checkSame(first, second)
  const old = new Technology(first, 'constant')
  const now = new Technology(second, 'constant')
  const ownOld = scoreAll(first, old).scores
  const ownNow = scoreAll(second, now).scores
  const nowByOld = scoreAgainst(second, old)
  const oldByNow = scoreAgainst(first, now)
  const pureOld = scoreAll(first, new Technology(first, 'variable')).scores
  const pureNow = scoreAll(second, new Technology(second, 'variable')).scores
  const turn = options.convention === 'below-1-improves' ? -1 : 1
  const column = (of: (unit: number) => number): Float64Array =>
    Float64Array.from({ length: first.count }, (_, unit) => of(unit) ** turn)
  const at = (scores: Float64Array, unit: number): number => scores[unit] as number
  const efficiency = (unit: number): number => at(ownNow, unit) / at(ownOld, unit)
  const pure = (unit: number): number => at(pureNow, unit) / at(pureOld, unit)
  const technical = (unit: number): number =>
    Math.sqrt((at(nowByOld, unit) / at(ownNow, unit)) * (at(ownOld, unit) / at(oldByNow, unit)))
  const index = column((unit) => efficiency(unit) * technical(unit))
  return {
    index,
    efficiencyChange: column(efficiency),
    technicalChange: column(technical),
    pureEfficiencyChange: column(pure),
    scaleChange: column((unit) => efficiency(unit) / pure(unit)),
    unanswered: Array.from(index.keys()).filter((unit) => Number.isNaN(index[unit])),
  }
}

/** Scores of points against another period's technology, which may be above 1; NaN where there is none. */
function scoreAgainst(points: Points, technology: Technology): Float64Array {
  return Float64Array.from({ length: points.count }, (_, unit) => {
    const answer = technology.answer(technology.ask(pointAt(points, unit)))
    return answer.kind === 'solved' ? answer.score : Number.NaN
  })
}

function checkSame(first: Points, second: Points): void {
  if (first.count !== second.count) {
    throw new FrontierError(
      'invalid-data',
      `${first.count} units before and ${second.count} after: give the units that are in both periods`,
    )
  }
  if (first.roles.join() !== second.roles.join()) {
    throw new FrontierError('invalid-data', 'the two periods must have the same columns')
  }
}
