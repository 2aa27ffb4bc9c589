/** Why there is no answer; see {@link Refusal}. */
export type RefusalCode =
  | 'unlike-columns'
  | 'no-rows'
  | 'invalid-number'
  | 'negative-weights'
  | 'no-weight'
  | 'invalid-target'
  | 'empty-category'
  | 'category-without-target'
  | 'zero-target'
  | 'totals-disagree'
  | 'out-of-reach'
  | 'no-convergence'
  | 'unknown-category'
  | 'unknown-status'
  | 'status-matches-nobody'
  | 'sample-too-large'
  | 'sample-too-small'
  | 'no-spread'
  | 'cannot-redistribute'
  | 'cluster-in-two-strata'
  | 'lonely-stratum'
  | 'no-degrees'
  | 'empty-domain'
  | 'too-few'
  | 'zero-denominator'
  | 'too-many-replicates'
  | 'replicate-failed'
  | 'dependent-drivers'
  | 'invalid-day'
  | 'no-deadline'

/** What comes in place of an answer: never an exception, never a guess. The sentence says what to do. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code: RefusalCode
  readonly sentence: string
  /** The variable, stratum, status or column that is at fault, where there is one. */
  readonly variable?: string
  /** The category of the variable that is at fault, where there is one. */
  readonly category?: string
}

/** Where a fault lies. */
export interface Where {
  readonly variable?: string
  readonly category?: string
}

export const refuse = (code: RefusalCode, sentence: string, where: Where = {}): Refusal => ({
  kind: 'refused',
  code,
  sentence,
  ...where,
})

/**
 * Whether an answer is a refusal.
 * @example isRefused(kish(Float64Array.of(1, -1))) // true
 */
export function isRefused(answer: unknown): answer is Refusal {
  return (
    typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'refused'
  )
}
