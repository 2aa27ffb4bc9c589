import type { Indicator } from '../evidence/indicator.ts'
import type { Counted } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'

const isCount = (n: number): boolean => Number.isInteger(n) && n >= 0

/**
 * What a figure counts, by the kind of its indicator, where small counts are hidden. Of a percentage, those counted
 * are some of its base. A mean, an amount, a rating or a rate is of people whom it does not count: how many they are
 * is a count of its own. The sum behind a mean is looked at as a count too where it is one ({@link withoutOtherSums});
 * where it is not, whoever cannot tell of how many people it is cannot tell it either.
 * @param part the numerator; NaN where there is none.
 * @param base the denominator; null or NaN where there is none.
 */
function countsOfKind(
  kind: Indicator['kind'] | undefined,
  part: number,
  base: number | null,
): CountsOfKind {
  if (kind === 'proportion') return { part, base }
  const people = base !== null && isCount(base) ? base : null
  const isSum = kind === 'mean' || kind === 'money' || kind === 'rating'
  if (!isSum) return { part, base: null, people }
  return { part: isCount(part) ? part : Number.NaN, base: null, people, isSum }
}

type CountsOfKind = Pick<Counted, 'part' | 'base' | 'people' | 'isSum'>

/** The counts of a figure. Where all are rounded, a population is shown as it is. */
export function countsOfFigure(
  { rules }: Pick<DisclosureDeclaration, 'rules'>,
  indicator: Indicator | undefined,
  part: number,
  base: number | null,
): CountsOfKind {
  if (rules) return countsOfKind(indicator?.kind, part, base)
  return { part, base: indicator?.kind === 'proportion' ? base : null }
}

/**
 * Figures without the populations of rates that are known: those of an indicator of which none is of few. They are
 * estimates, which need not add up, and what is left of one without its parts is nobody.
 * @param among where a population of few is looked for: the figures, and those of releases before.
 */
export function withoutKnownPopulations<F extends Counted>(
  figures: readonly F[],
  among: readonly Counted[],
  { declared, indicators }: PeopleKnown,
): F[] {
  const threshold = declared.rules?.threshold ?? 1
  const few = new Set(
    among.filter(({ people }) => isFew(people ?? 0, threshold)).map((f) => f.indicator),
  )
  const isRate = ({ indicator = '' }: Counted) => indicators.get(indicator)?.kind === 'rate'
  return figures.map((f) => (isRate(f) && !few.has(f.indicator) ? { ...f, people: null } : f))
}

/**
 * Figures without the sums behind means of an indicator of which one sum is no count: less than nothing, or a fraction.
 * Then the others are none either, though some are whole numbers by chance, and they need not add up.
 * @param among where such a sum is looked for: the figures, and those of releases before.
 */
export function withoutOtherSums<F extends Counted>(
  figures: readonly F[],
  among: readonly Counted[],
): F[] {
  const others = new Set(
    among.filter((f) => f.isSum && Number.isNaN(f.part)).map((f) => f.indicator),
  )
  return figures.map((f) => (f.isSum && others.has(f.indicator) ? { ...f, part: Number.NaN } : f))
}

/** What says whose denominators are people that are known. */
export interface PeopleKnown {
  readonly declared: Pick<DisclosureDeclaration, 'rules'>
  readonly indicators: ReadonlyMap<string, Indicator>
}

const isFew = (count: number, threshold: number): boolean => count >= 1 && count < threshold
