import { type Part, parts } from '../../../cards/card.ts'
import {
  gradeMarks,
  type Marks,
  markOverall,
  type PartMarks,
  type Weights,
} from '../../../cards/grade.ts'
import type { Mark, OwnCard } from '../../../cards/store.ts'

/** What a visitor says matters to them; null where they say nothing. */
export function askedWeights(
  written: readonly (readonly [Part, number])[] | undefined,
  each: Readonly<Partial<Record<Part, number | undefined>>>,
): Weights | null {
  const found = { outcomes: 0, experience: 0, fairness: 0, value: 0 }
  const given = [
    ...(written ?? []),
    ...parts.flatMap((p): [Part, number][] => {
      const x = each[p]
      return x === undefined ? [] : [[p, x]]
    }),
  ]
  if (given.length === 0) return null
  for (const [part, weight] of given) found[part] = weight
  return found
}

/** "outcomes:40,experience:20": as an address writes it. */
export const weightsText = (weights: Weights): string =>
  parts.map((p) => `${p}:${weights[p]}`).join(',')

const one = (x: number | null): Float64Array => Float64Array.of(x ?? Number.NaN)
const marksOf = (m: Mark): Marks => ({ score: one(m.score), error: one(m.error) })

/** The overall grade under other weights, from the stored scores of the parts. */
export function reweighed(own: OwnCard, weights: Weights): Mark {
  const marks: PartMarks = {
    outcomes: marksOf(own.parts.outcomes),
    experience: marksOf(own.parts.experience),
    fairness: marksOf(own.parts.fairness),
    value: marksOf(own.parts.value),
  }
  const overall = markOverall(marks, weights)
  const { grade, likely } = gradeMarks(overall)
  const known = (x: number | undefined): number | null =>
    x === undefined || Number.isNaN(x) ? null : x
  const chances = likely.map((column) => column[0] as number)
  return {
    score: known(overall.score[0]),
    error: known(overall.error[0]),
    grade: (grade[0] ?? -1) < 0 ? null : (grade[0] ?? null),
    likely: chances.some(Number.isNaN) ? null : chances,
  }
}
