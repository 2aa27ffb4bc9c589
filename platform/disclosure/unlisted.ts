import type { PlaceParts } from './place-parts.ts'
import { type Cell, type Counts, dimensionsOf, rest, type Sum, stepsOf, without } from './sums.ts'

/** A figure that is not listed, and what it is the sum of, listed or not. */
export interface SumOfParts {
  readonly figure: string
  readonly parts: readonly string[]
  /** Whether there may be more parts, which no place lists. */
  readonly someOnly?: boolean
}

/** What is left of a sum, and the figures that are not listed and make it up. */
export interface Left {
  /** Left out where nothing is left: then they are nobody. */
  readonly rest?: string | undefined
  readonly unlisted: readonly string[]
}

/**
 * Figures that a file does not list can be worked out from more than one side: girls of a ward as what is left of the
 * ward without its boys, as what is left of the district's girls without its other wards, and as the sum of its girls
 * of each age. All are the same people, where the counts allow it; where a side comes to fewer, they are among them.
 * @returns the sums that say so, and a cell for each unlisted figure that only several of them together tell, and for
 * those whom only one side counts.
 */
export function sumsOfUnlisted(
  cells: readonly Cell[],
  sums: readonly Sum[],
  ofParts: readonly SumOfParts[],
): { cells: Cell[]; sums: Sum[] } {
  const lefts = sums.flatMap(({ rest: left, unlisted = [] }) =>
    left === undefined ? [] : [{ rest: left, unlisted }],
  )
  return toldOf('unlisted', cells, lefts, ofParts)
}

/**
 * The same of what is left of sums.
 * @param name what tells its cells from others of the same figures.
 */
export function toldOf(
  name: string,
  cells: readonly Cell[],
  lefts: readonly Left[],
  ofParts: readonly SumOfParts[],
): { cells: Cell[]; sums: Sum[] } {
  if (lefts.length === 0 && ofParts.length === 0) return { cells: [], sums: [] }
  const told = new Told(name, cells)
  let [sides, left] = [ofParts, lefts]
  // What is left of one sum may be the last part of another that is unknown, and the other way round.
  for (let size = -1; size !== sides.length + left.length; ) {
    size = sides.length + left.length
    sides = told.whole(sides)
    left = told.lefts(left)
    sides = told.lastParts(sides)
  }
  for (const side of sides) told.atLeast(side)
  for (const one of left) told.among(one)
  return { cells: told.cells, sums: told.sums }
}

/** What is known of figures that are not listed. */
class Told {
  readonly cells: Cell[] = []
  readonly sums: Sum[] = []
  readonly #name: string
  readonly #counts: Map<string, number>
  /** Of a figure, the cells that add up to it. */
  readonly #by = new Map<string, readonly string[]>()
  /** Figures that may be more than these cells: some of their parts are known nowhere. */
  readonly #atLeast = new Set<string>()

  constructor(name: string, listed: readonly Cell[]) {
    this.#name = name
    this.#counts = new Map(listed.map((c) => [c.key, c.count]))
  }

