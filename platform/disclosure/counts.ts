/** A counted figure before anything is hidden: of whom, of which group, and its counts. */
export interface Counted {
  /** Of which indicator, where figures of several are looked at together. */
  readonly indicator?: string
  readonly subject: number
  /** '' for everyone, else `age=under 5;sex=girls`. */
  readonly group: string
  /** How many of those counted it is: whole, from 0 up; NaN where nobody measured it. */
  readonly part: number
  /** Of how many; null where the figure has no base of people (a rate of a known population, a count). */
  readonly base: number | null
  /**
   * Of how many people it is where it counts none of them: those behind a mean, or the population of a rate. Null or
   * left out where that is no number of people, or they are counted as `base`.
   */
  readonly people?: number | null
  /** Its part is the sum behind a mean: what people have, not people. Such sums may be rounded, and need not add up. */
  readonly isSum?: boolean
}

/** What tells a figure of a release from another: the same in the release that takes its place. */
export const figureKey = ({ indicator = '', subject, group }: Counted): string =>
  `${indicator}|${subject}|${group}`

/** A place and those that add up to it, as numbers of subjects. */
export interface PlaceSum {
  readonly total: number
  readonly parts: readonly number[]
  /** Which of the declared chains of levels it belongs to. */
  readonly chain?: number
  /** Known from the register of places alone: nobody promised that its figures add up. */
  readonly undeclared?: boolean
}

/** Of a subject, what an attacker needs to know where it lies. */
export interface Located {
  /** `provider`, or the level of a place. */
  readonly level: string
  readonly parents: readonly number[]
}

/** A place that should add up to others and lies in none of them. */
export class LiesInNone extends Error {
  readonly subject: number
  readonly levels: readonly string[]

  constructor(subject: number, levels: readonly string[]) {
    super(`Subject ${subject} lies in no ${levels.join(' or ')}.`)
    this.subject = subject
    this.levels = levels
  }
}

/**
 * Which of the subjects add up to which, by the chains of levels that a descriptor declares. A place
 * belongs to the nearest of the next levels that holds it and has figures.
 * @throws LiesInNone where a place of a chain lies in none of the larger ones that have figures: nobody
 * could say then what is left when it is taken out of them.
 */
export function placeSums(
  subjects: readonly number[],
  locate: (subject: number) => Located | null,
  chains: readonly (readonly string[])[],
  lying: 'must lie in one' | 'may lie in none' = 'must lie in one',
): PlaceSum[] {
  const present = new Set(subjects)
  const has = new Set(subjects.map((s) => locate(s)?.level))
  return chains.flatMap((levels, chain) => {
    const parts = new Map<number, number[]>()
    for (const subject of subjects) {
      const own = locate(subject)
      const at = levels.indexOf(own?.level ?? '')
      if (!own || at < 0) continue
      const parent = levels
        .slice(at + 1)
        .flatMap((level) => own.parents.filter((p) => present.has(p) && locate(p)?.level === level))
        .at(0)
      const above = levels.slice(at + 1).filter((level) => has.has(level))
      if (parent === undefined && above.length > 0 && lying === 'must lie in one')
        throw new LiesInNone(subject, above)
      if (parent !== undefined) parts.set(parent, [...(parts.get(parent) ?? []), subject])
    }
    return [...parts].map(([total, some]) => ({ total, parts: some, chain }))
  })
}
