import type { Returns } from './data.ts'
import type { Points } from './points.ts'
import { type Mix, mixHolds } from './programme/mix.ts'
import { bestPrices, greatestProfit, type Prices } from './programme/prices.ts'
import { ask, type Question } from './programme/question.ts'
import { type Attempt, attempts } from './programme/solve.ts'

/** How far a solution may be from keeping a constraint, as a share of what it is about. */
export const tolerance = 1e-7

export type Answer =
  | {
      readonly kind: 'solved'
      readonly score: number
      readonly prices: Prices
      readonly mix: Mix
    }
  /** No mix of the reference points achieves what is asked, however much it uses. */
  | { readonly kind: 'infeasible' }
  /** The solver's answers did not pass the checks. */
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
   * The score, checked from both sides: no reference point beats its prices, and its mix attains it.
   * @param self the reference point that surely achieves what is asked, or -1.
   * @param except a reference point that is left out, or -1.
   */
  answer(question: Question, self = -1, except = -1): Answer {
    let answer: Answer = { kind: 'unsolved' }
    for (const attempt of attempts) {
      answer = this.#answerWith(attempt, question, self, except)
      if (answer.kind === 'solved') return answer
    }
    return answer
  }

  #answerWith(attempt: Attempt, question: Question, self: number, except: number): Answer {
    let active = this.hull.filter((unit) => unit !== except)
    for (;;) {
      const found = bestPrices(question, active, attempt)
      if (found.kind === 'unfinished') return { kind: 'unsolved' }
      if (found.kind === 'unbounded') {
        const more = this.#more(active, self, except)
        // What a reference point does can be done: then it is the solver that is lost.
        if (more === undefined) return { kind: self >= 0 ? 'unsolved' : 'infeasible' }
        active = more
        continue
      }
      const { prices, value, mix } = found
      const { unit, profit } = greatestProfit(question, prices, except)
      if (profit <= tolerance / 10) {
        for (const part of mix.parts) this.add(part.unit)
        if (!mixHolds(question, mix, tolerance)) return { kind: 'unsolved' }
        return { kind: 'solved', score: value, prices, mix }
      }
      if (active.includes(unit)) return { kind: 'unsolved' }
      active.push(unit)
      this.add(unit)
    }
  }

  /** More points to ask for prices where those in `active` cannot do what is asked; undefined at the last. */
  #more(active: readonly number[], self: number, except: number): number[] | undefined {
    if (self >= 0 && !active.includes(self)) {
      this.add(self)
      return [...active, self]
    }
    const all = Array.from({ length: this.reference.count }, (_, unit) => unit)
    const others = all.filter((unit) => unit !== except)
    return active.length < others.length ? others : undefined
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
