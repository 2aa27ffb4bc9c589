import { type Constraint, solve } from 'yalps'
import { solveLinear } from './linear.ts'

/** Maximises over variables from 0 up, each sum of coefficients times variables staying at or below `most`. */
export interface Programme {
  /** For each variable, its share of the objective. */
  readonly objective: Float64Array
  /** For each variable, its coefficient in each constraint. */
  readonly coefficients: readonly Float64Array[]
  /** For each constraint, what the sum may be at most. */
  readonly most: Float64Array
}

export type Solution =
  | {
      readonly kind: 'optimal'
      readonly values: Float64Array
      /** For each constraint, what a little more room would be worth: the dual solution. */
      readonly worth: Float64Array
    }
  | { readonly kind: 'infeasible' | 'unbounded' | 'unfinished' }

/** How the solver is asked. */
export interface Attempt {
  /**
   * How far constraints are moved apart first. Frontiers are degenerate (at the start every constraint is
   * tight), and the solver would go in circles; with room of its own for each constraint it moves on.
   */
  readonly spread: number
  /** The solver's tolerance. */
  readonly precision: number
}

/** The next is made where the answer of one does not pass the checks. */
export const attempts: readonly Attempt[] = [
  { spread: 1e-6, precision: 1e-12 },
  { spread: 1e-8, precision: 1e-12 },
  { spread: 1e-6, precision: 1e-10 },
  { spread: 1e-4, precision: 1e-9 },
  { spread: 1e-7, precision: 1e-9 },
  { spread: 1e-10, precision: 1e-13 },
  { spread: 1e-3, precision: 1e-8 },
  { spread: 1e-8, precision: 1e-9 },
  { spread: 1e-9, precision: 1e-9 },
]

/** Far more than a programme of a dozen rows or columns needs unless the solver goes in circles. */
const maxPivots = 500

/**
 * Finds with yalps which constraints are tight and which variables are above 0, with constraints moved a
 * little apart, and solves that basis exactly for the programme as it was given. Whether both solutions keep
 * every constraint is for the caller to check by substitution.
 */
export function solveProgramme(programme: Programme, { spread, precision }: Attempt): Solution {
  const { objective, coefficients, most } = programme
  const room = most.map((max, c) => max + spread * (1 + scattered(c)))
  const goal = -1
  const variables = coefficients.map((row, i): [number, [number, number][]] => {
    const entries: [number, number][] = [[goal, objective[i] as number]]
    for (let c = 0; c < row.length; c++) entries.push([c, row[c] as number])
    return [i, entries]
  })
  const constraints = Array.from(room, (max, c): [number, Constraint] => [c, { max }])
  const model = { direction: 'maximize' as const, objective: goal, constraints, variables }
  const found = solve(model, { precision, includeZeroVariables: true, maxPivots })
  if (found.status === 'infeasible' || found.status === 'unbounded') return { kind: found.status }
  if (found.status !== 'optimal') return { kind: 'unfinished' }
  return exactly(
    programme,
    Float64Array.from(found.variables, ([, value]) => value),
    room,
    spread,
  )
}

/**
 * A number from 0 to 1 for each place, the same on every machine. Scattered, since evenly spaced rooms stand
 * in whole proportions to each other, as the constraints of units of equal proportions do.
 */
function scattered(place: number): number {
  const mixed = Math.imul(place + 1, 0x9e3779b1)
  const again = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return ((again ^ (again >>> 13)) >>> 0) / 2 ** 32
}

function exactly(
  { objective, coefficients, most }: Programme,
  near: Float64Array,
  room: Float64Array,
  spread: number,
): Solution {
  const used = Array.from(near.keys()).filter((i) => (near[i] as number) > 1e-4 * spread)
  const spare = room.map((max, c) =>
    used.reduce((left, i) => left - (near[i] as number) * (coefficients[i]?.[c] as number), max),
  )
  // As many constraints are tight as variables are used; rounding decides which only where it may.
  const order = Array.from(spare.keys()).sort((a, b) => (spare[a] as number) - (spare[b] as number))
  const tight = order.slice(0, used.length)
  const matrix = tight.map((c) => Float64Array.from(used, (i) => coefficients[i]?.[c] as number))
  const turned = used.map((i) => Float64Array.from(tight, (c) => coefficients[i]?.[c] as number))
  const basic = solveLinear(
    matrix,
    Float64Array.from(tight, (c) => most[c] as number),
  )
  const dual = solveLinear(
    turned,
    Float64Array.from(used, (i) => objective[i] as number),
  )
  if (basic === undefined || dual === undefined) return { kind: 'unfinished' }
  const values = new Float64Array(near.length)
  const worth = new Float64Array(most.length)
  used.forEach((i, at) => {
    values[i] = basic[at] as number
  })
  tight.forEach((c, at) => {
    worth[c] = dual[at] as number
  })
  return { kind: 'optimal', values, worth }
}
