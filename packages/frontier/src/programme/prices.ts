import { type Mix, mixOf } from './mix.ts'
import { floorOf, type Question, seen } from './question.ts'
import { type Attempt, solveProgramme } from './solve.ts'

/**
 * The multiplier form: the prices at which the unit looks best while no reference point makes a profit. The
 * prices of shrinkable inputs add up to 1 on the unit's own values.
 */
export interface Prices {
  readonly row: Float64Array
  /** What each reference point is charged for its size; 0 under constant returns. */
  readonly charge: number
}

export type PricesFound =
  /** The mix is the answer to the same question from the other side; where both hold, both are the best. */
  | { readonly kind: 'optimal'; readonly prices: Prices; readonly value: number; readonly mix: Mix }
  | { readonly kind: 'unbounded' }
  | { readonly kind: 'unfinished' }

/** The best prices against the reference points in `active` alone. */
export function bestPrices(
  question: Question,
  active: readonly number[],
  attempt: Attempt,
): PricesFound {
  const { returns, wanted, shrinks } = question
  const rows = wanted.length
  const signs = chargeSigns[returns]
  const coefficients = Array.from(
    { length: rows + signs.length },
    () => new Float64Array(active.length + 1),
  )
  const share = new Float64Array(rows)
  active.forEach((unit, at) => {
    const size = seen(question, unit, share, floorOf(returns))
    for (let row = 0; row < rows; row++) {
      ;(coefficients[row] as Float64Array)[at] = (share[row] as number) / size
    }
    signs.forEach((sign, i) => {
      ;(coefficients[rows + i] as Float64Array)[at] = -sign / size
    })
  })
  for (let row = 0; row < rows; row++) {
    ;(coefficients[row] as Float64Array)[active.length] = shrinks[row] as number
  }
  const objective = Float64Array.of(...wanted, ...signs.map((sign) => -sign))
  const most = new Float64Array(active.length + 1)
  most[active.length] = 1
  const found = solveProgramme({ objective, coefficients, most }, attempt)
  if (found.kind !== 'optimal') {
    return { kind: found.kind === 'unbounded' ? 'unbounded' : 'unfinished' }
  }
  if (found.values.some((price) => price < -1e-9)) return { kind: 'unfinished' }
  const value = objective.reduce((sum, by, i) => sum + by * (found.values[i] as number), 0)
  const mix = mixOf(question, value, active, found.worth.subarray(0, active.length))
  if (mix === undefined) return { kind: 'unfinished' }
  const row = found.values.subarray(0, rows)
  const charge = signs.reduce((sum, sign, i) => sum + sign * (found.values[rows + i] as number), 0)
  return { kind: 'optimal', prices: { row, charge }, value, mix }
}

/** Which signs the charge may have: the dual of what the weights of peers may add up to. */
const chargeSigns = {
  constant: [],
  variable: [1, -1],
  'non-increasing': [1],
  'non-decreasing': [-1],
} as const

/**
 * The reference point that makes the greatest profit at these prices, and how great it is as a share of
 * the point's size: above 0 means that the prices do not hold. `except` is passed over.
 */
export function greatestProfit(
  question: Question,
  prices: Prices,
  except: number,
): { readonly unit: number; readonly profit: number } {
  const { reference, scale, shift, returns } = question
  const rows = scale.length
  const { values } = reference
  let off = prices.charge
  const raw = prices.row.map((price, row) => {
    const each = price / (scale[row] as number)
    off += each * (shift[row] as number)
    return each
  })
  const share = new Float64Array(rows)
  let best = { unit: -1, profit: 0 }
  for (let unit = 0, at = 0; unit < reference.count; unit++, at += rows) {
    let profit = -off
    for (let row = 0; row < rows; row++)
      profit += (raw[row] as number) * (values[at + row] as number)
    if (profit <= 0 || unit === except) continue
    const relative = profit / seen(question, unit, share, floorOf(returns))
    if (relative > best.profit) best = { unit, profit: relative }
  }
  return best
}

/** Whether a reference point makes neither profit nor loss at these prices, to within the tolerance. */
export function breaksEven(
  question: Question,
  { row, charge }: Prices,
  unit: number,
  tolerance: number,
): boolean {
  const point = new Float64Array(row.length)
  const size = seen(question, unit, point, floorOf(question.returns))
  const profit = row.reduce((sum, price, r) => sum + price * (point[r] as number), -charge)
  return Math.abs(profit) <= tolerance * size
}
