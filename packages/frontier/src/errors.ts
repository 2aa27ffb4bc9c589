/** Why {@link FrontierError} was thrown. */
export type FrontierErrorCode = 'invalid-data' | 'too-few-units' | 'invalid-argument'

/**
 * Data or an option that no frontier exists for. The message is a sentence; for `invalid-data`, `column`
 * names the column and `unit` is the unit's place, where one unit is at fault.
 */
export class FrontierError extends Error {
  readonly code: FrontierErrorCode
  readonly column: string | undefined
  readonly unit: number | undefined
  constructor(code: FrontierErrorCode, sentence: string, column?: string, unit?: number) {
    super(sentence)
    this.code = code
    this.column = column
    this.unit = unit
  }
}
