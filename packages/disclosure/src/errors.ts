/** Why {@link DisclosureError} was thrown. */
export type DisclosureErrorCode =
  | 'invalid-table'
  | 'not-additive'
  | 'invalid-rules'
  | 'too-large'
  | 'no-answer'

/** A table or a rule that nothing can be protected by. The message is a sentence that says what to do. */
export class DisclosureError extends Error {
  readonly code: DisclosureErrorCode
  /** The key of the cell at fault, where one cell is. */
  readonly key: string | undefined
  constructor(code: DisclosureErrorCode, sentence: string, key?: string) {
    super(sentence)
    this.code = code
    this.key = key
  }
}
