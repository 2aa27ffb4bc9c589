/** An argument that no answer exists for; `argument` names it. */
export class StatisticsError extends Error {
  readonly argument: string
  readonly code = 'invalid-argument'
  constructor(argument: string, sentence: string) {
    super(`invalid ${argument}: ${sentence}`)
    this.argument = argument
  }
}

/** Throws StatisticsError unless the confidence lies strictly between 0 and 1. */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new StatisticsError('confidence', `${confidence} does not lie between 0 and 1`)
  }
}

/** Throws StatisticsError unless the value is finite and not below 0. */
export function checkCount(argument: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) {
    throw new StatisticsError(argument, `${value} is not a finite number from 0 up`)
  }
}
