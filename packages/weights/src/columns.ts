import { type Refusal, refuse } from './refusal.ts'

export function sum(column: Float64Array): number {
  let total = 0
  for (let i = 0; i < column.length; i++) total += column[i] as number
  return total
}

/** A refusal unless the column has as many rows as are needed. */
export function checkLength(
  name: string,
  column: ArrayLike<unknown>,
  rows: number,
): Refusal | undefined {
  if (column.length === rows) return undefined
  return refuse(
    'unlike-columns',
    `${name} has ${column.length} rows where the weights have ${rows}. Give both one row for each answer.`,
    { variable: name },
  )
}

/** A refusal unless all weights are finite, none is negative and some are above 0. */
export function checkWeights(weights: Float64Array): Refusal | undefined {
  if (weights.length === 0) return refuse('no-rows', 'There are no rows. Give at least one.')
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    if (!Number.isFinite(weight)) {
      return refuse('invalid-number', `The weight of row ${i} is ${weight}. Give a finite number.`)
    }
    if (weight < 0) {
      return refuse(
        'negative-weights',
        `The weight of row ${i} is ${weight}. Give weights from 0 up.`,
      )
    }
    total += weight
  }
  return total > 0 ? undefined : refuse('no-weight', 'All weights are 0. Give some above 0.')
}

/** A refusal unless all values are finite. */
export function checkFinite(name: string, values: Float64Array): Refusal | undefined {
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad < 0) return undefined
  return refuse(
    'invalid-number',
    `${name} is ${values[bad]} in row ${bad}. Give a finite number, or leave the row out.`,
    { variable: name },
  )
}

/** The first refusal of several checks. */
export const firstRefusal = (checks: readonly (Refusal | undefined)[]): Refusal | undefined =>
  checks.find((check) => check !== undefined)

/** A number as words show it: at most four significant digits, no trailing noise. */
export const shown = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15
    ? value.toLocaleString('en-GB')
    : Number(value.toPrecision(4)).toLocaleString('en-GB', { maximumSignificantDigits: 4 })

/** A refusal unless the seed is a whole number that random numbers can start from. */
export function checkSeed(seed: number): Refusal | undefined {
  if (Number.isSafeInteger(seed) && seed >= 0) return undefined
  return refuse('invalid-number', `The seed is ${seed}. Give a whole number from 0 to 2^53 - 1.`)
}

/** A refusal unless the confidence lies between 0 and 1. */
export function checkConfidence(confidence: number): Refusal | undefined {
  if (confidence > 0 && confidence < 1) return undefined
  return refuse('invalid-number', `The confidence is ${confidence}. Give one between 0 and 1.`)
}
