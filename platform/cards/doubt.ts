import { simulateRanks, weightSensitivity } from '@plumbline/statistics'
import { parts } from './card.ts'
import { cuts, type Marks, type PartMarks, type Weights } from './grade.ts'

/** What an overall score is worth beside the others', a column each; NaN for those without a score. */
export interface Standing {
  /** Ranks from 1, the best: the interval that holds 95 of 100 draws. */
  readonly lowest: Float64Array
  readonly highest: Float64Array
  /** The share of weightings, each up to a quarter off, under which the grade is the same. */
  readonly steady: Float64Array
  /** Between which ranks such weightings put it. */
  readonly weightedLowest: Float64Array
  readonly weightedHighest: Float64Array
}

/** The same on every machine, and for every order of the providers: they are drawn in order of their scores. */
const seed = 2008
const draws = 1000
const weightings = 200

/**
 * How far ranks and grades could be otherwise: by chance (every score is drawn from its doubt, again and
 * again) and by the weights of the parts (each drawn from a quarter less to a quarter more).
 * @param who which providers are ranked among each other, by place.
 */
export function standingOf(
  marks: PartMarks,
  overall: Marks,
  weights: Weights,
  grade: Int8Array,
  who: readonly number[],
): Standing {
  const n = overall.score.length
  const column = (): Float64Array => new Float64Array(n).fill(Number.NaN)
  const found = {
    lowest: column(),
    highest: column(),
    steady: column(),
    weightedLowest: column(),
    weightedHighest: column(),
  }
  const ranked = inOrder(marks, overall, who)
  if (ranked.length === 0) return found
  const take = (from: Float64Array): Float64Array =>
    Float64Array.from(ranked, (i) => from[i] as number)
  const sd = take(overall.error).map((x) => (Number.isNaN(x) ? 0 : x))
  const byChance = simulateRanks(
    { family: 'normal', mean: take(overall.score), sd },
    { seed, draws },
  )
  const used = parts.filter((p) => ranked.some((i) => !Number.isNaN(marks[p].score[i] as number)))
  const byWeight = weightSensitivity(
    used.map((p) => take(marks[p].score)),
    Float64Array.from(used, (p) => weights[p]),
    { seed, repetitions: weightings, noise: 0.25, cuts },
  )
  ranked.forEach((i, at) => {
    found.lowest[i] = byChance.lower[at] as number
    found.highest[i] = byChance.upper[at] as number
    found.weightedLowest[i] = byWeight.lower[at] as number
    found.weightedHighest[i] = byWeight.upper[at] as number
    found.steady[i] = byWeight.grades[grade[i] as number]?.[at] ?? Number.NaN
  })
  return found
}

/** Those with a score, the lowest first; equal ones by what else is known of them. */
function inOrder(marks: PartMarks, overall: Marks, who: readonly number[]): number[] {
  const keys = (i: number): number[] => [
    overall.score[i] as number,
    overall.error[i] as number,
    ...parts.map((p) => marks[p].score[i] as number),
  ]
  const order = (a: readonly number[], b: readonly number[]): number => {
    const at = a.findIndex((x, k) => !Object.is(x, b[k]))
    return at < 0 ? 0 : (a[at] || 0) - (b[at] || 0)
  }
  return who
    .filter((i) => !Number.isNaN(overall.score[i] as number))
    .map((i) => ({ i, keys: keys(i) }))
    .sort((a, b) => order(a.keys, b.keys))
    .map(({ i }) => i)
}
