import type { Indicator } from '../evidence/indicator.ts'
import type { Counted } from './counts.ts'
import type { RoundedCounts } from './round.ts'
import { UnsafeRelease } from './unsafe-release.ts'

/** A figure as its file gives it. */
export interface Whole extends Counted {
  readonly value: number
  /** What a rate is per; NaN where there is none. */
  readonly population: number
}

/**
 * Whether figures can be worked out anew from rounded counts: whole counts, percentages of whole numbers of
 * people, and rates that are their count by their population and nothing else.
 * @throws UnsafeRelease with a sentence that says which cannot.
 */
export function needsRoundable(
  what: string,
  figures: readonly Whole[],
  indicator: Indicator | undefined,
  name: (subject: number) => string,
): void {
  const kind = indicator?.kind
  if (!indicator || (kind !== 'count' && kind !== 'proportion' && kind !== 'rate')) {
    throw new UnsafeRelease(
      `${what}: only counts, percentages and rates can be rounded, and this is neither. Hide small counts instead (rules), or leave it out of the file.`,
    )
  }
  for (const figure of figures) {
    const problem = problemOf(figure, indicator)
    if (problem === null) continue
    const sentence = (who: string): string =>
      `${what}: the figure of ${who} ${problem} Nothing was published.`
    throw new UnsafeRelease(sentence(name(figure.subject)), sentence('a provider or place'))
  }
}

function problemOf(
  { part, base, value, population }: Whole,
  { kind, scale, decimals }: Indicator,
): string | null {
  const isWhole = (n: number): boolean => Number.isInteger(n) && n >= 0
  const wanted = kind === 'proportion' ? [part, base ?? Number.NaN] : [part]
  if (!wanted.every(isWhole)) return 'has no whole counts, and only those can be rounded.'
  if (kind === 'proportion' && (base ?? 0) < part) return 'counts more than there are.'
  if (kind !== 'rate') return null
  const crude = (scale * part) / population
  const most = 0.51 * 10 ** -decimals + 1e-6 * Math.abs(crude)
  return Math.abs(crude - value) <= most
    ? null
    : 'is a rate that does not follow from its count and its population, so it cannot be worked out from a rounded one. Hide small counts instead (rules).'
}

/** A figure as it is shown: its numbers after rounding, all worked out from rounded counts. */
export interface RoundedFigure {
  /** NaN where so few people are behind it that their number was rounded to 0. */
  readonly value: number
  readonly numerator: number
  readonly denominator: number
}

/** Works a figure out from its rounded counts. */
export function roundedFigure(
  { part, others }: RoundedCounts,
  population: number,
  { kind, scale }: Pick<Indicator, 'kind' | 'scale'>,
): RoundedFigure {
  if (kind === 'count') return { value: part, numerator: part, denominator: Number.NaN }
  const denominator = kind === 'proportion' ? part + (others ?? Number.NaN) : population
  const value = denominator > 0 ? (scale * part) / denominator : Number.NaN
  return { value, numerator: part, denominator }
}