  /** Tells the figures all of whose parts are known, and gives back the other sums. */
  whole(all: readonly SumOfParts[]): readonly SumOfParts[] {
    let open = all
    for (let size = -1; size !== open.length; ) {
      size = open.length
      open = open.filter(({ figure, parts, someOnly = false }) => {
        if (parts.some((p) => this.#cellsOf(p) === undefined)) return true
        const known = parts.flatMap((p) => this.#cellsOf(p) ?? [])
        this.#tell(figure, known, someOnly || parts.some((p) => this.#atLeast.has(p)))
        return false
      })
    }
    return open
  }

  /** Tells what follows from what is left of sums, and gives back those of which too much is unknown. */
  lefts(all: readonly Left[]): readonly Left[] {
    let open = all
    for (let size = -1; size !== open.length; ) {
      size = open.length
      open = open.filter(
        ({ rest, unlisted }) =>
          !this.#workOut(rest ?? '', rest === undefined ? [] : [rest], unlisted),
      )
    }
    return open
  }

  /** Tells the last unknown part of figures that are known, and gives back the other sums. */
  lastParts(all: readonly SumOfParts[]): readonly SumOfParts[] {
    return all.filter(({ figure, parts }) => {
      const by = this.#cellsOf(figure)
      return by === undefined || !this.#workOut(figure, by, parts)
    })
  }

  /** What is known of a figure's parts is among it. */
  atLeast({ figure, parts }: SumOfParts): void {
    const known = parts.flatMap((p) => this.#cellsOf(p) ?? [])
    if (known.length > 0) this.#tell(figure, known, true)
  }

  /** What is known of the figures that make up what is left of a sum is among it. */
  among({ rest, unlisted }: Left): void {
    const known = unlisted.flatMap((f) => this.#by.get(f) ?? [])
    if (rest !== undefined && known.length > 0) this.#hold(rest, [rest], known)
  }

  /** What is left of some cells when the parts that are known are taken out is the last part; of nobody all others. */
  #workOut(name: string, total: readonly string[], parts: readonly string[]): boolean {
    const unknown = parts.filter((p) => this.#cellsOf(p) === undefined)
    const known = parts.flatMap((p) => this.#cellsOf(p) ?? [])
    const left = this.#countOf(total) - this.#countOf(known)
    if (left === 0) for (const figure of unknown) this.#tell(figure, [])
    else if (unknown.length > 1) return false
    if (new Set([...total, ...known]).size !== total.length + known.length) return true
    const [figure] = left === 0 ? [] : unknown
    if (parts.length === 1) this.#tell(parts[0] as string, total)
    else if (figure === undefined) this.#hold(name, total, known)
    else if (left > 0) {
      this.#addCell(figure, left)
      this.#hold(name, total, [...known, figure])
      this.#tell(figure, [figure])
    }
    return true
  }

  /** The cells that a figure is, or is the sum of; undefined where nobody can tell. */
  #cellsOf(figure: string): readonly string[] | undefined {
    return this.#counts.has(figure) ? [figure] : this.#by.get(figure)
  }

  #countOf(keys: readonly string[]): number {
    return keys.reduce((n, key) => n + (this.#counts.get(key) ?? 0), 0)
  }

  #addCell(key: string, count: number): void {
    this.cells.push({ key, count, status: 'unpublished' })
    this.#counts.set(key, count)
  }

  #tell(figure: string, by: readonly string[], isAtLeast = false): void {
    const known = this.#by.get(figure)
    if (!known) {
      this.#by.set(figure, by)
      if (isAtLeast) this.#atLeast.add(figure)
      return
    }
    const more = this.#countOf(known) - this.#countOf(by)
    // Of two that are both among a figure neither need be among the other.
    if (more > 0 ? this.#atLeast.has(figure) : more < 0 && isAtLeast) return
    this.#hold(figure, known, by)
  }

  /** Ties two ways of telling a figure; where one comes to fewer, with a cell for the others. */
  #hold(figure: string, all: readonly string[], some: readonly string[]): void {
    const more = this.#countOf(all) - this.#countOf(some)
    // Told by its parts alone it comes to too few where one of them is listed nowhere.
    if (more < 0) return this.#hold(figure, some, all)
    const one = all.filter((key) => !some.includes(key))
    const other = some.filter((key) => !all.includes(key))
    if (one.length === 0 || other.length === 0) return
    if (more > 0) {
      const key = `${figure} but for ${other.length} of ${this.cells.length} ${this.#name}`
      this.#addCell(key, more)
      other.push(key)
    }
    if (one.length === 1) this.sums.push({ total: one[0] as string, parts: other })
    else if (other.length === 1) this.sums.push({ total: other[0] as string, parts: one })
    else {
      if (!this.#counts.has(figure)) this.#addCell(figure, this.#countOf(one))
      if (this.#counts.get(figure) !== this.#countOf(one)) return
      this.sums.push({ total: figure, parts: one }, { total: figure, parts: other })
    }
  }
}

/** Groups, and all that they are part of: girls under 5 are girls, and everyone. */
export function withTotals(groups: Iterable<string>): Set<string> {
  const all = new Set(groups)
  for (const group of all) for (const d of dimensionsOf(group)) all.add(without(group, d))
  return all
}

/** All groups of which anything is listed anywhere, and those that they are part of. */
export const groupsOf = (counts: Counts): Set<string> =>
  withTotals([...counts.values()].flatMap((groups) => [...groups.keys()]))

/**
 * The groups that each total of a group has anywhere: of everyone, girls and boys; also where girls are listed by
 * their ages alone.
 * @param groups with all that they are part of.
 */
export function domainsOf(groups: Iterable<string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const group of groups) {
    for (const dimension of dimensionsOf(group)) {
      const key = `${dimension}|${without(group, dimension)}`
      found.set(key, (found.get(key) ?? new Set()).add(group))
    }
  }
  return found
}

/** Totals that are not listed, of places and of groups, of which something is: the most detailed first. */
export function sumsOfParts(
  counts: Counts,
  places: readonly PlaceParts[],
  domains: ReadonlyMap<string, ReadonlySet<string>>,
  key: (subject: string, group: string) => string,
  crossed: ReadonlyMap<string, ReadonlySet<string>>,
): SumOfParts[] {
  const found: (SumOfParts & { readonly group: string })[] = []
  for (const [subject, groups] of counts) {
    if (subject.includes(rest)) continue
    const sums = [...withTotals(groups.keys())].flatMap((g) =>
      dimensionsOf(g).map((d) => `${d}|${without(g, d)}`),
    )
    for (const name of new Set(sums)) {
      const group = name.slice(name.indexOf('|') + 1)
      if (groups.has(group)) continue
      const parts = [...(domains.get(name) ?? [])].map((g) => key(subject, g))
      const someOnly = parts.length < (crossed.get(name)?.size ?? 0)
      found.push({ figure: key(subject, group), parts, group, someOnly })
    }
  }
  const all = groupsOf(counts)
  for (const place of places) {
    for (const group of all) {
      if (group.includes(rest) || counts.get(place.total)?.has(group)) continue
      const parts = [...place.parts(group), ...place.unlisted(group)].map((p) => key(p, group))
      found.push({ figure: key(place.total, group), parts, group })
    }
  }
  return found.sort((a, b) => stepsOf(b.group) - stepsOf(a.group))
}
