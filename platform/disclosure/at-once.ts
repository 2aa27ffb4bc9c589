import { type Counted, figureKey } from './counts.ts'

/** Of which place and indicator a figure is. */
const placeOf = ({ indicator = '', subject }: Counted): string => `${indicator}|${subject}`

/** Whether two releases may say the same with a figure: one may give of how many people it is and the other not. */
function agree(one: Counted, other: Counted): boolean {
  const people = one.people ?? other.people ?? null
  return (
    Object.is(one.part, other.part) &&
    one.base === other.base &&
    (one.people ?? people) === (other.people ?? people)
  )
}

/**
 * What several releases say, as if one had said all of it: whoever kept them reads a total in one and its parts in
 * others. Of places of which two releases say different things nothing is taken: nobody knows what of the one still
 * holds in the other.
 * @returns nothing where some release lists all of that: its own cells say the same.
 */
export function saidAtOnce(releases: readonly (readonly Counted[])[]): readonly Counted[] {
  const found = new Map<string, Counted>()
  const differ = new Set<string>()
  for (const figures of releases)
    for (const figure of figures) {
      const key = figureKey(figure)
      const other = found.get(key)
      if (other === undefined) found.set(key, figure)
      else if (!agree(figure, other)) differ.add(placeOf(figure))
      else if ((other.people ?? null) === null) found.set(key, figure)
    }
  const same = [...found].filter(([, f]) => !differ.has(placeOf(f)))
  const kept = new Set(same.map(([key]) => key))
  const listsAll = (figures: readonly Counted[]): boolean =>
    new Set(figures.map(figureKey)).isSupersetOf(kept)
  if (releases.some(listsAll)) return []
  return same.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, figure]) => figure)
}
