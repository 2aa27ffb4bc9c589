import type { CellStatus } from '@plumbline/disclosure'
import type { PlaceSum } from './counts.ts'
import { sumsOfCrossings, withCrossings } from './crossings.ts'
import { addRestOfPlaces, type PlaceParts, partsOfPlaces } from './place-parts.ts'
import {
  type Cell,
  type Counts,
  dimensionsOf,
  type Holding,
  PartsAboveTotal,
  plainGroup,
  rest,
  restIn,
  type Sum,
  stepsOf,
  valueIn,
  without,
} from './sums.ts'
import { domainsOf, groupsOf, sumsOfParts, sumsOfUnlisted } from './unlisted.ts'

/** A count of a place and group, and what may become of it. */
export interface Listed {
  readonly subject: string
  readonly group: string
  readonly count: number
  readonly status: CellStatus
}

/** How a column of counts is looked at. */
export interface ColumnOf {
  /** What it counts, the same in every release. */
  readonly name: string
  readonly keyOf: (subject: string, group: string) => string
  readonly holding: Holding
  readonly places: readonly PlaceSum[]
}

/** All cells of one column of counts, with every sum that an attacker can use. */
export function cellsOfColumn(of: ColumnOf, all: readonly Listed[]): Cells {
  const column = { ...of, keyOf: keptKeys(of.keyOf) }
  const { keyOf: key, holding } = column
  const counts: Counts = new Map()
  const statuses = new Map<string, CellStatus>()
  for (const { subject, group, count, status } of all) {
    counts.set(subject, (counts.get(subject) ?? new Map()).set(group, count))
    statuses.set(key(subject, group), status)
  }
  const places = partsOfPlaces(counts, column.places)
  addRestOfPlaces(counts, places, holding)
  const listed = groupsOf(counts)
  const domains = domainsOf(listed)
  const found = [...sumsOfGroups(column, counts, domains), ...sumsOfPlaces(column, counts, places)]
  const cells = [...counts].flatMap(([subject, groups]) =>
    [...groups].map(([group, count]) => ({
      key: key(subject, group),
      count,
      status: statuses.get(key(subject, group)) ?? ('unpublished' as const),
    })),
  )
  const groups = withCrossings(listed, counts.size + places.length)
  const ofParts = sumsOfParts(counts, places, domains, key, domainsOf(groups))
  const unlisted = sumsOfUnlisted(cells, found, ofParts)
  // Of rounded sums what is left of a total is nobody, crossed or not.
  const crossed: Cells =
    holding === 'rounded'
      ? { cells: [], sums: [] }
      : sumsOfCrossings({
          ...{ counts, places, groups, key, cells, sums: found },
          nameOfSum: (subject, dimension, total) => nameOfSum(column, subject, dimension, total),
          nameOfPlaceSum: (place, group) => nameOfPlaceSum(column, place, group),
        })
  return {
    cells: [...cells, ...unlisted.cells, ...crossed.cells],
    sums: [...found, ...unlisted.sums, ...crossed.sums],
  }
}

/** The same keys, each made once: a cell is named by every sum that it is in. */
function keptKeys(keyOf: ColumnOf['keyOf']): ColumnOf['keyOf'] {
  const kept = new Map<string, Map<string, string>>()
  return (subject, group) => {
    let own = kept.get(subject)
    if (own === undefined) kept.set(subject, (own = new Map()))
    let key = own.get(group)
    if (key === undefined) own.set(group, (key = keyOf(subject, group)))
    return key
  }
}

/** Cells, and sums that are known to hold of them. */
interface Cells {
  readonly cells: Cell[]
  readonly sums: Sum[]
}

const nameOfSum = ({ name }: ColumnOf, subject: string, dimension: string, total: string): string =>
  `${name}|${subject}|${dimension} of ${total}`

const nameOfPlaceSum = ({ name }: ColumnOf, { of }: PlaceParts, group: string): string =>
  `${name}|${of}|${group}`

