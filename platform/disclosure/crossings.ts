import type { PlaceParts } from './place-parts.ts'
import { type Cell, type Counts, dimensionsOf, rest, type Sum, valueIn } from './sums.ts'
import { domainsOf, type Left, type SumOfParts, toldOf, withTotals } from './unlisted.ts'

/** What a column of counts lists, and the sums of what is listed. */
export interface Crossed {
  readonly counts: Counts
  readonly places: readonly PlaceParts[]
  /** Of {@link withCrossings}. */
  readonly groups: ReadonlySet<string>
  readonly key: (subject: string, group: string) => string
  readonly cells: readonly Cell[]
  readonly sums: readonly Sum[]
  /** What a sum of a place's groups is called. */
  readonly nameOfSum: (subject: string, dimension: string, total: string) => string
  readonly nameOfPlaceSum: (place: PlaceParts, group: string) => string
}

/**
 * So many figures, listed or not, are looked at in a column of counts: a file of a hundred places may cross three
 * columns that make 3,000 groups, one of a thousand places some that make 300.
 */
const mostFigures = 300_000

/**
 * What follows of crossings that a file does not list, of columns that it crosses somewhere: where girls and boys,
 * pupils and others are listed, and of those crossed only boys who are pupils, then girls who are none are the girls
 * less what the pupils are more than those boys. Of each crossing it is looked whether all sums together tell it.
 */
export function sumsOfCrossings(of: Crossed): { cells: Cell[]; sums: Sum[] } {
  const { groups } = of
  if (groups.size > roomOf(of.counts.size + of.places.length)) return { cells: [], sums: [] }
  const subjects = [...of.counts.keys()].filter((subject) => !subject.includes(rest))
  const has = (subject: string, group: string) => of.counts.get(subject)?.has(group) === true
  const isListed = (subject: string) => [...groups].every((group) => has(subject, group))
  if (subjects.every(isListed)) return { cells: [], sums: [] }
  const domains = [...domainsOf(groups)].map(([name, parts]): Domain => {
    const [dimension = '', total = ''] = name.split('|')
    return { dimension, total, parts: [...parts] }
  })
  const key = (subject: string, group: string) =>
    has(subject, group) ? of.key(subject, group) : `${of.key(subject, group)}|crossed`
  const found = [...ofGroups(of, subjects, domains, key), ...ofPlaces(of, groups, key)]
  return toldOf(
    'crossed',
    of.cells,
    found.flatMap(({ left }) => left ?? []),
    found.flatMap(({ whole }) => whole ?? []),
  )
}

const roomOf = (places: number): number => mostFigures / Math.max(1, places)

/** The groups of a total in one dimension. */
interface Domain {
  readonly dimension: string
  readonly total: string
  readonly parts: readonly string[]
}

/** A sum of which something is not listed: its total, or some of its parts. */
type Open = { readonly left?: Left; readonly whole?: SumOfParts }

/**
 * All groups, with every crossing of the values of columns that are crossed anywhere. Where columns have so many values
 * that all their crossings in all places would be too many, those of the most are left out: of these only what some
 * place lists is known. Nothing is looked at where what is listed somewhere is too much for all places.
 * @param listed with all that they are part of.
 * @param places in how many places they may be.
 */
export function withCrossings(listed: ReadonlySet<string>, places: number): ReadonlySet<string> {
  const room = roomOf(places)
  const values = new Map<string, Set<string>>()
  const crossed = new Map<string, readonly string[]>()
  for (const group of listed) {
    const dimensions = dimensionsOf(group)
    for (const d of dimensions) values.set(d, (values.get(d) ?? new Set()).add(valueIn(group, d)))
    if (dimensions.length > 1) crossed.set(dimensions.join(';'), dimensions)
  }
  const sizeOf = (dimensions: readonly string[]): number =>
    dimensions.reduce((n, d) => n * (values.get(d)?.size ?? 0), 1)
  let found: ReadonlySet<string> = listed
  const inOrder = [...crossed].sort(
    ([a, some], [b, others]) => sizeOf(some) - sizeOf(others) || (a < b ? -1 : 1),
  )
  for (const [, dimensions] of inOrder) {
    if (found.size + sizeOf(dimensions) > room) break
    let groups = ['']
    for (const d of dimensions)
      groups = groups.flatMap((g) =>
        [...(values.get(d) ?? [])].map((v) => `${g === '' ? '' : `${g};`}${d}=${v}`),
      )
    found = withTotals([...found, ...groups])
  }
  return found
}

type Key = (subject: string, group: string) => string

function ofGroups(
  { counts, sums, nameOfSum }: Crossed,
  subjects: readonly string[],
  domains: readonly Domain[],
  key: Key,
): Open[] {
  const sumOf = new Map(sums.map((s) => [s.of, s]))
  return subjects.flatMap((subject) => {
    const listed = counts.get(subject)
    return domains.flatMap(({ dimension, total, parts }): Open[] => {
      if (!listed?.has(total))
        return [
          { whole: { figure: key(subject, total), parts: parts.map((g) => key(subject, g)) } },
        ]
      const out = parts.filter((g) => !listed.has(g))
      if (out.length === 0) return []
      const unlisted = out.map((g) => key(subject, g))
      const sum = sumOf.get(nameOfSum(subject, dimension, total))
      if (sum) return [{ left: { rest: sum.rest, unlisted } }]
      // Parts that come to more than their total are no sum.
      return out.length < parts.length ? [] : [{ left: { rest: key(subject, total), unlisted } }]
    })
  })
}

function ofPlaces(
  { counts, places, sums, nameOfPlaceSum }: Crossed,
  groups: ReadonlySet<string>,
  key: Key,
): Open[] {
  const sumOf = new Map(sums.map((s) => [s.of, s]))
  return places.flatMap((place) =>
    [...groups].flatMap((group): Open[] => {
      const unlisted = place.unlisted(group).map((p) => key(p, group))
      if (!counts.get(place.total)?.has(group)) {
        const parts = [...place.parts(group).map((p) => key(p, group)), ...unlisted]
        return [{ whole: { figure: key(place.total, group), parts } }]
      }
      const sum = sumOf.get(nameOfPlaceSum(place, group))
      return sum && unlisted.length > 0 ? [{ left: { rest: sum.rest, unlisted } }] : []
    }),
  )
}
