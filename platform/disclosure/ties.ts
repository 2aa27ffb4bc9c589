import type { DisclosureDeclaration } from './declaration.ts'
import { type SameCounts, Sets } from './same-counts.ts'

type Ties = Pick<DisclosureDeclaration, 'links' | 'bases'>

/** Two indicators that share a count. */
export type Tied = readonly [one: string, other: string]

/** Which indicators shared counts tie, each two once. */
export function tiedBy(same: readonly SameCounts[]): Tied[] {
  const found = new Map<string, Tied>()
  for (const { one, other } of same)
    found.set(`${one.indicator}|${other.indicator}`, [one.indicator, other.indicator])
  return [...found.values()]
}

/** All indicators that a declaration ties to others. */
export const named = ({ links, bases }: Ties): string[] => [
  ...links.flatMap(({ part, of }) => [part, of]),
  ...bases.flat(),
]

/** A name for all indicators that hang together by links, bases or a count that they share, the same for each of them. */
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
