import type { PlaceSum } from './counts.ts'
import { type Counts, type Holding, PartsAboveTotal, rest } from './sums.ts'

/** A place with all that adds up to it, in one chain of levels. */
export interface PlaceParts {
  readonly of: string
  readonly total: string
  /** Whether its parts must not come to more than it. */
  readonly holding: Holding
  /** What is left of it when these are taken out, as a subject. */
  readonly rest: (group: string) => string
  readonly parts: (group: string) => readonly string[]
  /** Those of its parts that have no figure of a group, nor have theirs; of a part that has some, of its own. */
  readonly unlisted: (group: string) => readonly string[]
}

/**
 * Which parts of each place have a figure of a group. Where a part has none, its own parts stand for it: a county
 * is the sum of its other districts and of the wards of the one that is not published.
 */
export function partsOfPlaces(counts: Counts, sums: readonly PlaceSum[]): PlaceParts[] {
  const below = new Map(sums.map(({ total, parts, chain }) => [`${chain}|${total}`, parts]))
  const present = (place: number, group: string, chain: number | undefined): string[] =>
    counts.get(String(place))?.has(group)
      ? [String(place)]
      : group.includes(rest)
        ? []
        : (below.get(`${chain}|${place}`) ?? []).flatMap((p) => present(p, group, chain))
  const missing = (place: number, group: string, chain: number | undefined): string[] => {
    if (counts.get(String(place))?.has(group)) return []
    if (present(place, group, chain).length === 0) return [String(place)]
    return (below.get(`${chain}|${place}`) ?? []).flatMap((p) => missing(p, group, chain))
  }
  return sums.map(({ total, parts, chain, undeclared }, at) => {
    const listed = (group: string) => parts.flatMap((p) => present(p, group, chain))
    const isDirect = new Set(parts.map(String))
    return {
      of: `${total} in ${at}`,
      total: String(total),
      holding: undeclared ? 'may hold' : 'must hold',
      parts: listed,
      unlisted: (group) => parts.flatMap((p) => missing(p, group, chain)),
      rest: (group) => {
        const own = new Set(listed(group))
        const without = [...isDirect].filter((p) => !own.has(p)).map((p) => ` without ${p}`)
        const instead = [...own].filter((p) => !isDirect.has(p)).map((p) => ` with ${p}`)
        return [`${rest} of ${total} in ${at}`, ...without, ...instead].join('')
      },
    }
  })
}

/**
 * Adds what is left of each place beyond the parts that are published, as a subject of its own; where not the same
 * parts are published of two groups, what is left of these are two subjects.
 */
export function addRestOfPlaces(
  counts: Counts,
  places: readonly PlaceParts[],
  holding: Holding,
): void {
  const found = new Map<string, Map<string, number>>()
  for (const place of places) {
    for (const [group, count] of counts.get(place.total) ?? []) {
      const parts = place.parts(group)
      const known = parts.reduce((n, p) => n + (counts.get(p)?.get(group) ?? 0), 0)
      if (known > count && [holding, place.holding].includes('may hold')) continue
      if (known !== count && holding === 'rounded') continue
      if (known > count) throw new PartsAboveTotal(`A place (${place.total})`, count, known)
      const name = place.rest(group)
      found.set(name, (found.get(name) ?? new Map()).set(group, count - known))
    }
  }
  for (const [name, left] of found) {
    if ([...left.values()].some((x) => x > 0)) counts.set(name, left)
  }
}
