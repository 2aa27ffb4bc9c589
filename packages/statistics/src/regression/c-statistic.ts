import { checkColumn } from '../columns.ts'
import { criticalValue } from '../distributions.ts'
import { checkConfidence, StatisticsError } from '../errors.ts'
import type { Estimate } from '../interval.ts'

/**
 * The c statistic (area under the ROC curve): of one person with the outcome and one without, how often
 * the model gives the first the higher risk; ties count half. 0.5 is no better than chance. The interval
 * is DeLong's (1988) by midranks (Sun and Xu 2014), cut off at 0 and 1; R's pROC gives the same.
 *
 * @param outcomes 0 or 1, at least one of each. @param risks any numbers that order people by risk.
 * @throws StatisticsError naming the argument.
 * @example cStatistic(Float64Array.of(0, 1, 0, 1), Float64Array.of(0.1, 0.4, 0.35, 0.8)).value // 1
 */
export function cStatistic(
  outcomes: Float64Array,
  risks: Float64Array,
  confidence = 0.95,
): Estimate & { readonly standardError: number } {
  checkConfidence(confidence)
  checkColumn('risks', risks, 'finite', outcomes.length)
  const wrong = outcomes.findIndex((y) => y !== 0 && y !== 1)
  if (wrong >= 0)
    throw new StatisticsError('outcomes', `number ${wrong} is ${outcomes[wrong]}, not 0 or 1`)
  const cases = risks.filter((_, i) => outcomes[i] === 1).sort()
  const others = risks.filter((_, i) => outcomes[i] === 0).sort()
  if (cases.length === 0 || others.length === 0) {
    throw new StatisticsError('outcomes', 'all are the same')
  }
  const [mean, caseVariance] = placements(cases, others)
  const [, otherVariance] = placements(others, cases)
  const standardError = Math.sqrt(caseVariance / cases.length + otherVariance / others.length)
  const width = criticalValue(confidence) * standardError
  return {
    value: mean,
    lower: Math.max(0, mean - width),
    upper: Math.min(1, mean + width),
    standardError,
  }
}

/** Of each of `these`, the share of `those` that lie below it (a tie half): the mean and variance. */
function placements(these: Float64Array, those: Float64Array): readonly [number, number] {
  let below = 0
  let upTo = 0
  let total = 0
  let squares = 0
  for (const value of these) {
    while (below < those.length && (those[below] as number) < value) below++
    while (upTo < those.length && (those[upTo] as number) <= value) upTo++
    const share = (below + upTo) / 2 / those.length
    total += share
    squares += share * share
  }
  const n = these.length
  const mean = total / n
  return [mean, n === 1 ? 0 : Math.max(0, (squares - n * mean * mean) / (n - 1))]
}
