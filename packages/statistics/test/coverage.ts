import type { Interval } from '../src/index.ts'

/** The share of `times` trials whose interval holds the truth. */
export function coverage(times: number, truth: number, trial: () => Interval): number {
  let held = 0
  for (let i = 0; i < times; i++) {
    const { lower, upper } = trial()
    if (lower <= truth && truth <= upper) held++
  }
  return held / times
}
