/** An argument that no answer exists for; `argument` names it. */
export class StatisticsError extends Error {
  readonly argument: string
  readonly code = 'invalid-argument'
  constructor(argument: string, sentence: string) {
    super(`invalid ${argument}: ${sentence}`)
    this.argument = argument
  }
}

/**
 * Refuses a confidence that does not lie strictly between 0 and 1.
 * @throws StatisticsError naming `confidence`.
 * @example checkConfidence(0.95) // undefined
 */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new StatisticsError('confidence', `${confidence} does not lie between 0 and 1`)
  }
}

/**
 * Refuses a value that is not finite or below 0.
 * @param argument what the error names.
 * @throws StatisticsError naming the argument.
 * @example checkCount('events', 0) // undefined
 */
export function checkCount(argument: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) {
    throw new StatisticsError(argument, `${value} is not a finite number from 0 up`)
  }
}

/** Throws StatisticsError unless the value is finite and above 0. */
export function checkPositive(argument: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new StatisticsError(argument, `${value} is not a finite number above 0`)
  }
}

/** Throws StatisticsError unless the value is finite. */
export function checkFinite(argument: string, value: number): void {
  if (!Number.isFinite(value))
    throw new StatisticsError(argument, `${value} is not a finite number`)
}

/** Throws StatisticsError unless the column has the given length. */
export function checkLength(argument: string, column: ArrayLike<unknown>, length: number): void {
  if (column.length !== length) {
    throw new StatisticsError(argument, `has ${column.length} entries where ${length} are needed`)
  }
}

/** Throws StatisticsError unless `count` and `n` are those of a proportion: n above 0, count 0 to n. */
export function checkProportion(count: number, n: number, of = ''): void {
  const name = (argument: string): string => `${argument}${of}`
  checkCount(name('count'), count)
  checkCount(name('n'), n)
  if (n === 0) throw new StatisticsError(name('n'), '0 gives no proportion')
  if (count > n) throw new StatisticsError(name('count'), `${count} is more than n, ${n}`)
}

/** Throws StatisticsError unless the value is a probability, 0 and 1 not among them. */
export function checkProbability(p: number): void {
  if (!(p > 0 && p < 1)) throw new StatisticsError('p', `${p} does not lie between 0 and 1`)
}

/** Throws StatisticsError where the value is NaN. */
export function checkNumber(argument: string, value: number): void {
  if (Number.isNaN(value)) throw new StatisticsError(argument, 'is not a number')
}
