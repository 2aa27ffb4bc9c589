/** Weights for each row, with what each was multiplied by. */
export interface Weighting {
  readonly kind: 'weights'
  readonly weights: Float64Array
  /** New weight / old weight; 0 where a row is left out. */
  readonly factors: Float64Array
  /** What a reader should know, as sentences; empty where there is nothing. */
  readonly notes: readonly string[]
}

/** Weights that were found step by step. */
export interface IteratedWeighting extends Weighting {
  readonly iterations: number
}

/** New weights over old, 1 where both are 0. */
export function factorsOf(after: Float64Array, before: Float64Array): Float64Array {
  return after.map((weight, i) => {
    const old = before[i] as number
    return old === 0 ? 0 : weight / old
  })
}
