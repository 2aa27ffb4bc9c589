import type { Indicator } from '../evidence/indicator.ts'
import type { Counted } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'

const isCount = (n: number): boolean => Number.isInteger(n) && n >= 0

/**
 * What a figure counts, by the kind of its indicator, where small counts are hidden. Of a percentage, those counted
 * are some of its base. A mean, an amount, a rating or a rate is of people whom it does not count: how many they are
 * is a count of its own. The sum behind a mean is looked at as a count too where it is one; where it is not, whoever
 * cannot tell of how many people it is cannot tell it either.
 * @param part the numerator; NaN where there is none.
 * @param base the denominator; null or NaN where there is none.
 */
function countsOfKind(
  kind: Indicator['kind'] | undefined,
  part: number,
  base: number | null,
): Pick<Counted, 'part' | 'base' | 'people'> {
  if (kind === 'proportion') return { part, base }
  const people = base !== null && isCount(base) ? base : null
  const isSum = kind === 'mean' || kind === 'money' || kind === 'rating'
  return { part: isSum && !isCount(part) ? Number.NaN : part, base: null, people }
}

/** The counts of a figure. Where all are rounded, a population is shown as it is. */
export function countsOfFigure(
  { rules }: Pick<DisclosureDeclaration, 'rules'>,
  indicator: Indicator | undefined,
  part: number,
  base: number | null,
): Pick<Counted, 'part' | 'base' | 'people'> {
  if (rules) return countsOfKind(indicator?.kind, part, base)
  return { part, base: indicator?.kind === 'proportion' ? base : null }
}

/**
 * The figures as they are held against those of other indicators: the populations of rates are known, and two rates
 * of the same places are looked at apart, unless one of their populations is of few.
 */
export function withoutKnownPopulations<F extends Counted>(
  figures: readonly F[],
  kindOf: (indicator: string) => Indicator['kind'] | undefined,
  threshold: number,
): readonly F[] {
  const few = new Set(
    figures.filter(({ people }) => isFew(people ?? 0, threshold)).map((f) => f.indicator),
  )
  return figures.map((f) =>
    kindOf(f.indicator ?? '') === 'rate' && !few.has(f.indicator) ? { ...f, people: null } : f,
  )
}

const isFew = (count: number, threshold: number): boolean => count >= 1 && count < threshold
