import {
  type Cuts,
  compositeErrors,
  compositeScores,
  criticalValue,
  gradeProbabilities,
  gradesOf,
} from '@plumbline/statistics'
import { type Item, type Part, parts } from './card.ts'
import { type Scored, scale } from './score.ts'

/** From the lowest to the highest. */
export const letters = ['F', 'D', 'C', 'B', 'A'] as const
export type Letter = (typeof letters)[number]

/**
 * The score, 0 to 100, from which each grade is given. Fixed: never a share of providers, which would fail
 * as many whatever they do. 50 is where those who are alike stand on average.
 */
export const cutPoints = { D: 30, C: 43, B: 57, A: 70 } as const

export const cuts: Cuts = {
  names: letters,
  from: Float64Array.from(Object.values(cutPoints), (x) => x / 100),
}

/** How much of a part's weight must have a score for the part to be graded. */
export const leastShare = 0.5
/** An overall grade needs as many graded parts. */
export const leastParts = 2

/** A score for each provider, 0 to 1, with its standard error; NaN for none, and for an error nobody knows. */
export interface Marks {
  readonly score: Float64Array
  readonly error: Float64Array
}
export type PartMarks = Readonly<Record<Part, Marks>>
export type Weights = Readonly<Record<Part, number>>

const z95 = criticalValue(0.95)

/**
 * The four parts from what counts towards them: weighted means of what there is, where that is half of the
 * weight or more. Value for money is the geometric mean of the outcomes' and the cost's score: little money
 * does not make up for poor outcomes.
 *
 * @param credit for each provider what closing gaps adds to fairness, from 0 up.
 */
export function markParts(
  items: readonly Item[],
  scored: readonly Scored[],
  credit: Float64Array,
): PartMarks {
  const n = credit.length
  const of = (part: Part): Marks => {
    const places = [...items.keys()].filter((k) => items[k]?.part === part)
    return places.length === 0
      ? unmarked(n)
      : markPart(
          places.map((k) => scored[k] as Scored),
          Float64Array.from(places, (k) => items[k]?.weight ?? 0),
        )
  }
  const outcomes = rounded(of('outcomes'))
  const fairness = of('fairness')
  const credited = fairness.score.map((x, i) => Math.min(1, x + (credit[i] as number)))
  return {
    outcomes,
    experience: rounded(of('experience')),
    fairness: rounded({ ...fairness, score: credited }),
    value: rounded(markValue(outcomes, of('value').score)),
  }
}

/** As they are stored: what a visitor weighs anew is exactly what was graded. */
const rounded = ({ score, error }: Marks): Marks => ({
  score: score.map((x) => Math.round(x * scale) / scale),
  error: error.map((x) => Math.round(x * scale) / scale),
})

const unmarked = (n: number): Marks => ({
  score: new Float64Array(n).fill(Number.NaN),
  error: new Float64Array(n).fill(Number.NaN),
})

function markPart(scored: readonly Scored[], weights: Float64Array): Marks {
  const columns = scored.map((s) =>
    Float64Array.from(s.score, (x) => (x < 0 ? Number.NaN : x / scale)),
  )
  const errors = scored.map((s) =>
    Float64Array.from(s.error, (x, i) =>
      (s.score[i] as number) < 0 || x < 0 ? Number.NaN : x / scale,
    ),
  )
  const score = compositeScores(columns, weights, { atLeast: leastShare })
  const error = compositeErrors(errors, weights)
  score.forEach((x, i) => {
    // Of what counts, an error that nobody knows is no reason to say that the rest is all the doubt.
    const known = scored.every((s) => (s.score[i] as number) < 0 || (s.error[i] as number) >= 0)
    if (Number.isNaN(x) || !known) error[i] = Number.NaN
  })
  return { score, error }
}

function markValue(outcomes: Marks, cost: Float64Array): Marks {
  const both = (share: number, i: number): number =>
    Math.sqrt(Math.min(1, Math.max(0, share)) * (cost[i] as number))
  return {
    score: outcomes.score.map(both),
    error: outcomes.score.map((x, i) => {
      const reach = z95 * (outcomes.error[i] as number)
      return (both(x + reach, i) - both(x - reach, i)) / (2 * z95)
    }),
  }
}

/**
 * The overall score: the weighted mean of the parts that are graded, where these are two or more with a weight
 * above 0. The doubt of value for money is that of the outcomes, so the two are added; the rest is taken as
 * independent. Where the doubt of one part is not known, that of the whole is not.
 */
export function markOverall(marks: PartMarks, weights: Weights): Marks {
  const n = marks.outcomes.score.length
  const found = unmarked(n)
  for (let i = 0; i < n; i++) {
    const graded = parts.filter((p) => weights[p] > 0 && !Number.isNaN(marks[p].score[i] as number))
    if (graded.length < leastParts) continue
    const whole = graded.reduce((sum, p) => sum + weights[p], 0)
    found.score[i] =
      graded.reduce((sum, p) => sum + weights[p] * (marks[p].score[i] as number), 0) / whole
    const error = (p: Part): number =>
      graded.includes(p) ? (weights[p] * (marks[p].error[i] as number)) / whole : 0
    found.error[i] = Math.hypot(
      error('outcomes') + error('value'),
      error('experience'),
      error('fairness'),
    )
  }
  return found
}

export interface Grades {
  /** Place in `letters`; -1 for none. */
  readonly grade: Int8Array
  /** The probability of each letter; NaN where the error is not known. A column each. */
  readonly likely: readonly Float64Array[]
}

/** The grade of each score by the fixed cut points, with the probability of every grade. */
export const gradeMarks = ({ score, error }: Marks): Grades => ({
  grade: gradesOf(score, cuts),
  likely: gradeProbabilities(score, error, cuts),
})
