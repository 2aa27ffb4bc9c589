import { type Categories, checkCategories, sumsOf } from '../categories.ts'
import { checkConfidence, sum } from '../columns.ts'
import type { SampleDesign } from '../estimates/design.ts'
import { estimateProportion } from '../estimates/estimate.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import type { Margin } from '../weighting/margin.ts'

/** One category: its share of the answers beside its share of the people. */
export interface CategoryGap {
  readonly variable: string
  readonly category: string
  readonly answers: number
  readonly people: number
  /** Answers less people. */
  readonly difference: number
  readonly lower: number
  readonly upper: number
  readonly verdict: 'too few' | 'too many' | 'in line'
}

/** Who is missing among the answers, in figures and in words. */
export interface MissingPeople {
  readonly kind: 'missing'
  readonly gaps: readonly CategoryGap[]
  readonly sentence: string
}

/** How {@link whoIsMissing} judges. */
export interface MissingOptions {
  /** That no category is called missing by chance, taken over all categories (Bonferroni). Default 0.95. */
  readonly confidence?: number
  /** The smallest difference that is worth a word, as a share; default 0.02. */
  readonly least?: number
}

/**
 * Compares the answers with what is known of the people, before they are weighted to it: each category with the
 * interval of its difference, and a sentence for the reader. A category that nobody answered from is part of it.
 * @param design with the design weights of those who answered.
 * @example whoIsMissing(sampleDesign({ weights: new Float64Array(200).fill(1) }), [{ variable: 'age',
 *   categories: categoriesOf(Array.from({ length: 200 }, (_, i) => i < 10 ? 'young' : 'old')),
 *   totals: { young: 300, old: 700 } }]).sentence
 * // 'Too few answers from: young (age), 5% of the answers and 30% of the people.'
 */
export function whoIsMissing(
  design: SampleDesign,
  margins: readonly Margin[],
  { confidence = 0.95, least = 0.02 }: MissingOptions = {},
): MissingPeople | Refusal {
  const fault = checkConfidence(confidence)
  if (fault) return fault
  const count = margins.reduce((total, margin) => total + Object.keys(margin.totals).length, 0)
  const each = 1 - (1 - confidence) / Math.max(1, count)
  const gaps: CategoryGap[] = []
  for (const margin of margins) {
    const found = gapsOf(design, margin, each, least)
    if (isRefused(found)) return found
    gaps.push(...found)
  }
  return { kind: 'missing', gaps, sentence: sentenceOf(gaps, margins) }
}

function gapsOf(
  design: SampleDesign,
  { variable, categories, totals }: Margin,
  confidence: number,
  least: number,
): CategoryGap[] | Refusal {
  const fault =
    checkCategories(variable, categories, design.weights.length) ??
    checkTotals(variable, categories, totals, design.weights)
  if (fault) return fault
  const all = sum(Float64Array.from(Object.values(totals)))
  const gaps: CategoryGap[] = []
  for (const [category, total] of Object.entries(totals)) {
    const code = categories.names.indexOf(category)
    const having = Float64Array.from(categories.codes, (one) => (one === code ? 1 : 0))
    const share = estimateProportion(design, having, { confidence })
    if (isRefused(share)) return share
    const people = total / all
    const difference = share.value - people
    const [lower, upper] = [share.lower - people, share.upper - people]
    const beyond = Math.abs(difference) >= least && (upper < 0 || lower > 0)
    const verdict = beyond ? (difference < 0 ? 'too few' : 'too many') : 'in line'
    gaps.push({
      variable,
      category,
      answers: share.value,
      people,
      difference,
      lower,
      upper,
      verdict,
    })
  }
  return gaps
}

function checkTotals(
  variable: string,
  categories: Categories,
  totals: Readonly<Record<string, number>>,
  weights: Float64Array,
): Refusal | undefined {
  for (const [category, total] of Object.entries(totals)) {
    if (Number.isFinite(total) && total >= 0) continue
    return refuse(
      'invalid-target',
      `The total of ${category} in ${variable} is ${total}. Give a number from 0 up.`,
      { variable, category },
    )
  }
  if (!(sum(Float64Array.from(Object.values(totals))) > 0)) {
    return refuse('invalid-target', `${variable} has no totals. Give some above 0.`, { variable })
  }
  const sums = sumsOf(categories, weights)
  const unnamed = categories.names.find(
    (name, code) => (sums[code] as number) > 0 && !Object.hasOwn(totals, name),
  )
  if (unnamed === undefined) return undefined
  return refuse(
    'category-without-target',
    `${unnamed} in ${variable} has answers but no total. Give its total, or merge it with a like category.`,
    { variable, category: unnamed },
  )
}

function sentenceOf(gaps: readonly CategoryGap[], margins: readonly Margin[]): string {
  const few = gaps
    .filter(({ verdict }) => verdict === 'too few')
    .sort((a, b) => a.difference - b.difference)
  if (few.length === 0) {
    const names = margins.map(({ variable }) => variable)
    return `By ${inWords(names)}, those who answered are much like the people asked about.`
  }
  const parts = few.map(
    ({ variable, category, answers, people }) =>
      `${category} (${variable}), ${percent(answers)} of the answers and ${percent(people)} of the people`,
  )
  return `Too few answers from: ${parts.join('; ')}.`
}

const percent = (share: number): string =>
  share > 0 && share < 0.005 ? 'under 1%' : `${Math.round(100 * share)}%`

function inWords(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
