import type { PlaceParts } from './place-parts.ts'
import { type Cell, type Counts, dimensionsOf, rest, type Sum, without } from './sums.ts'

/** A figure that is not listed, all of whose parts are. */
export interface SumOfListed {
  readonly figure: string
  readonly parts: readonly string[]
}

/**
 * Figures that a file does not list can be worked out from more than one side: girls of a ward as what is left of the
 * ward without its boys, and as what is left of the district's girls without its other wards. Both are the same
 * people, where the counts allow it.
 * @returns the sums that say so, and a cell for each unlisted figure that only several of them together tell.
 */
export function sumsOfUnlisted(
  cells: readonly Cell[],
  sums: readonly Sum[],
  whole: readonly SumOfListed[],
): { cells: Cell[]; sums: Sum[] } {
  const counts = new Map(cells.map((c) => [c.key, c.count]))
  const countOf = (keys: readonly string[]): number =>
    keys.reduce((n, key) => n + (counts.get(key) ?? 0), 0)
  const added: Cell[] = []
  const found: Sum[] = []
  const told = new Map<string, readonly string[]>()
  const tell = (figure: string, by: readonly string[]): void => {
    const known = told.get(figure)
    if (!known) told.set(figure, by)
    else if (countOf(known) === countOf(by)) {
      const [one, other] = [known, by].map((a, at) =>
        a.filter((key) => !(at === 0 ? by : known).includes(key)),
      ) as [string[], string[]]
      if (one.length > 0 && other.length > 0) found.push(...asOne(figure, one, other))
    }
  }
  const asOne = (figure: string, one: readonly string[], other: readonly string[]): Sum[] => {
    if (one.length === 1) return [{ total: one[0] as string, parts: other }]
    if (other.length === 1) return [{ total: other[0] as string, parts: one }]
    if (!counts.has(figure)) addCell(figure, countOf(one))
    if (counts.get(figure) !== countOf(one)) return []
    return [
      { total: figure, parts: one },
      { total: figure, parts: other },
    ]
  }
  const addCell = (key: string, count: number): void => {
    added.push({ key, count, status: 'unpublished' })
    counts.set(key, count)
  }
  for (const { figure, parts } of whole) tell(figure, parts)
  let open = sums.flatMap(({ rest: left, unlisted = [] }) =>
    left === undefined ? [] : [{ rest: left, unlisted }],
  )
  for (let size = -1; size !== open.length; ) {
    size = open.length
    open = open.filter(({ rest, unlisted }) => {
      const unknown = unlisted.filter((f) => !told.has(f))
      if (unknown.length > 1) return true
      const known = unlisted.flatMap((f) => told.get(f) ?? [])
      if (new Set([rest, ...known]).size !== known.length + 1) return false
      const left = (counts.get(rest) ?? 0) - countOf(known)
      const [figure] = unknown
      if (unlisted.length === 1) tell(unlisted[0] as string, [rest])
      else if (figure === undefined && left === 0) found.push({ total: rest, parts: known })
      else if (figure !== undefined && left > 0 && !counts.has(figure)) {
        addCell(figure, left)
        found.push({ total: rest, parts: [...known, figure] })
        tell(figure, [figure])
      }
      return false
    })
  }
  return { cells: added, sums: found }
}

/** The groups that each total of a group has anywhere: of everyone, girls and boys. */
export function domainsOf(counts: Counts): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const group of new Set([...counts.values()].flatMap((groups) => [...groups.keys()]))) {
    for (const dimension of dimensionsOf(group)) {
      const key = `${dimension}|${without(group, dimension)}`
      found.set(key, (found.get(key) ?? new Set()).add(group))
    }
  }
  return found
}

/** Totals that are not listed, of places and of groups, all of whose parts are. */
export function sumsOfListed(
  counts: Counts,
  places: readonly PlaceParts[],
  domains: ReadonlyMap<string, ReadonlySet<string>>,
  key: (subject: string, group: string) => string,
): SumOfListed[] {
  const found: SumOfListed[] = []
  for (const [subject, groups] of counts) {
    if (subject.includes(rest)) continue
    for (const [name, domain] of domains) {
      const total = name.slice(name.indexOf('|') + 1)
      if (groups.has(total) || ![...domain].every((g) => groups.has(g))) continue
      found.push({ figure: key(subject, total), parts: [...domain].map((g) => key(subject, g)) })
    }
  }
  const all = new Set([...counts.values()].flatMap((groups) => [...groups.keys()]))
  for (const place of places) {
    for (const group of all) {
      if (group.includes(rest) || counts.get(place.total)?.has(group)) continue
      if (place.unlisted(group).length > 0) continue
      const parts = place.parts(group).map((p) => key(p, group))
      found.push({ figure: key(place.total, group), parts })
    }
  }
  return found
}
