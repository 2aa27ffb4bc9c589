import { type FrontierData, holdsConditions, isFixed, unitsOf } from './data.ts'

/** What a row of a unit is for. */
export type Role =
  /** An input that the score shrinks. */
  | 'input'
  | 'output'
  /** Compared as a sum over peers, neither shrunk nor grown. */
  | 'fixed-amount'
  /** Compared as an average over peers. */
  | 'condition'

/**
 * Units as points, in the form that the programmes share: every row is wanted high, so inputs are negative.
 * `values` holds the rows of unit 0, then of unit 1, and so on.
 */
export interface Points {
  readonly count: number
  readonly roles: readonly Role[]
  readonly values: Float64Array
  /** The greatest size in each row, for scaling. */
  readonly greatest: Float64Array
}

/** The columns of the data, inputs first, as points. */
export function pointsOf(data: FrontierData): Points {
  const columns = [...data.inputs, ...data.outputs]
  const inputs = data.inputs.length
  const roles = columns.map((_, c): Role => {
    const side = c < inputs ? 'inputs' : 'outputs'
    if (isFixed(data, side, c < inputs ? c : c - inputs)) {
      return holdsConditions(data) ? 'condition' : 'fixed-amount'
    }
    return c < inputs ? 'input' : 'output'
  })
  const count = unitsOf(data)
  const values = new Float64Array(count * columns.length)
  columns.forEach((column, c) => {
    const sign = c < inputs ? -1 : 1
    for (let unit = 0; unit < count; unit++) {
      values[unit * columns.length + c] = sign * (column[unit] as number)
    }
  })
  return pointsFrom(count, roles, values)
}

export function pointsFrom(count: number, roles: readonly Role[], values: Float64Array): Points {
  const rows = roles.length
  const greatest = new Float64Array(rows)
  for (let at = 0; at < values.length; at++) {
    const row = at % rows
    greatest[row] = Math.max(greatest[row] as number, Math.abs(values[at] as number))
  }
  return { count, roles, values, greatest }
}

export function pointAt(points: Points, unit: number): Float64Array {
  const rows = points.roles.length
  return points.values.subarray(unit * rows, (unit + 1) * rows)
}
