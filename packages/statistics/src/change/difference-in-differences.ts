import { checkColumn } from '../columns.ts'
import { criticalValue, normalCdf, tCdf, tQuantile } from '../distributions.ts'
import { checkConfidence, checkCount, checkFinite, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'

/** An effect with its standard error and two-sided p value against 0. */
export interface Effect extends Estimate {
  readonly standardError: number
  readonly pValue: number
}

/**
 * How standard errors are made. Rows on their own: `HC0` (White 1980) and `HC1`, times n / (n - 4)
 * (MacKinnon and White 1985; Stata's `robust`). Rows that go together in clusters: `CR0` (Liang and
 * Zeger 1986), and `CR1`, times G / (G - 1) x (n - 1) / (n - 4) (Stata's `cluster`). R's sandwich takes
 * HC3 and, for clusters, `CR1` by default.
 */
export type RobustErrors = 'HC0' | 'HC1' | 'CR0' | 'CR1'

/** A row for each observation. */
export interface DifferenceInDifferencesData {
  readonly outcomes: Float64Array
  /** 1 for those whom the change reached, 0 for the others. */
  readonly treated: Uint8Array
  /** 1 after the change, 0 before. */
  readonly after: Uint8Array
  /** What each row belongs to, as a school or an area: whole numbers from 0 up. */
  readonly clusters?: Uint32Array
}

/**
 * Difference in differences: how much more the outcome changed, from before to after, among the treated
 * than among the others; the coefficient of treated x after in a regression with both. It is the average
 * effect on the treated only if both would else have changed alike, which no formula can tell: look at
 * earlier periods. All treated must start at once; where places start at different times the usual
 * regression with effects of places and periods weighs some effects below 0 (Goodman-Bacon 2021), so
 * compare each starting group with places that have not started.
 *
 * A side that is one cluster is refused: its error cannot be judged. Of few clusters on a side the error
 * is too small (MacKinnon and Webb 2017).
 *
 * Errors are `HC1` by default, `CR1` where clusters are given; t on n - 4 or G - 1 degrees of freedom.
 *
 * @throws StatisticsError naming the argument: a cell of the four without rows; fewer than 2 clusters on a side.
 * @example differenceInDifferences({ outcomes: Float64Array.of(1, 3, 2, 4, 1, 3, 5, 7),
 *   treated: Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1), after: Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1) }).value // 3
 */
export function differenceInDifferences(
  { outcomes, treated, after, clusters }: DifferenceInDifferencesData,
  {
    errors = clusters ? 'CR1' : 'HC1',
    confidence = 0.95,
  }: { errors?: RobustErrors; confidence?: number } = {},
): Effect {
  checkConfidence(confidence)
  checkColumn('outcomes', outcomes, 'finite')
  const n = outcomes.length
  const cell = cellsOf(treated, after, n)
  if (clusters && clusters.length !== n)
    throw new StatisticsError('clusters', 'it is of another length')
  if (n === 4) throw new StatisticsError('outcomes', 'one row a cell leaves no error to judge by')
  if (clusters) checkSides(treated, clusters)
  const clustered = errors === 'CR0' || errors === 'CR1'
  if (clustered !== (clusters !== undefined)) {
    throw new StatisticsError('errors', `${errors} ${clustered ? 'needs' : 'takes no'} clusters`)
  }
  const rows = new Float64Array(4)
  const means = new Float64Array(4)
  for (let i = 0; i < n; i++) rows[cell[i] as number] = (rows[cell[i] as number] as number) + 1
  const empty = rows.indexOf(0)
  if (empty >= 0) {
    throw new StatisticsError(
      'outcomes',
      `none is ${empty & 2 ? '' : 'un'}treated ${empty & 1 ? 'after' : 'before'}`,
    )
  }
  // Measured from the cell's first outcome, so that outcomes all alike have exactly that mean.
  const first = [0, 1, 2, 3].map((c) => outcomes[cell.indexOf(c)] as number)
  for (let i = 0; i < n; i++) {
    const c = cell[i] as number
    means[c] = (means[c] as number) + (outcomes[i] as number) - (first[c] as number)
  }
  for (let c = 0; c < 4; c++)
    means[c] = (first[c] as number) + (means[c] as number) / (rows[c] as number)
  const mean = (c: number): number => means[c] as number
  const value = mean(3) - mean(2) - (mean(1) - mean(0))
  // How far each row moves the effect: its distance from its cell's mean, over the cell's rows.
  const pulls = outcomes.map((y, i) => {
    const c = cell[i] as number
    return ((c === 0 || c === 3 ? 1 : -1) * (y - mean(c))) / (rows[c] as number)
  })
  const { variance, degrees } = clusters
    ? clusteredVariance(pulls, clusters, errors === 'CR1')
    : { variance: sumOfSquares(pulls) * (errors === 'HC1' ? n / (n - 4) : 1), degrees: n - 4 }
  return effectOf(value, Math.sqrt(variance), degrees, confidence)
}

/**
 * The one cluster of a side fits its own means exactly, whatever its data: an error from it would be 0
 * (Donald and Lang 2007).
 */
function checkSides(treated: Uint8Array, clusters: Uint32Array): void {
  for (const [side, called] of [
    [1, 'the treated'],
    [0, 'the others'],
  ] as const) {
    const those = new Set(clusters.filter((_, i) => treated[i] === side))
    if (those.size === 1) {
      throw new StatisticsError('clusters', `${called} are one cluster, which leaves no error`)
    }
  }
}

/** 0 untreated before, 1 untreated after, 2 treated before, 3 treated after. */
function cellsOf(treated: Uint8Array, after: Uint8Array, n: number): Uint8Array {
  for (const [argument, column] of Object.entries({ treated, after })) {
    if (column.length !== n || column.some((value) => value > 1)) {
      throw new StatisticsError(argument, `it needs ${n} numbers that are 0 or 1`)
    }
  }
  return treated.map((t, i) => 2 * t + (after[i] as number))
}

function clusteredVariance(pulls: Float64Array, clusters: Uint32Array, corrected: boolean) {
  const sums = new Map<number, number>()
  for (let i = 0; i < pulls.length; i++) {
    const cluster = clusters[i] as number
    sums.set(cluster, (sums.get(cluster) ?? 0) + (pulls[i] as number))
  }
  const groups = sums.size
  if (groups < 2) throw new StatisticsError('clusters', 'an error needs 2 clusters')
  const n = pulls.length
  const factor = corrected ? (groups / (groups - 1)) * ((n - 1) / (n - 4)) : 1
  return { variance: factor * sumOfSquares(Float64Array.from(sums.values())), degrees: groups - 1 }
}

function sumOfSquares(column: Float64Array): number {
  return column.reduce((total, x) => total + x * x, 0)
}

/** A value with t limits and p; without an error, only 0 is not beyond chance. */
export function effectOf(
  value: number,
  standardError: number,
  degrees: number,
  confidence: number,
): Effect {
  const endless = degrees === Number.POSITIVE_INFINITY
  const critical = endless ? criticalValue(confidence) : tQuantile((1 + confidence) / 2, degrees)
  const width = critical * standardError
  const score = value === 0 ? 0 : Math.abs(value) / standardError
  const below = endless ? normalCdf(-score) : tCdf(-score, degrees)
  return {
    value,
    lower: value - width,
    upper: value + width,
    standardError,
    pValue: Math.min(1, 2 * below),
  }
}

/**
 * Difference in differences from two published changes with their standard errors, independent of one
 * another; normal limits. The example is Card and Krueger's (1994): New Jersey and Pennsylvania.
 * @throws StatisticsError naming `treated` or `control`.
 * @example differenceOfChanges({ value: 0.59, standardError: 0.54 },
 *   { value: -2.16, standardError: 1.25 }).standardError // 1.3616…
 */
export function differenceOfChanges(
  treated: { readonly value: number; readonly standardError: number },
  control: { readonly value: number; readonly standardError: number },
  confidence = 0.95,
): Effect {
  checkConfidence(confidence)
  for (const [argument, change] of Object.entries({ treated, control })) {
    checkFinite(argument, change.value)
    checkCount(argument, change.standardError)
  }
  const error = Math.hypot(treated.standardError, control.standardError)
  return effectOf(treated.value - control.value, error, Number.POSITIVE_INFINITY, confidence)
}
