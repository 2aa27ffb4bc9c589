import { type Counted, figureKey } from './counts.ts'
import { SumsOfTwo } from './part-sums.ts'

/** The counts behind a figure: those counted, the others, and all; or of how many people it is and counts none. */
export const measures = ['part', 'others', 'base', 'people'] as const
export type Measure = (typeof measures)[number]

/** A count of a figure; null where it has none. */
export function countOf(figure: Counted, measure: Measure): number | null {
  const { part, base, people = null } = figure
  if (measure === 'people') return people
  const count = measure === 'part' ? part : base && (measure === 'base' ? base : base - part)
  return count === null || Number.isNaN(count) ? null : count
}

/** One of the counts of all figures of an indicator. */
export interface Column {
  readonly indicator: string
  readonly measure: Measure
  /** By place and group. */
  readonly counts: ReadonlyMap<string, { readonly figure: Counted; readonly count: number }>
}

/**
 * Two indicators of a file of which one count is the same, wherever both are listed; also where one lists a total and
 * the other its parts.
 */
export interface SameCounts {
  readonly one: Column
  readonly other: Column
}

/** Each list of figures is asked about many times while a release is chosen and attacked, and never changes. */
const known = new WeakMap<readonly Counted[], readonly SameCounts[]>()

/**
 * Which counts of two indicators are the same people: visits, and the visits of which a share was in time. Nobody
 * declares it, since whoever reads the file sees it: all places and groups that both list have the same count. What
 * is hidden of the one would be read off the other.
 * @param figures a list that does not change: what is found of it is kept as long as the list is.
 */
export function sameCounts(figures: readonly Counted[]): readonly SameCounts[] {
  const found = known.get(figures) ?? findSame(figures)
  known.set(figures, found)
  return found
}

function findSame(figures: readonly Counted[]): SameCounts[] {
  const byIndicator = Map.groupBy(figures, (f) => f.indicator ?? '')
  if (byIndicator.size < 2) return []
  const columns = [...byIndicator].flatMap(([indicator, own]) =>
    measures.map((measure) => columnOf(indicator, measure, own)),
  )
  const sums = new SumsOfTwo()
  return columns.flatMap((one, i) =>
    columns.slice(i + 1).flatMap((other) => (isSame(one, other, sums) ? [{ one, other }] : [])),
  )
}

export function columnOf(indicator: string, measure: Measure, figures: readonly Counted[]): Column {
  const counts = figures.flatMap((figure) => {
    const count = countOf(figure, measure)
    return count === null
      ? []
      : [[figureKey({ ...figure, indicator: '' }), { figure, count }] as const]
  })
  return { indicator, measure, counts: new Map(counts) }
}

/** Of one or two it would be no wonder. */
const least = 3

/**
 * Whether two columns have the same count wherever both have one, and this in some places where anybody is; or groups
 * that one lists come to totals together with those of the other.
 */
function isSame(one: Column, other: Column, sums: SumsOfTwo): boolean {
  if (one.indicator === other.indicator) return false
  let somebody = 0
  for (const [key, { count }] of one.counts) {
    const there = other.counts.get(key)
    if (there !== undefined && there.count !== count) return false
    if (there !== undefined && count > 0) somebody += 1
  }
  if (somebody >= least) return true
  if (one.counts.size + other.counts.size < least) return false
  const more = sums.witnesses(one.counts, other.counts)
  return more !== null && somebody + more >= least
}

/** The counts that are the same, as sums that hold: as many as it takes to tie them together. */
export function sumsOfSame(
  figures: readonly Counted[],
  keyOf: (measure: Measure, figure: Counted) => string,
): { readonly total: string; readonly parts: readonly [string] }[] {
  const sets = new Sets()
  return sameCounts(figures).flatMap(({ one, other }) =>
    [...one.counts].flatMap(([at, { figure }]) => {
      const there = other.counts.get(at)
      if (there === undefined) return []
      const [total, part] = [keyOf(one.measure, figure), keyOf(other.measure, there.figure)]
      return sets.join(total, part) ? [{ total, parts: [part] as const }] : []
    }),
  )
}

/** Keys of counts that are the same, of each all of its set. */
export function sameKeys(
  figures: readonly Counted[],
  keyOf: (measure: Measure, figure: Counted) => string,
): ReadonlyMap<string, readonly string[]> {
  const sets = new Sets()
  const sums = sumsOfSame(figures, keyOf)
  for (const { total, parts } of sums) sets.join(total, parts[0])
  const all = new Set(sums.flatMap(({ total, parts }) => [total, ...parts]))
  const alike = [...Map.groupBy(all, (key) => sets.of(key)).values()]
  return new Map(alike.flatMap((some) => some.map((key) => [key, some] as const)))
}

/** Things that are the same as others: each set of them goes by the name of one. */
export class Sets {
  readonly #names = new Map<string, string>()

  /** The name of the set that something is in. */
  of(one: string): string {
    let name = one
    for (let next = this.#names.get(name); next !== undefined; next = this.#names.get(name))
      name = next
    return name
  }

  /** Whether two things were in two sets until now; the first gives both its name. */
  join(one: string, other: string): boolean {
    const [to, from] = [this.of(one), this.of(other)]
    if (to === from) return false
    this.#names.set(from, to)
    return true
  }
}
