import { type Categories, checkCategories, sizeOf } from '../categories.ts'
import { checkWeights, shown } from '../columns.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { type Disposition, dispositionsOf, type StatusWords } from '../response/dispositions.ts'
import { factorsOf, type Weighting } from './weighting.ts'

/** One cell of {@link adjustForNonResponse}. */
export interface NonResponseCell {
  readonly name: string
  readonly respondents: number
  /** The weighted share of the eligible who answered. */
  readonly rate: number
  /** By what the weights of those who answered are multiplied. */
  readonly factor: number
}

/** Weights of those who answered, who now stand for their cell; all others have 0. */
export interface NonResponseWeighting extends Weighting {
  readonly cells: readonly NonResponseCell[]
}

/**
 * Weighting for non-response within cells (Kalton and Flores-Cervantes 2003, 3.1; Valliant, Dever and Kreuter 2018,
 * 13): in each cell the weight of those of unknown eligibility goes to all others in proportion, then that of the
 * eligible who did not answer to those who did. The ineligible stand for others like them, and leave.
 * @param weights the design weight of everybody who was drawn.
 * @param cells the cell of each; choose cells whose members answer alike and think alike.
 * @param partial whether partial answers count as answers; default true.
 * @example adjustForNonResponse(Float64Array.of(10, 10, 10), categoriesOf(['done', 'silent', 'done']),
 *   { words: { done: 'complete', silent: 'no-contact' } }, categoriesOf(['a', 'a', 'b'])).weights // [20, 0, 10]
 */
export function adjustForNonResponse(
  weights: Float64Array,
  statuses: Categories,
  words: StatusWords,
  cells: Categories,
  { partial = true }: { partial?: boolean } = {},
): NonResponseWeighting | Refusal {
  const fault = checkWeights(weights) ?? checkCategories('cell', cells, weights.length)
  if (fault) return fault
  const dispositions = dispositionsOf(statuses, weights.length, words)
  if (isRefused(dispositions)) return dispositions
  const answered = (one: Disposition): boolean =>
    one === 'complete' || (partial && one === 'partial')
  const groups = statuses.codes.map((code) => {
    const one = dispositions[code] as Disposition
    if (one === 'unknown') return group.unknown
    if (one === 'ineligible') return group.ineligible
    return answered(one) ? group.answered : group.silent
  })
  return weighted(weights, groups, cells)
}

const group = { answered: 0, silent: 1, ineligible: 2, unknown: 3 }

function weighted(
  weights: Float64Array,
  groups: Int32Array,
  cells: Categories,
): NonResponseWeighting | Refusal {
  const sums = new Float64Array(4 * sizeOf(cells))
  const counts = new Int32Array(sizeOf(cells))
  for (const [i, weight] of weights.entries()) {
    const code = cells.codes[i] as number
    const place = 4 * code + (groups[i] as number)
    sums[place] = (sums[place] as number) + weight
    if (groups[i] === group.answered && weight > 0) counts[code] = (counts[code] as number) + 1
  }
  const found: (NonResponseCell | undefined)[] = []
  for (const [code, name] of cells.names.entries()) {
    const [answered = 0, silent = 0, ineligible = 0, unknown = 0] = sums.subarray(4 * code)
    const all = answered + silent + ineligible + unknown
    if (answered === 0 && silent + unknown > 0) {
      return refuse(
        'empty-category',
        `Nobody in the cell ${name} answered, though it stands for ${shown(all)}. Merge it with a like cell.`,
        { variable: 'cell', category: name },
      )
    }
    const known = all / (all - unknown)
    const factor = (known * (answered + silent)) / answered
    const rate = answered / (answered + silent + eligibleOf(unknown, answered + silent, all))
    found.push(
      answered > 0 ? { name, respondents: counts[code] as number, rate, factor } : undefined,
    )
  }
  const after = weights.map((weight, i) => {
    const factor = found[cells.codes[i] as number]?.factor ?? 0
    return groups[i] === group.answered ? weight * factor : 0
  })
  const used = found.filter((cell) => cell !== undefined)
  return {
    kind: 'weights',
    weights: after,
    factors: factorsOf(after, weights),
    cells: used,
    notes: used.flatMap(noteOf),
  }
}

/** Of those of unknown eligibility in a cell, as many are eligible as among the known. */
const eligibleOf = (unknown: number, eligible: number, all: number): number =>
  all === unknown ? unknown : (unknown * eligible) / (all - unknown)

/** Small cells and large factors make estimates unsteady; the bounds are common practice. */
function noteOf({ name, respondents, factor }: NonResponseCell): string[] {
  if (respondents >= 20 && factor <= 4) return []
  return [
    `The cell ${name} has ${respondents} answers and multiplies their weights by ${shown(factor)}: think of merging it with a like cell.`,
  ]
}
