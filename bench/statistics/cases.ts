import { type Measurement, median, ratioOf } from './measure.ts'

/** A run to be measured, the most that it may take, and the columns that it reads. */
export interface Case {
  readonly name: string
  /** In milliseconds. */
  readonly target: number
  readonly run: () => unknown
  readonly reads: readonly Float64Array[]
}

/** Each case's median of 11 runs, also as a ratio to the simplest loop that reads the same columns. */
export function measureCases(cases: readonly Case[]): Measurement[] {
  return cases.map(({ name, target, run, reads }) => {
    const milliseconds = median(11, run)
    return {
      name,
      milliseconds,
      target,
      ratio: ratioOf(
        milliseconds,
        median(11, () => sum(reads)),
      ),
    }
  })
}

function sum(columns: readonly Float64Array[]): number {
  let total = 0
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) total += column[i] as number
  }
  return total
}
