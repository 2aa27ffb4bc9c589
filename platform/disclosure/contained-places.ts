import type { Located } from './counts.ts'

type Locate = (subject: number) => Located | null

/** How many places of a level lie in a place, and how many of these in each other one too. */
interface Inside {
  all: number
  readonly also: Map<number, number>
}

/** The smaller places of each place, by their level. */
class Shared {
  readonly #inside = new Map<number, Map<string, Inside>>()

  add(level: string, holders: readonly number[]): void {
    for (const one of holders) {
      const levels = this.#inside.get(one) ?? new Map<string, Inside>()
      const inside = levels.get(level) ?? { all: 0, also: new Map<number, number>() }
      this.#inside.set(one, levels.set(level, inside))
      inside.all += 1
      for (const other of holders)
        if (other !== one) inside.also.set(other, (inside.also.get(other) ?? 0) + 1)
    }
  }

  /** The places that all that lies in a place lies in too, on every level. */
  holding(one: number): readonly number[] {
    const levels = [...(this.#inside.get(one)?.values() ?? [])]
    const [first] = levels
    return [...(first?.also.keys() ?? [])].filter((other) =>
      levels.every(({ all, also }) => also.get(other) === all),
    )
  }

  get places(): readonly number[] {
    return [...this.#inside.keys()].sort((a, b) => a - b)
  }
}

/**
 * Where places lie, also as far as it follows from smaller places that no release lists: a neighbourhood all of whose
 * wards are a district's lies in it, and whoever knows the map takes the one out of the other.
 * @param listed those that have figures.
 * @param everyone all who are known, with figures or without.
 */
export function withContained(
  locate: Locate,
  listed: ReadonlySet<number>,
  everyone: Iterable<number>,
): Locate {
  const levelOf = (subject: number): string => locate(subject)?.level ?? ''
  const larger = new Set([...listed].map(levelOf).filter((level) => level !== 'provider'))
  // Everyone is looked at for that alone, and most files have one level of places.
  if (larger.size < 2) return locate
  const shared = new Shared()
  for (const subject of everyone) {
    const own = locate(subject)
    // Where those who serve people are says nothing of where these live.
    if (!own || own.level === 'provider') continue
    const holders = own.parents.filter((p) => listed.has(p) && levelOf(p) !== own.level)
    shared.add(own.level, holders)
  }
  const isKnown = (one: number, other: number): boolean =>
    locate(one)?.parents.includes(other) === true
  const more = new Map<number, readonly number[]>()
  for (const one of shared.places) {
    const holding = shared.holding(one).filter((other) => {
      if (levelOf(one) === levelOf(other) || isKnown(one, other) || isKnown(other, one))
        return false
      // Of two that are the same wards one lies in the other: both ways would say it twice.
      return one > other || !shared.holding(other).includes(one)
    })
    if (holding.length > 0) more.set(one, holding)
  }
  if (more.size === 0) return locate
  return (subject) => {
    const own = locate(subject)
    return own && { ...own, parents: [...own.parents, ...(more.get(subject) ?? [])] }
  }
}
