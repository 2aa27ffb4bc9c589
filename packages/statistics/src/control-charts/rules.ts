import { type RuleOptions, rule } from './chart.ts'
import type { Scale } from './step-limits.ts'

/** The rules with their defaults filled in. */
export type Rules = Required<RuleOptions>

/**
 * Marks the points `from` to `to`, one step of a chart, by the rules; runs do not cross into another step,
 * nor a point without a value. As NHSRplotthedots does, every point of a run is marked, the early ones
 * too, and points outside the limits do not count as close to them.
 */
export function markStep(
  flags: Uint8Array,
  side: Int8Array,
  { point, centre, middle, deviation }: Scale,
  from: number,
  to: number,
  sigmas: number,
  rules: Rules,
): void {
  let run = 0
  let moves = 0
  let lastMove = 0
  // Of the two points before this one, and this: 1 close to the upper limit, -1 to the lower.
  let close2 = 0
  let close1 = 0
  for (let i = from; i < to; i++) {
    const x = point[i] as number
    const where = Math.sign(x - (centre[i] as number)) || 0
    side[i] = where
    run = where !== 0 && i > from && where === side[i - 1] ? run + 1 : 1
    if (where !== 0 && rules.shift > 0 && run >= rules.shift) {
      mark(flags, i, run === rules.shift ? rules.shift : 1, rule.shift)
    }
    const move = i > from ? Math.sign(x - (point[i - 1] as number)) || 0 : 0
    moves = move === 0 ? 0 : move === lastMove ? moves + 1 : 1
    lastMove = move
    if (rules.trend > 0 && moves >= rules.trend - 1 && moves > 0) {
      mark(flags, i, moves === rules.trend - 1 ? rules.trend : 1, rule.trend)
    }
    const off = x - (middle[i] as number)
    const limit = sigmas * (deviation[i] as number)
    const outside = Math.abs(off) > limit
    if (outside && rules.outside) flags[i] = (flags[i] as number) | rule.outside
    const close = !outside && Math.abs(off) > (2 / 3) * limit ? Math.sign(off) : 0
    if (rules.twoOfThree && i - from >= 2 && sameSide(side, i)) {
      const many = (close !== 0 ? 1 : 0) + (close1 !== 0 ? 1 : 0) + (close2 !== 0 ? 1 : 0)
      if (many >= 2) {
        if (close !== 0) mark(flags, i, 1, rule.twoOfThree)
        if (close1 !== 0) mark(flags, i - 1, 1, rule.twoOfThree)
        if (close2 !== 0) mark(flags, i - 2, 1, rule.twoOfThree)
      }
    }
    close2 = close1
    close1 = close
  }
}

function sameSide(side: Int8Array, i: number): boolean {
  return side[i] !== 0 && side[i] === side[i - 1] && side[i] === side[i - 2]
}

/** Marks `many` points, the last of them `at`. */
function mark(flags: Uint8Array, at: number, many: number, bit: number): void {
  for (let i = at - many + 1; i <= at; i++) flags[i] = (flags[i] as number) | bit
}
