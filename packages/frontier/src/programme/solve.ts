import { type Constraint, type OptimizationDirection, solve } from 'yalps'

/** A linear programme over variables from 0 up, a row of coefficients for each variable. */
export interface Programme {
  readonly direction: OptimizationDirection
  /** For each variable, its share of the objective. */
  readonly objective: ArrayLike<number>
  /** For each variable, its coefficient in each constraint. */
  readonly coefficients: readonly ArrayLike<number>[]
  readonly constraints: readonly Constraint[]
}

export type Solution =
  | { readonly kind: 'optimal'; readonly values: Float64Array }
  | { readonly kind: 'infeasible' | 'unbounded' | 'unfinished' }

/**
 * The solver's tolerances, to which it also rounds, the finer first: where an answer does not pass the checks
 * with one, the next is tried. Callers scale rows and columns so that what matters lies near 1.
 */
export const precisions = [1e-12, 1e-10, 1e-8] as const

/** Far more than a programme of a dozen rows needs unless the solver goes in circles. */
const maxPivots = 500

/** Solves with yalps. Whether the answer is right is for the caller to check by substitution. */
export function solveProgramme(programme: Programme, precision: number): Solution {
  const { direction, objective, coefficients } = programme
  const goal = -1
  const variables = coefficients.map((row, i): [number, [number, number][]] => {
    const entries: [number, number][] = [[goal, objective[i] as number]]
    for (let c = 0; c < programme.constraints.length; c++) entries.push([c, row[c] as number])
    return [i, entries]
  })
  const constraints = programme.constraints.entries()
  const model = { direction, objective: goal, constraints, variables }
  const found = solve(model, { precision, includeZeroVariables: true, maxPivots })
  if (found.status === 'infeasible' || found.status === 'unbounded') return { kind: found.status }
  if (found.status !== 'optimal') return { kind: 'unfinished' }
  return { kind: 'optimal', values: Float64Array.from(found.variables, ([, value]) => value) }
}
