import { floorOf, type Question, seen } from './question.ts'
import { type Attempt, solveProgramme } from './solve.ts'

/** A mix of reference points: the envelopment form's answer. */
export interface Mix {
  readonly score: number
  readonly parts: readonly Part[]
  /** By how much the mix does better than wanted in each row, as a share of the question's scale. */
  readonly slack: Float64Array
  readonly scale: Float64Array
}

export interface Part {
  readonly unit: number
  readonly weight: number
  /** The weight in proportion to the point's size. */
  readonly share: number
}

/** Shares this near 0 are rounding. */
const rounding = 1e-9

/** What comes of weighing the reference points so, at this score; undefined where a weight is below 0. */
export function mixOf(
  question: Question,
  score: number,
  units: readonly number[],
  shares: Float64Array,
): Mix | undefined {
  if (shares.some((share) => share < -rounding)) return undefined
  const { wanted, shrinks, scale, returns } = question
  const slack = wanted.map((w, row) => score * (shrinks[row] as number) - w)
  const point = new Float64Array(slack.length)
  const parts: Part[] = []
  units.forEach((unit, at) => {
    const share = shares[at] as number
    if (share <= rounding) return
    const weight = share / seen(question, unit, point, floorOf(returns))
    for (let row = 0; row < slack.length; row++) {
      slack[row] = (slack[row] as number) + weight * (point[row] as number)
    }
    parts.push({ unit, weight, share })
  })
  return { score, parts, slack, scale }
}

/** Whether the mix, put back into the question, keeps every constraint to within the tolerance. */
export function mixHolds({ returns }: Question, mix: Mix, tolerance: number): boolean {
  const over = mix.parts.reduce((sum, { weight }) => sum + weight, -1)
  if (returns === 'variable' && Math.abs(over) > tolerance) return false
  if (returns === 'non-increasing' && over > tolerance) return false
  if (returns === 'non-decreasing' && over < -tolerance) return false
  return mix.slack.every((slack) => slack >= -tolerance)
}

/**
 * Of the mixes of these points that reach the score, the one with the most to spare: the second stage. Each
 * slack counts as a share of the unit's own value (the measure of inefficiency proportions), so that it does
 * not matter in which units a column is; slacks of what is fixed do not count (Banker and Morey 1986).
 */
export function slackestMix(
  question: Question,
  units: readonly number[],
  score: number,
  attempt: Attempt,
): Mix | undefined {
  const { wanted, shrinks, reference, returns } = question
  const rows = wanted.length
  const counts = reference.roles.map((role) => role === 'input' || role === 'output')
  const limits = sumLimits[returns]
  const most = Float64Array.of(
    ...wanted.map((w, row) => score * (shrinks[row] as number) - w),
    ...limits,
  )
  const objective = new Float64Array(units.length)
  const coefficients = units.map((unit, at) => {
    const row = new Float64Array(rows + limits.length)
    const size = seen(question, unit, row, floorOf(returns))
    for (let r = 0; r < rows; r++) {
      const value = (row[r] as number) / size
      row[r] = -value
      if (counts[r]) objective[at] = (objective[at] as number) + value
    }
    limits.forEach((limit, i) => {
      row[rows + i] = limit / size
    })
    return row
  })
  const found = solveProgramme({ objective, coefficients, most }, attempt)
  return found.kind === 'optimal' ? mixOf(question, score, units, found.values) : undefined
}

/** What the sum of weights, or the sum with its sign turned, may be at most. */
const sumLimits: Record<Question['returns'], readonly number[]> = {
  constant: [],
  variable: [1, -1],
  'non-increasing': [1],
  'non-decreasing': [-1],
}
