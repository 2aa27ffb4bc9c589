import type { Returns } from '../data.ts'
import type { Points } from '../points.ts'

/**
 * One unit's question to a frontier: by how much could its inputs shrink if it did as well as a mix of the
 * reference points? Rows are divided by the unit's own values, so that all that the solver sees is a share
 * of what the unit has, in whatever units the columns are.
 */
export interface Question {
  readonly reference: Points
  readonly returns: Returns
  /** What each row is divided by. */
  readonly scale: Float64Array
  /** What is taken from each row of a reference point first: a condition is compared as a difference. */
  readonly shift: Float64Array
  /** What the mix must reach in each row, less the score where `shrinks`. */
  readonly wanted: Float64Array
  /** 1 in the rows that the score shrinks, else 0. */
  readonly shrinks: Float64Array
}

export function ask(point: Float64Array, reference: Points, returns: Returns): Question {
  const rows = reference.roles.length
  const scale = new Float64Array(rows)
  const shift = new Float64Array(rows)
  const wanted = new Float64Array(rows)
  const shrinks = new Float64Array(rows)
  reference.roles.forEach((role, row) => {
    const own = point[row] as number
    const greatest = reference.greatest[row] as number
    const size = role === 'condition' ? greatest : Math.abs(own) || greatest
    scale[row] = size || 1
    if (role === 'condition') shift[row] = own
    else if (role === 'input') shrinks[row] = 1
    else wanted[row] = own / (scale[row] as number)
  })
  return { reference, returns, scale, shift, wanted, shrinks }
}

/** Writes a reference point as the question sees it; returns its greatest row, at least the `floor`. */
export function seen(question: Question, unit: number, into: Float64Array, floor: number): number {
  const { reference, scale, shift } = question
  const rows = scale.length
  let greatest = floor
  for (let row = 0; row < rows; row++) {
    const value = reference.values[unit * rows + row] as number
    const share = (value - (shift[row] as number)) / (scale[row] as number)
    into[row] = share
    const size = Math.abs(share)
    if (size > greatest) greatest = size
  }
  return greatest
}

/** The least size that a point is divided by: where weights are summed, its place in the sum counts too. */
export const floorOf = (returns: Returns): number => (returns === 'constant' ? 1e-300 : 1)
