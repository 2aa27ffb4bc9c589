import { parts } from '../../../cards/card.ts'
import { letters } from '../../../cards/grade.ts'
import type { Mark, OwnCard } from '../../../cards/store.ts'
import { gradeMeanings } from '../../components/grade/grade.ts'

/** How likely the letters that a sentence names must be together. */
const sureEnough = 0.8

/**
 * The letters that a grade lies between, the best first: from the one that is given outwards, the likelier
 * neighbour each time, until they are 80% likely together. One letter where that alone is, or where
 * nobody knows.
 * @example lettersBetween({ grade: 3, likely: [0, 0, 0.49, 0.51, 0] }) // ['B', 'C']
 */
export function lettersBetween({ grade, likely }: Pick<Mark, 'grade' | 'likely'>) {
  if (grade === null) return []
  let [low, high] = [grade, grade]
  let together = likely?.[grade] ?? 1
  while (likely && together < sureEnough && (low > 0 || high < letters.length - 1)) {
    const [below, above] = [likely[low - 1] ?? -1, likely[high + 1] ?? -1]
    if (above > below) high += 1
    else low -= 1
    together += Math.max(above, below)
  }
  return letters.slice(low, high + 1).reverse()
}

/** The first sentence of a card about its grade: with its doubt, and without praise below a floor. */
export function leadOf(own: OwnCard | null, kind: string, missesFloor: boolean): string {
  if (!own) return `Nothing that we could grade is known of this ${kind} yet.`
  const between = lettersBetween(own.overall)
  const [best, worst] = [between[0], between.at(-1)]
  if (best && worst) {
    const grade = best === worst ? best : `between ${best} and ${worst}`
    if (missesFloor) return `Beside others like it, its overall grade is ${grade}.`
    return between.length < 3
      ? `Overall grade ${grade}: ${between.map((l) => gradeMeanings[l]).join(', or ')}.`
      : `Overall grade ${grade}: we cannot say more than that.`
  }
  const graded = parts.filter((p) => own.parts[p].grade !== null).length
  return graded === 0
    ? 'There is too little to give it a grade.'
    : 'There is no overall grade: just one of the four parts has enough to go on.'
}
