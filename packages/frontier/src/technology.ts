import type { Returns } from './data.ts'
import type { Points } from './points.ts'
import { leastMix, type Mix, mixHolds } from './programme/mix.ts'
import { bestPrices, greatestProfit, type Prices } from './programme/prices.ts'
import { ask, type Question } from './programme/question.ts'
import { precisions } from './programme/solve.ts'

/** How far a solution may be from keeping a constraint, as a share of what it is about. */
export const tolerance = 1e-7

export type Priced =
  | ({ readonly kind: 'solved' } & Prices)
  /** No mix of the reference points achieves what is asked, however much it uses. */
  | { readonly kind: 'infeasible' }
  /** The solver's answer did not pass the check. */
  | { readonly kind: 'unsolved' }

/**
 * All that reference points show to be possible, and the few of them that the frontier passes through as
 * far as is known. Prices are found against those few; a reference point that would make a profit at them
 * joins the few and the prices are found anew, until none does. So every score is the score against
 * all points, found by small programmes (the hull is built as in Dulá 2011).
 */
export class Technology {
  readonly reference: Points
  readonly returns: Returns
  readonly hull: number[]
  readonly #known: Uint8Array

  constructor(reference: Points, returns: Returns, hull: readonly number[] = []) {
    this.reference = reference
    this.returns = returns
    this.hull = []
    this.#known = new Uint8Array(reference.count)
    for (const unit of hull.length > 0 ? hull : highest(reference)) this.add(unit)
  }

  add(unit: number): void {
    if (this.#known[unit] === 1) return
    this.#known[unit] = 1
    this.hull.push(unit)
  }

  ask(point: Float64Array): Question {
    return ask(point, this.reference, this.returns)
  }

  /**
   * Prices that no reference point beats, checked against each of them.
   * @param self the reference point that surely achieves what is asked, or -1.
   * @param except a reference point that is left out, or -1.
   */
  price(question: Question, self = -1, except = -1): Priced {
    let answer: Priced = { kind: 'unsolved' }
    for (const precision of precisions) {
      answer = this.#priceTo(precision, question, self, except)
      if (answer.kind === 'solved') return answer
    }
    return answer
  }

  #priceTo(precision: number, question: Question, self: number, except: number): Priced {
    let active = this.hull.filter((unit) => unit !== except)
    for (;;) {
      const found = bestPrices(question, active, precision)
      if (found.kind === 'unbounded') {
        const more = this.#bound(precision, question, active, self, except)
        if (more === undefined) return { kind: 'infeasible' }
        active = more
        continue
      }
      if (found.kind !== 'optimal') return { kind: 'unsolved' }
      const { unit, profit } = greatestProfit(question, found, except)
      if (profit <= tolerance / 10) return { ...found, kind: 'solved' }
      if (active.includes(unit)) return { kind: 'unsolved' }
      active.push(unit)
      this.add(unit)
    }
  }

  /** Known points with those that achieve what is asked, where `active` does not; undefined if none do. */
  #bound(
    precision: number,
    question: Question,
    active: readonly number[],
    self: number,
    except: number,
  ): number[] | undefined {
    if (self >= 0 && !active.includes(self)) {
      this.add(self)
      return [...active, self]
    }
    const all = Array.from({ length: this.reference.count }, (_, unit) => unit)
    const others = all.filter((unit) => unit !== except)
    const found = leastMix(question, others, precision)
    if (found.kind !== 'optimal') return undefined
    const used = others.filter((_, at) => (found.shares[at] as number) > 0)
    if (used.every((unit) => active.includes(unit))) return undefined
    for (const unit of used) this.add(unit)
    return [...new Set([...active, ...used])]
  }

  /** The mix that proves a price's value from the other side, or undefined where the two do not meet. */
  prove(question: Question, value: number, except = -1): Mix | undefined {
    const from = this.hull.filter((unit) => unit !== except)
    for (const precision of precisions) {
      const found = leastMix(question, from, precision)
      if (found.kind !== 'optimal' || !mixHolds(question, found, tolerance)) continue
      if (Math.abs(found.score - value) <= tolerance * Math.max(1, value)) return found
    }
    return undefined
  }
}

/** The points that are highest in a row: a start for the hull that bounds most questions. */
function highest({ count, roles, values }: Points): number[] {
  return roles.map((_, row) => {
    let best = 0
    for (let unit = 1; unit < count; unit++) {
      const value = values[unit * roles.length + row] as number
      if (value > (values[best * roles.length + row] as number)) best = unit
    }
    return best
  })
}
