import { type Categories, checkCategories, sumsOf } from '../categories.ts'
import { shown, sum } from '../columns.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'

/** What is known of a variable: how many of the population are of each category. */
export interface Margin {
  /** The variable's name, for messages. */
  readonly variable: string
  readonly categories: Categories
  /** The total of each category; each variable's totals sum to the same population. */
  readonly totals: Readonly<Record<string, number>>
}

/** Margins whose totals agree by less than this share of them count as one population. */
const agreement = 1e-6

/**
 * Checks what a sample is to be weighted to, before anything is computed: every category with respondents has a
 * total above 0, every total has respondents, and all variables sum to the same.
 * @returns the totals of each variable by the codes of its categories.
 */
export function checkMargins(
  weights: Float64Array,
  margins: readonly Margin[],
): Float64Array[] | Refusal {
  const all: Float64Array[] = []
  for (const margin of margins) {
    const totals = totalsOf(weights, margin)
    if (isRefused(totals)) return totals
    all.push(totals)
  }
  const first = sum(all[0] ?? Float64Array.of())
  for (const [m, totals] of all.entries()) {
    const here = sum(totals)
    if (Math.abs(here - first) <= agreement * first) continue
    const { variable } = margins[m] as Margin
    return refuse(
      'totals-disagree',
      `The totals of ${variable} sum to ${shown(here)}, those of ${margins[0]?.variable} to ${shown(first)}. Both count the same people: mend one of them.`,
      { variable },
    )
  }
  return all
}

function totalsOf(weights: Float64Array, margin: Margin): Float64Array | Refusal {
  const { variable, categories, totals } = margin
  const unlike = checkCategories(variable, categories, weights.length)
  if (unlike) return unlike
  const sums = sumsOf(categories, weights)
  const wanted = new Float64Array(categories.names.length)
  for (const [category, total] of Object.entries(totals)) {
    if (!Number.isFinite(total) || total < 0) {
      return refuse(
        'invalid-target',
        `The total of ${category} in ${variable} is ${total}. Give a number from 0 up.`,
        { variable, category },
      )
    }
    const code = categories.names.indexOf(category)
    if (total > 0 && !((sums[code] ?? 0) > 0)) {
      return refuse(
        'empty-category',
        `Nobody of ${category} in ${variable} answered, but ${shown(total)} are wanted. Merge it with a like category, in the answers and in the totals.`,
        { variable, category },
      )
    }
    if (code >= 0) wanted[code] = total
  }
  for (const [code, category] of categories.names.entries()) {
    if (!((sums[code] as number) > 0)) continue
    if (!Object.hasOwn(totals, category)) {
      return refuse(
        'category-without-target',
        `${category} in ${variable} has answers but no total. Give its total, or merge it with a like category.`,
        { variable, category },
      )
    }
    if (wanted[code] === 0) {
      return refuse(
        'zero-target',
        `${category} in ${variable} has answers, but its total is 0, so that they would count for nothing. Mend the total, or leave these answers out.`,
        { variable, category },
      )
    }
  }
  if (sum(wanted) > 0) return wanted
  return refuse('invalid-target', `${variable} has no totals. Give one for each category.`, {
    variable,
  })
}
