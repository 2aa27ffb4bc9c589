import type { Points } from './points.ts'
import { solveLinear } from './programme/linear.ts'
import type { Mix } from './programme/mix.ts'
import type { Question } from './programme/question.ts'
import { type Answer, type Technology, tolerance } from './technology.ts'

/** A flat piece of the frontier: the units at its corners. */
interface Facet {
  readonly corners: readonly number[]
  /** Weights of the corners from what is wanted in the rows of `from`, or of their sum (-1). */
  readonly weights: readonly Float64Array[]
  readonly from: readonly number[]
}

/**
 * The pieces of a frontier under variable returns that answers have shown so far. Many units are held
 * against the same piece: its prices are a lower bound of every unit's score, the mix of its corners an
 * upper one, and where both agree the score is found without a programme. No approximation: where they
 * do not agree, the answer comes from the technology, and its piece is learnt.
 */
export class Facets {
  readonly #technology: Technology
  readonly #points: Points
  readonly #facets: Facet[] = []
  /** For each facet less its charge, then its price for each row. */
  #prices = new Float64Array(64)

  constructor(technology: Technology) {
    this.#technology = technology
    this.#points = technology.reference
  }

  /** The score of a point; NaN where there is none. */
  score(point: Float64Array): number {
    const known = this.#known(point)
    if (!Number.isNaN(known)) return known
    const question = this.#technology.ask(point)
    const answer = this.#technology.answer(question)
    if (answer.kind !== 'solved') return Number.NaN
    this.#learn(question, answer)
    return answer.score
  }

  #known(point: Float64Array): number {
    const { roles } = this.#points
    const cost = roles.map((role) => (role === 'input' ? -1 : 0))
    let best = -1
    let highest = 0
    for (let facet = 0, at = 0; facet < this.#facets.length; facet++) {
      // What the unit looks like at the facet's prices: its true score is at least that.
      let worth = this.#prices[at++] as number
      let spent = 0
      for (let row = 0; row < point.length; row++) {
        const value = (this.#prices[at++] as number) * (point[row] as number)
        if (cost[row] === 0) worth += value
        else spent -= value
      }
      if (worth > highest * spent) {
        highest = worth / spent
        best = facet
      }
    }
    const facet = this.#facets[best]
    return facet !== undefined && this.#attains(point, facet, highest) ? highest : Number.NaN
  }

  /** Whether a mix of the facet's corners does what the point does with this share of its inputs. */
  #attains(point: Float64Array, facet: Facet, score: number): boolean {
    const { roles, values, greatest } = this.#points
    const wanted = (row: number): number =>
      row < 0 ? 1 : (roles[row] === 'input' ? score : 1) * (point[row] as number)
    const shares = facet.weights.map((by) =>
      facet.from.reduce((sum, row, at) => sum + (by[at] as number) * wanted(row), 0),
    )
    if (shares.some((share) => !(share >= 0))) return false
    const total = shares.reduce((sum, share) => sum + share, 0)
    if (Math.abs(total - 1) > tolerance) return false
    return roles.every((role, row) => {
      const own = Math.abs(point[row] as number)
      const size =
        role === 'condition' ? (greatest[row] as number) : own || (greatest[row] as number)
      const reached = facet.corners.reduce(
        (sum, unit, at) =>
          sum + (shares[at] as number) * (values[unit * roles.length + row] as number),
        0,
      )
      return reached >= wanted(row) - tolerance * size
    })
  }

  /** Keeps the piece that an answer lies on; its prices in the data's own units. */
  #learn(question: Question, answer: Answer & { kind: 'solved' }): void {
    const prices = answer.prices.row.map((price, row) => price / (question.scale[row] as number))
    const charge = prices.reduce(
      (sum, price, row) => sum + price * (question.shift[row] as number),
      answer.prices.charge,
    )
    const facet = this.#cornersOf(prices, answer.mix)
    if (facet === undefined) return
    const at = this.#facets.length * (prices.length + 1)
    if (at + prices.length + 1 > this.#prices.length) {
      const more = new Float64Array(2 * (at + prices.length + 1))
      more.set(this.#prices)
      this.#prices = more
    }
    this.#prices.set([-charge, ...prices], at)
    this.#facets.push(facet)
  }

  #cornersOf(prices: Float64Array, mix: Mix): Facet | undefined {
    const { roles, values } = this.#points
    const corners = mix.parts.map((part) => part.unit)
    const tight = Array.from(prices.keys()).filter((row) => (prices[row] as number) > 0)
    // A corner more than these rows tell apart: the mix is not the only one, and nothing is learnt.
    if (corners.length > tight.length) return undefined
    for (const out of tight) {
      const from = [-1, ...tight.filter((row) => row !== out)].slice(0, corners.length)
      const matrix = from.map((row) =>
        Float64Array.from(corners, (unit) =>
          row < 0 ? 1 : (values[unit * roles.length + row] as number),
        ),
      )
      const columns = from.map((_, at) =>
        solveLinear(
          matrix,
          Float64Array.from(from, (__, r) => (r === at ? 1 : 0)),
        ),
      )
      if (columns.some((column) => column === undefined)) continue
      const weights = corners.map((_, at) =>
        Float64Array.from(columns, (column) => column?.[at] as number),
      )
      return { corners, weights, from }
    }
    return undefined
  }
}
