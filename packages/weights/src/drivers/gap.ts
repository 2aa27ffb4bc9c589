import { checkLength, firstRefusal } from '../columns.ts'
import type { SampleDesign } from '../estimates/design.ts'
import { type EstimateOptions, estimateMean, type SurveyEstimate } from '../estimates/estimate.ts'
import type { Refusal } from '../refusal.ts'

/**
 * The gap between what people expected and what they received, answer by answer: the mean of received less expected,
 * below 0 where less came than was expected. Pairs are compared, so that the interval is narrower than that of two means.
 * @param expected as scored before, on the same scale; NaN where there is no answer.
 * @example expectationGap(sampleDesign({ weights: Float64Array.of(1, 1, 1) }), Float64Array.of(5, 4, 5),
 *   Float64Array.of(4, 4, 3)).value // -1
 */
export function expectationGap(
  design: SampleDesign,
  expected: Float64Array,
  received: Float64Array,
  options: EstimateOptions = {},
): SurveyEstimate | Refusal {
  const fault = firstRefusal([
    checkLength('expected', expected, design.weights.length),
    checkLength('received', received, design.weights.length),
  ])
  if (fault) return fault
  const gaps = received.map((value, i) => value - (expected[i] as number))
  return estimateMean(design, gaps, options)
}
