import { absoluteGap, type Estimate, relativeGap, slopeIndexInterval } from '@plumbline/statistics'
import type { HeldGap } from './gap-trend.ts'
import { errorFrom } from './means.ts'

/** A tenth of a place's people as its source gives it. */
export interface Tenth extends Estimate {
  /** Null where the source does not say how many. */
  readonly people: number | null
}

/** How a place's own published figures differ with deprivation. */
export interface Tenths {
  /** What they are tenths of: "England's people, by how deprived their county is". */
  readonly of: string
  /** The groups that they were read from, of which boundaries are a part: "deprivation decile={tenth}". */
  readonly breakdown: string
  /** Ten, the most deprived first. */
  readonly tenths: readonly Tenth[]
  /** Most deprived tenth less the least deprived one (MOVER). */
  readonly gap: Estimate
  /** How many times the least deprived tenth the most deprived one is; null where 0 is no floor. */
  readonly ratio: Estimate | null
  /** The most deprived end of a line through all ten less its least deprived end. */
  readonly slope: Estimate
}

/**
 * Gap and slope index from ten published figures, the most deprived first, weighted by their people where
 * the source gives them for all, else alike. The intervals are of the people counted, not of providers.
 * Null unless there are ten.
 * @param fromNought whether 0 is the least that a value can be, so that "times as much" says something.
 */
export function tenthsOf(
  { of, breakdown }: Pick<Tenths, 'of' | 'breakdown'>,
  tenths: readonly Tenth[],
  fromNought: boolean,
): { readonly found: Tenths; readonly held: HeldGap } | null {
  const [most, least] = [tenths[0], tenths[9]]
  if (tenths.length !== 10 || !most || !least) return null
  const counted = tenths.every((t) => (t.people ?? 0) > 0)
  const { sii } = slopeIndexInterval({
    values: Float64Array.from(tenths, (t) => t.value),
    populations: Float64Array.from(tenths, (t) => (counted ? (t.people ?? 1) : 1)),
    standardErrors: Float64Array.from(tenths, errorFrom),
  })
  const gap = absoluteGap(most, least)
  const found = {
    of,
    breakdown,
    tenths,
    gap,
    ratio: fromNought && least.lower > 0 ? relativeGap(most, least) : null,
    slope: { value: 0 - sii.value, lower: 0 - sii.upper, upper: 0 - sii.lower },
  }
  return { found, held: { gap, pulls: null, degrees: Number.POSITIVE_INFINITY } }
}
