import { addingUp } from './adding-up.ts'
import type { Counted } from './counts.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import { Sets, sameCounts } from './same-counts.ts'

type Ties = Pick<DisclosureDeclaration, 'links' | 'bases'>

/** Two indicators that share a count, or of which one is among those that add up to the other. */
export type Tied = readonly [one: string, other: string]

/** Which indicators tell of each other by their counts, each two once. */
export function tiedAmong(figures: readonly Counted[]): Tied[] {
  const all = [
    ...sameCounts(figures).map(({ one, other }): Tied => [one.indicator, other.indicator]),
    ...addingUp(figures).flatMap(({ total, parts }) =>
      parts.map((part): Tied => [total.indicator, part.indicator]),
    ),
  ]
  return [...new Map(all.map((tied) => [tied.join('|'), tied])).values()]
}

/** All indicators that a declaration ties to others. */
export const named = ({ links, bases }: Ties): string[] => [
  ...links.flatMap(({ part, of }) => [part, of]),
  ...bases.flat(),
]

/** A name for all indicators that hang together by links, bases or their counts, the same for each of them. */
export function linked(
  { links, bases }: Ties,
  tied: readonly Tied[],
): (indicator: string) => string {
  const sets = new Sets()
  for (const { part, of } of links) sets.join(of, part)
  for (const [first = '', ...more] of bases) for (const one of more) sets.join(first, one)
  for (const [one, other] of tied) sets.join(one, other)
  return (indicator) => sets.of(indicator)
}
