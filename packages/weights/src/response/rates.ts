import type { Categories } from '../categories.ts'
import { checkWeights } from '../columns.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { type Disposition, dispositionsOf, type StatusWords } from './dispositions.ts'

/** Response rates of one survey; each a share from 0 to 1. */
export interface ResponseRates {
  readonly kind: 'rates'
  /** Sums of weights, or counts where there are none. */
  readonly counts: Readonly<Record<Disposition, number>>
  /** Complete answers of all that were asked, whoever they turned out to be. */
  readonly plain: number
  /** Complete of all but the ineligible (AAPOR RR1, the least it can be). */
  readonly rr1: number
  /** As RR1, partial answers counted (RR2). */
  readonly rr2: number
  /** Complete of the eligible, those unknown counted by their likely share (RR3). */
  readonly rr3: number
  /** As RR3, partial answers counted (RR4). */
  readonly rr4: number
  /** The share of the unknown that is taken as eligible. */
  readonly eligible: number
}

/** How {@link responseRates} counts. */
export interface RateOptions {
  /** The design weight of each row, for weighted rates; default 1 each. */
  readonly weights?: Float64Array
  /** The share of the unknown that is eligible; default that among the known (CASRO's method). */
  readonly eligible?: number
}

/**
 * Response rates by the Standard Definitions of AAPOR (2023): plain, RR1 to RR4 (adjusted for who turned out not to
 * be eligible), weighted where weights are given.
 * @example responseRates(categoriesOf(['done', 'moved', 'silent', 'silent']), {
 *   words: { done: 'complete', moved: 'ineligible', silent: 'no-contact' } }).rr1 // 0.3333…
 */
export function responseRates(
  statuses: Categories,
  words: StatusWords,
  { weights, eligible }: RateOptions = {},
): ResponseRates | Refusal {
  const each = weights ?? new Float64Array(statuses.codes.length).fill(1)
  const fault = checkWeights(each)
  if (fault) return fault
  const dispositions = dispositionsOf(statuses, each.length, words)
  if (isRefused(dispositions)) return dispositions
  const counts = {
    complete: 0,
    partial: 0,
    refusal: 0,
    'no-contact': 0,
    other: 0,
    unknown: 0,
    ineligible: 0,
  }
  for (const [i, code] of statuses.codes.entries()) {
    counts[dispositions[code] as Disposition] += each[i] as number
  }
  return ratesOf(counts, eligible)
}

function ratesOf(
  counts: Readonly<Record<Disposition, number>>,
  given: number | undefined,
): ResponseRates | Refusal {
  const { complete, partial, unknown, ineligible } = counts
  const known = complete + partial + counts.refusal + counts['no-contact'] + counts.other
  if (known + unknown === 0) {
    return refuse('too-few', 'Nobody who was asked was eligible, so that there is no rate.')
  }
  const eligible = given ?? (known === 0 ? 1 : known / (known + ineligible))
  if (!(eligible >= 0 && eligible <= 1)) {
    return refuse('invalid-number', `The eligible share is ${eligible}. Give one from 0 to 1.`)
  }
  const likely = known + eligible * unknown
  if (likely === 0) {
    return refuse('too-few', 'By the share given, nobody was eligible. Give a share above 0.')
  }
  return {
    kind: 'rates',
    counts,
    plain: complete / (known + unknown + ineligible),
    rr1: complete / (known + unknown),
    rr2: (complete + partial) / (known + unknown),
    rr3: complete / likely,
    rr4: (complete + partial) / likely,
    eligible,
  }
}
