import { normalCdf } from '../distributions.ts'
import { checkLength, StatisticsError } from '../errors.ts'

/** Fixed cut points. `names` is one longer than `from`: the first name is for scores below all cuts. */
export interface Cuts {
  /** From the worst grade to the best. */
  readonly names: readonly string[]
  /** The score from which each grade but the worst is given, upward. */
  readonly from: Float64Array
}

/**
 * The grade of each score as its place in `names`; -1 where there is no score (NaN). Fixed cuts, set
 * before the scores are known, can be reached by everyone: grades by quantile fail a fixed share.
 *
 * @throws StatisticsError naming `cuts`.
 * @example gradesOf(Float64Array.of(10, 50), { names: ['F', 'C', 'A'], from: Float64Array.of(30, 60) })
 * // [0, 1]
 */
export function gradesOf(scores: Float64Array, cuts: Cuts): Int8Array {
  checkCuts(cuts)
  const grades = new Int8Array(scores.length)
  for (let i = 0; i < scores.length; i++) grades[i] = gradeAt(scores[i] as number, cuts.from)
  return grades
}

/** The place of a score among the cuts; -1 for NaN. */
export function gradeAt(score: number, from: Float64Array): number {
  if (Number.isNaN(score)) return -1
  let grade = 0
  while (grade < from.length && score >= (from[grade] as number)) grade++
  return grade
}

/**
 * The probability of each grade, a column for each in the order of `names`, if the true score lies about
 * the score as a normal distribution with its standard error. A unit's probabilities add up to 1; NaN
 * where it has no score.
 *
 * @throws StatisticsError naming `cuts` or `standardErrors`.
 * @example gradeProbabilities(Float64Array.of(30), Float64Array.of(5),
 *   { names: ['F', 'A'], from: Float64Array.of(30) })[1][0] // 0.5
 */
export function gradeProbabilities(
  scores: Float64Array,
  standardErrors: Float64Array,
  cuts: Cuts,
): Float64Array[] {
  checkCuts(cuts)
  checkLength('standardErrors', standardErrors, scores.length)
  const wrong = standardErrors.findIndex((error) => error < 0)
  if (wrong >= 0) throw new StatisticsError('standardErrors', `number ${wrong} is below 0`)
  const columns = cuts.names.map(() => new Float64Array(scores.length))
  for (let i = 0; i < scores.length; i++) {
    let before = 0
    for (let g = 0; g < columns.length; g++) {
      const below =
        g < cuts.from.length ? shareBelow(scores, standardErrors, i, cuts.from[g] as number) : 1
      const column = columns[g] as Float64Array
      column[i] = Number.isNaN(scores[i]) ? Number.NaN : below - before
      before = below
    }
  }
  return columns
}

function shareBelow(scores: Float64Array, errors: Float64Array, i: number, cut: number): number {
  const score = scores[i] as number
  const error = errors[i] as number
  if (Number.isNaN(score) || Number.isNaN(error)) return Number.NaN
  if (error === 0) return score < cut ? 1 : 0
  return normalCdf((cut - score) / error)
}

/** Throws StatisticsError unless the cuts rise and every grade has a name. */
export function checkCuts({ names, from }: Cuts): void {
  if (names.length !== from.length + 1) {
    throw new StatisticsError(
      'cuts',
      `${from.length} cuts make ${from.length + 1} grades, not ${names.length}`,
    )
  }
  for (let g = 0; g < from.length; g++) {
    const cut = from[g] as number
    if (!Number.isFinite(cut) || (g > 0 && cut <= (from[g - 1] as number))) {
      throw new StatisticsError('cuts', `cut ${g}, ${cut}, is not above the one before`)
    }
  }
}
