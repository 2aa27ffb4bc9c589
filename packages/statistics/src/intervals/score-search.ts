/** A score statistic of a parameter, falling as the parameter grows; x1 of n1 and x2 of n2 are the data. */
export type Score = (
  parameter: number,
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  correction: number,
) => number

/**
 * The parameter between `low` and `high` where a falling score passes `target`, by halving to the last
 * bits that doubles hold; an end where it does not pass within. No check of what it is given.
 */
export function whereScoreIs(
  score: Score,
  target: number,
  low: number,
  high: number,
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  correction: number,
): number {
  let a = low
  let b = high
  for (let step = 0; step < 100; step++) {
    const middle = a + (b - a) / 2
    if (middle === a || middle === b) break
    if (score(middle, x1, n1, x2, n2, correction) > target) a = middle
    else b = middle
  }
  return a + (b - a) / 2
}
