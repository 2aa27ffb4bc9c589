import {
  type Estimate,
  percentile,
  spreadOfProportions,
  spreadOfValues,
} from '@plumbline/statistics'

/** Values of one period over providers or places, a column each; NaN for what is not known. */
export interface Units {
  readonly values: Float64Array
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  readonly lower95: Float64Array
  readonly upper95: Float64Array
}

/** How much values differ between units, and how much of that is more than chance. */
export interface Lottery {
  readonly units: number
  /** A tenth of units lie at or below the first, a tenth at or above the second. */
  readonly tenth: number
  readonly ninetieth: number
  /** The share of the spread that is more than chance, 0 to 1; null where nobody knows the chance. */
  readonly share: Estimate | null
  /** The standard deviation of true values, in the indicator's unit. */
  readonly between: Estimate | null
  /** The 90th over the 10th percentile once chance is taken out; null where there is none. */
  readonly ratio: Estimate | null
}

/** Fewer than this are a list, not a spread. */
const fewest = 10

/**
 * The postcode lottery (para 24): the spread of values between units, and its part that is more than
 * chance. From counts where all units have them (beta-binomial), else from the intervals that the source
 * gives (normal-normal). Null for fewer than ten units.
 * @param scale turns a proportion into the unit shown: 100 for per cent.
 */
export function lotteryOf(units: Units, scale: number, counted: boolean): Lottery | null {
  const known = [...units.values.keys()].filter((i) => Number.isFinite(units.values[i]))
  if (known.length < fewest) return null
  const sorted = Float64Array.from(known, (i) => units.values[i] as number).sort()
  const seen = {
    units: known.length,
    tenth: percentile(sorted, 0.1),
    ninetieth: percentile(sorted, 0.9),
  }
  const spread = (counted ? fromCounts(units, scale) : null) ?? fromLimits(units)
  if (!spread) return { ...seen, share: null, between: null, ratio: null }
  return { ...seen, ...spread }
}

type Chance = Pick<Lottery, 'share' | 'between' | 'ratio'>

function fromCounts({ numerators, denominators }: Units, scale: number): Chance | null {
  const some = [...numerators.keys()].filter(
    (i) =>
      (denominators[i] as number) > 0 && (numerators[i] as number) <= (denominators[i] as number),
  )
  if (some.length < fewest) return null
  const spread = spreadOfProportions(
    Float64Array.from(some, (i) => numerators[i] as number),
    Float64Array.from(some, (i) => denominators[i] as number),
  )
  return {
    share: finite(spread.iSquared),
    between: finite(times(spread.betweenSd, scale)),
    ratio: finite(spread.ratio90To10 ?? null),
  }
}

function fromLimits({ values, lower95, upper95 }: Units): Chance | null {
  const error = (i: number): number =>
    ((upper95[i] as number) - (lower95[i] as number)) / (2 * 1.96)
  const some = [...values.keys()].filter((i) => Number.isFinite(values[i]) && error(i) > 0)
  if (some.length < fewest) return null
  const spread = spreadOfValues(
    Float64Array.from(some, (i) => values[i] as number),
    Float64Array.from(some, error),
  )
  return {
    share: finite(spread.iSquared),
    between: finite(spread.betweenSd),
    ratio: finite(spread.ratio90To10 ?? null),
  }
}

const times = (x: Estimate, by: number): Estimate => ({
  value: x.value * by,
  lower: x.lower * by,
  upper: x.upper * by,
})

/** An estimate that can be stored and shown. */
function finite(x: Estimate | null): Estimate | null {
  return x && [x.value, x.lower, x.upper].every(Number.isFinite) ? x : null
}
