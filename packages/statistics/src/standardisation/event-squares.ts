import { checkLength } from '../errors.ts'

/**
 * The sum of squared events for the `squares` of {@link directlyStandardisedRate}: from how many people had one event, two, three and so on, for
 * each area and band, Σ f² people(f).
 * @param people first the column of people with one event, then with two, and so on; NaN counts as nobody.
 * @throws StatisticsError naming `people` where the columns differ in length.
 * @example eventSquares([Float64Array.of(75), Float64Array.of(16), Float64Array.of(4)])[0] // 175
 */
export function eventSquares(people: readonly Float64Array[]): Float64Array {
  const squares = new Float64Array(people[0]?.length ?? 0)
  people.forEach((column, at) => {
    checkLength('people', column, squares.length)
    const square = (at + 1) ** 2
    for (let i = 0; i < squares.length; i++) {
      const n = column[i] as number
      if (n > 0) squares[i] = (squares[i] as number) + square * n
    }
  })
  return squares
}
