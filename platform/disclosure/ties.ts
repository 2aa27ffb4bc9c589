import type { AddingUp } from './adding-up.ts'
import type { DisclosureDeclaration } from './declaration.ts'
import { type SameCounts, Sets } from './same-counts.ts'

type Ties = Pick<DisclosureDeclaration, 'links' | 'bases'>

/** All indicators that a declaration ties to others. */
export const named = ({ links, bases }: Ties): string[] => [
  ...links.flatMap(({ part, of }) => [part, of]),
  ...bases.flat(),
]

/** A name for all indicators that hang together by links, bases, a count that they share or one that they add up to, the same for each of them. */
export function linked(
  { links, bases }: Ties,
  same: readonly SameCounts[],
  adding: readonly AddingUp[],
): (indicator: string) => string {
  const sets = new Sets()
  for (const { part, of } of links) sets.join(of, part)
  for (const [first = '', ...more] of bases) for (const one of more) sets.join(first, one)
  for (const { one, other } of same) sets.join(one.indicator, other.indicator)
  for (const { total, parts } of adding)
    for (const part of parts) sets.join(total.indicator, part.indicator)
  return (indicator) => sets.of(indicator)
}
