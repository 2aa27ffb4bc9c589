/** Why there is no answer; see {@link Refusal}. */
export type RefusalCode =
  | 'invalid-rule'
  | 'invalid-calendar'
  | 'not-a-day'
  | 'unknown-time-zone'
  | 'wrong-calendar'
  | 'beyond-calendar'
  | 'no-version'
  | 'stop-not-allowed'
  | 'stop-before-start'
  | 'stop-ends-before-it-begins'
  | 'stops-overlap'
  | 'end-before-start'
  | 'unlike-columns'

/** What comes in place of an answer: never an exception, never a guess. The sentence says what to do. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code: RefusalCode
  readonly sentence: string
}

export const refuse = (code: RefusalCode, sentence: string): Refusal => ({
  kind: 'refused',
  code,
  sentence,
})

/**
 * Whether an answer is a refusal.
 * @example isRefused(parseRule({})) // true
 */
export function isRefused(answer: unknown): answer is Refusal {
  return (
    typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'refused'
  )
}
