import { type Points, pointAt } from './points.ts'
import { type Technology, tolerance } from './technology.ts'
import type { SolvedUnit } from './unit-result.ts'

/** Where on the frontier a unit is. */
export type Place = Pick<
  SolvedUnit,
  'constantScore' | 'variableScore' | 'scaleEfficiency' | 'returnsToScale'
>

/**
 * A unit's place from its scores under constant and variable returns, and under non-increasing returns where
 * they differ; undefined where one of them is not solved.
 */
export function placeOf(
  unit: number,
  points: Points,
  constants: Float64Array,
  variables: Float64Array,
  falling: Technology,
): Place | undefined {
  const constantScore = constants[unit] as number
  const variableScore = variables[unit] as number
  if (Number.isNaN(constantScore + variableScore)) return undefined
  const loss = variableScore - constantScore
  const both = { constantScore, variableScore }
  if (loss <= 10 * tolerance) return { ...both, scaleEfficiency: 1, returnsToScale: 'constant' }
  const answer = falling.answer(falling.ask(pointAt(points, unit)), unit)
  if (answer.kind !== 'solved') return undefined
  const decreasing = Math.abs(answer.score - variableScore) < Math.abs(answer.score - constantScore)
  return {
    ...both,
    scaleEfficiency: constantScore / variableScore,
    returnsToScale: decreasing ? 'decreasing' : 'increasing',
  }
}
