import { checkColumn, checkNotEmpty, quantileOfSorted } from '../columns.ts'
import { chiSquaredCdf, criticalValue } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'
import { logisticRegression } from './logistic.ts'

/** Hosmer and Lemeshow's test with its groups, a column each, from the lowest risk to the highest. */
export interface HosmerLemeshow {
  readonly statistic: number
  readonly degrees: number
  readonly pValue: number
  readonly people: Float64Array
  readonly observed: Float64Array
  readonly expected: Float64Array
}

/**
 * Hosmer and Lemeshow's goodness of fit (1980): people in groups of similar risk, cut at quantiles of
 * risk (as R's ResourceSelection does), and chi-squared of observed against expected. With hundreds of
 * thousands of people it finds faults too small to matter: look at the groups too.
 *
 * @param outcomes 0 or 1. @param risks between 0 and 1.
 * @param groups how many, default 10; equal risks stay together, so there may be fewer.
 * @param fitted whether the risks were fitted to these people (the default; degrees = groups - 2) or
 *   come from elsewhere (degrees = groups).
 * @throws StatisticsError naming the argument; `risks` where they leave too few groups.
 * @example hosmerLemeshow(Float64Array.of(0, 1, 0, 1), Float64Array.of(0.2, 0.4, 0.6, 0.8), { groups: 4 })
 *   .statistic // 3.5
 */
export function hosmerLemeshow(
  outcomes: Float64Array,
  risks: Float64Array,
  { groups = 10, fitted = true }: { groups?: number; fitted?: boolean } = {},
): HosmerLemeshow {
  checkRisks(outcomes, risks)
  if (!Number.isInteger(groups) || groups < 3) {
    throw new StatisticsError('groups', `${groups} is not a whole number from 3 up`)
  }
  const sorted = risks.slice().sort()
  const cuts = [
    ...new Set(Array.from({ length: groups + 1 }, (_, g) => quantileOfSorted(sorted, g / groups))),
  ]
  const made = cuts.length - 1
  const degrees = fitted ? made - 2 : made
  if (degrees < 1)
    throw new StatisticsError('risks', `they leave ${made} groups, too few for a test`)
  const people = new Float64Array(made)
  const observed = new Float64Array(made)
  const expected = new Float64Array(made)
  for (let i = 0; i < risks.length; i++) {
    const risk = risks[i] as number
    let g = 0
    while (g < made - 1 && risk > (cuts[g + 1] as number)) g++
    people[g] = (people[g] as number) + 1
    observed[g] = (observed[g] as number) + (outcomes[i] as number)
    expected[g] = (expected[g] as number) + risk
  }
  let statistic = 0
  for (let g = 0; g < made; g++) {
    const n = people[g] as number
    const e = expected[g] as number
    if (n > 0) statistic += ((observed[g] as number) - e) ** 2 / (e * (1 - e / n))
  }
  return {
    statistic,
    degrees,
    pValue: 1 - chiSquaredCdf(statistic, degrees),
    people,
    observed,
    expected,
  }
}

/** How a model's risks compare with what came about. */
export interface Calibration {
  /** Logistic regression on the log odds of the risks: 1 is right, below 1 the risks are too extreme. */
  readonly slope: Estimate
  /** The log odds by which risks are too low (above 0) or too high (below 0), with the slope kept at 1. */
  readonly inTheLarge: Estimate
  /** Observed over expected outcomes. */
  readonly ratio: number
}

/**
 * Calibration slope and calibration in the large (Cox 1958; Steyerberg 2019, chapter 15).
 * @param outcomes 0 or 1, at least one of each. @param risks between 0 and 1, not all the same.
 * @throws StatisticsError naming the argument.
 * @example calibration(Float64Array.of(0, 1, 0, 1), Float64Array.of(0.2, 0.4, 0.6, 0.8)).slope.value // 1.1017…
 */
export function calibration(
  outcomes: Float64Array,
  risks: Float64Array,
  confidence = 0.95,
): Calibration {
  checkConfidence(confidence)
  checkRisks(outcomes, risks)
  const observed = outcomes.reduce((a, y) => a + y, 0)
  if (observed === 0 || observed === outcomes.length) {
    throw new StatisticsError('outcomes', 'all are the same')
  }
  if (risks.every((risk) => risk === risks[0]))
    throw new StatisticsError('risks', 'all are the same')
  const logits = risks.map((risk) => Math.log(risk / (1 - risk)))
  const z = criticalValue(confidence)
  const of = (value = 0, error = 0): Estimate => ({
    value,
    lower: value - z * error,
    upper: value + z * error,
  })
  const sloped = logisticRegression({ outcomes, predictors: [logits] })
  const large = logisticRegression({ outcomes, predictors: [], offset: logits })
  return {
    slope: of(sloped.coefficients[1], sloped.standardErrors[1]),
    inTheLarge: of(large.coefficients[0], large.standardErrors[0]),
    ratio: observed / risks.reduce((a, risk) => a + risk, 0),
  }
}

function checkRisks(outcomes: Float64Array, risks: Float64Array): void {
  checkNotEmpty('outcomes', outcomes)
  checkColumn('risks', risks, 'above-0', outcomes.length)
  const high = risks.findIndex((risk) => risk >= 1)
  if (high >= 0)
    throw new StatisticsError('risks', `number ${high}, ${risks[high]}, is not below 1`)
  const wrong = outcomes.findIndex((y) => y !== 0 && y !== 1)
  if (wrong >= 0)
    throw new StatisticsError('outcomes', `number ${wrong} is ${outcomes[wrong]}, not 0 or 1`)
}