/** Sums of groups of each place; adds to its counts what is left of them. */
function sumsOfGroups(
  column: ColumnOf,
  counts: Counts,
  domains: ReadonlyMap<string, ReadonlySet<string>>,
): Sum[] {
  const { keyOf: key, holding } = column
  const partsOf = new PartsOfTotals()
  return [...counts].flatMap(([subject, groups]) =>
    groupSums(groups, partsOf.among(groups), holding).map(
      ({ dimension, total, parts, rest: left }): Sum => {
        const domain = subject.includes(rest) ? [] : (domains.get(`${dimension}|${total}`) ?? [])
        return {
          of: nameOfSum(column, subject, dimension, total),
          total: key(subject, total),
          parts: parts.map((g) => key(subject, g)),
          rest: left === undefined ? undefined : key(subject, left),
          unlisted: [...domain].filter((g) => !parts.includes(g)).map((g) => key(subject, g)),
        }
      },
    ),
  )
}

function sumsOfPlaces(column: ColumnOf, counts: Counts, places: readonly PlaceParts[]): Sum[] {
  const { keyOf: key } = column
  return places.flatMap((place) =>
    [...(counts.get(place.total) ?? [])].flatMap(([group, count]): Sum[] => {
      const has = (p: string) => counts.get(p)?.has(group) === true
      const left = place.rest(group)
      const known = [...place.parts(group), left].filter(has)
      const sum = known.reduce((n, p) => n + (counts.get(p)?.get(group) ?? 0), 0)
      // The rest of a group may be nobody's in one of the parts: then there is no cell for it.
      if (known.length === 0 || sum !== count) return []
      return [
        {
          of: nameOfPlaceSum(column, place, group),
          total: key(place.total, group),
          parts: known.map((p) => key(p, group)),
          rest: has(left) ? key(left, group) : undefined,
          unlisted: group.includes(rest) ? [] : place.unlisted(group).map((p) => key(p, group)),
        },
      ]
    }),
  )
}

/** A total of a group with its parts, by their groups. */
interface GroupSum {
  readonly dimension: string
  readonly total: string
  readonly parts: readonly string[]
  readonly rest: string | undefined
}

/**
 * The sums of listed totals that a group is in without being a part of them: girls under 5 are among all girls, who
 * are a part of everyone. Where girls are listed by their ages alone these are a sum all the same.
 */
function sumsAbove(group: string, groups: ReadonlyMap<string, number>): string[] {
  const above = (from: string): string[] =>
    dimensionsOf(from).flatMap((d) => [without(from, d), ...above(without(from, d))])
  const totals = new Set(above(group).filter((total) => groups.has(total)))
  return [...totals].flatMap((total) =>
    stepsOf(group) - stepsOf(total) < 2
      ? []
      : dimensionsOf(group)
          .filter((d) => valueIn(group, d) !== valueIn(total, d))
          .map((dimension) => `${dimension}|${total}`),
  )
}

/** The parts of each total of a group by dimension and total; asked once of places that list the same groups. */
class PartsOfTotals {
  readonly #found = new Map<string, ReadonlyMap<string, readonly string[]>>()

  among(groups: ReadonlyMap<string, number>): ReadonlyMap<string, readonly string[]> {
    const name = [...groups.keys()].join('\n')
    const found = this.#found.get(name) ?? partsAmong(groups)
    this.#found.set(name, found)
    return found
  }
}

function partsAmong(groups: ReadonlyMap<string, number>): Map<string, string[]> {
  const parts = new Map<string, string[]>()
  for (const group of groups.keys()) {
    for (const dimension of dimensionsOf(group)) {
      const total = without(group, dimension)
      if (!groups.has(total)) continue
      const key = `${dimension}|${total}`
      parts.set(key, [...(parts.get(key) ?? []), group])
    }
    for (const key of sumsAbove(group, groups)) if (!parts.has(key)) parts.set(key, [])
  }
  return parts
}

/** Each total of a group with its parts: everyone is the sum of girls, boys and the rest. */
function groupSums(
  groups: Map<string, number>,
  parts: ReadonlyMap<string, readonly string[]>,
  holding: Holding,
): GroupSum[] {
  return [...parts].flatMap(([key, some]): GroupSum[] => {
    const [dimension = '', total = ''] = key.split('|')
    const all = groups.get(total) as number
    if (some.length === 0 && all === 0) return []
    const known = some.reduce((n, g) => n + (groups.get(g) as number), 0)
    if (known > all && holding === 'may hold') return []
    if (known !== all && holding === 'rounded') return []
    if (known > all) throw new PartsAboveTotal(`The group “${plainGroup(total)}”`, all, known)
    if (known === all) return [{ dimension, total, parts: some, rest: undefined }]
    const left = restIn(total, dimension)
    groups.set(left, all - known)
    return [{ dimension, total, parts: [...some, left], rest: left }]
  })
}
