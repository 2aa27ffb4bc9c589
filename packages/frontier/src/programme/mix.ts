import type { Constraint } from 'yalps'
import { floorOf, type Question, seen } from './question.ts'
import { type Programme, solveProgramme } from './solve.ts'

/** A mix of reference points: the envelopment form's answer. */
export interface Mix {
  readonly score: number
  /** Beside each of the points asked about, its weight. */
  readonly weights: Float64Array
  /** Weights in proportion to the points' sizes; near 0 is rounding. */
  readonly shares: Float64Array
  /** By how much the mix does better than wanted in each row, as a share of the question's scale. */
  readonly slack: Float64Array
  readonly scale: Float64Array
}

export type MixFound =
  | ({ readonly kind: 'optimal' } & Mix)
  | { readonly kind: 'infeasible' | 'unfinished' }

/** The mix of the points in `from` that needs the least of the shrinkable inputs. */
export function leastMix(question: Question, from: readonly number[], precision: number): MixFound {
  const mixing = mixingOf(question, from)
  const { wanted, shrinks } = question
  const programme: Programme = {
    direction: 'minimize',
    objective: [1, ...from.map(() => 0)],
    coefficients: [[...shrinks, 0], ...mixing.coefficients],
    constraints: [...Array.from(wanted, (min) => ({ min })), ...mixing.sum],
  }
  const found = solveProgramme(programme, precision)
  if (found.kind === 'infeasible') return { kind: 'infeasible' }
  if (found.kind !== 'optimal') return { kind: 'unfinished' }
  const score = found.values[0] as number
  return { kind: 'optimal', ...mixFrom(question, mixing, score, found.values.subarray(1)) }
}

/**
 * Of the mixes that reach the score, the one with the most to spare: the second stage. Each slack counts
 * as a share of the unit's own value (the measure of inefficiency proportions), so that it does not matter
 * in which units a column is; slacks of what is fixed do not count (Banker and Morey 1986).
 */
export function slackestMix(
  question: Question,
  from: readonly number[],
  score: number,
  leeway: number,
  precision: number,
): MixFound {
  const mixing = mixingOf(question, from)
  const { wanted, shrinks, reference } = question
  const counts = reference.roles.map((role) => role === 'input' || role === 'output')
  const programme: Programme = {
    direction: 'maximize',
    objective: mixing.coefficients.map((row) =>
      counts.reduce((sum, counted, r) => (counted ? sum + (row[r] as number) : sum), 0),
    ),
    coefficients: mixing.coefficients,
    constraints: [
      ...Array.from(wanted, (w, r) => ({ min: w - (score + leeway) * (shrinks[r] as number) })),
      ...mixing.sum,
    ],
  }
  const found = solveProgramme(programme, precision)
  if (found.kind === 'infeasible') return { kind: 'infeasible' }
  if (found.kind !== 'optimal') return { kind: 'unfinished' }
  return { kind: 'optimal', ...mixFrom(question, mixing, score, found.values) }
}

interface Mixing {
  /** For each point, its rows and last its place in the sum of weights, divided by its size. */
  readonly coefficients: readonly Float64Array[]
  readonly sizes: Float64Array
  readonly sum: readonly Constraint[]
}

const sums: Record<Question['returns'], readonly Constraint[]> = {
  constant: [],
  variable: [{ equal: 1 }],
  'non-increasing': [{ max: 1 }],
  'non-decreasing': [{ min: 1 }],
}

function mixingOf(question: Question, from: readonly number[]): Mixing {
  const rows = question.scale.length
  const sizes = new Float64Array(from.length)
  const coefficients = from.map((unit, at) => {
    const row = new Float64Array(rows + 1)
    const size = seen(question, unit, row, floorOf(question.returns))
    sizes[at] = size
    for (let r = 0; r < rows; r++) row[r] = (row[r] as number) / size
    row[rows] = 1 / size
    return row
  })
  return { coefficients, sizes, sum: sums[question.returns] }
}

function mixFrom(question: Question, mixing: Mixing, score: number, shares: Float64Array): Mix {
  const { wanted, shrinks, scale } = question
  const slack = wanted.map((w, row) => score * (shrinks[row] as number) - w)
  shares.forEach((share, at) => {
    const point = mixing.coefficients[at] as Float64Array
    for (let row = 0; row < slack.length; row++) {
      slack[row] = (slack[row] as number) + share * (point[row] as number)
    }
  })
  const weights = shares.map((share, at) => share / (mixing.sizes[at] as number))
  return { score, weights, shares, slack, scale }
}

/** Whether the mix, put back into the question, keeps every constraint to within the tolerance. */
export function mixHolds({ returns }: Question, mix: Mix, tolerance: number): boolean {
  const total = mix.weights.reduce((sum, weight) => sum + weight, 0)
  const over = total - 1
  if (returns === 'variable' && Math.abs(over) > tolerance) return false
  if (returns === 'non-increasing' && over > tolerance) return false
  if (returns === 'non-decreasing' && over < -tolerance) return false
  return mix.shares.every((share) => share >= 0) && mix.slack.every((slack) => slack >= -tolerance)
}
