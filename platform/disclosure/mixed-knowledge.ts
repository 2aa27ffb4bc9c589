import type { PublishedMixed } from './mixed-releases.ts'
import { cellsOfWhom, countOfCells, type MixedHistory, type MixedIndicator } from './mixed-truth.ts'

/** What an attacker takes for the same people. */
export interface Knowledge {
  /** The people of an indicator, the same for those that are known to be of the same. */
  readonly peopleOf: (indicator: string) => string
  /** Whether it is known of some people that the answers are all that there are. */
  readonly answersAddUp: (people: string) => boolean
}

/** Knows what every indicator counts. */
export const knowsAll: Knowledge = { peopleOf: () => 'all', answersAddUp: () => true }

/** In fewer rows it might be chance: so docs/descriptors.md says it to publishers. */
const least = 3

/** What is counted in some places and groups; under `''` all people. */
type Columns = ReadonlyMap<string, ReadonlyMap<string, number>>

/**
 * Knows what is declared, and what can be seen of the releases without knowing what an indicator counts: that two
 * give the same counts in three rows, or several add up in three.
 * @param looking whether he looks at the releases one by one for it, or lays them side by side: then a count in one
 * may be the base of a share in another. One that took another's place with the same counts is seen either way.
 */
export function seesOnly(
  history: MixedHistory,
  published: readonly PublishedMixed[],
  looking: 'at each' | 'at all',
): Knowledge {
  const { indicators } = history
  const sets = new Map(indicators.map((i) => [i.code, i.code]))
  const peopleOf = (code: string): string => {
    const next = sets.get(code) ?? code
    return next === code ? code : peopleOf(next)
  }
  const join = (one: MixedIndicator, other: MixedIndicator) =>
    sets.set(peopleOf(one.code), peopleOf(other.code))
  const sides = looking === 'at each' ? published.map((p) => [p]) : [published]
  const columns = new Map(indicators.map((i) => [i, sides.map((s) => columnsOf(history, s, i))]))
  for (const one of indicators)
    for (const other of indicators) {
      const beside = (columns.get(one) ?? []).some((own, side) =>
        haveSame(own, columns.get(other)?.[side]),
      )
      if (one !== other && (beside || isInPlaceOf(history, published, one, other))) join(one, other)
    }
  const whole = new Set<string>()
  for (const side of sides.keys()) {
    const adding = addingUp(history, (i) => columns.get(i)?.[side])
    for (const one of adding) join(one, adding[0] as MixedIndicator)
    for (const { code } of adding.slice(0, 1)) whole.add(code)
  }
  return { peopleOf, answersAddUp: (people) => [...whole].some((w) => peopleOf(w) === people) }
}

/** The counts of an indicator that some releases list. */
function columnsOf(
  { world }: MixedHistory,
  releases: readonly PublishedMixed[],
  { code, kind, counts }: MixedIndicator,
): Columns {
  const whats = kind === 'proportion' ? [undefined, counts] : [counts]
  const rows = releases.flatMap(({ cells, rows: all }) =>
    all.filter((r) => r.indicator === code).map((row) => ({ row, cells })),
  )
  return new Map(
    whats.map((what) => [
      what ?? '',
      new Map(
        rows.map(({ row, cells }) => [
          `${row.place}|${row.group}`,
          countOfCells(cells, cellsOfWhom(cells, row, world), what),
        ]),
      ),
    ]),
  )
}

const haveSame = (one: Columns | undefined, other: Columns | undefined): boolean =>
  [...(one ?? [])].some(([what, counts]) => {
    const there = other?.get(what)
    const both = [...counts].filter(([whom, n]) => n > 0 && there?.has(whom))
    const same = both.filter(([whom, n]) => there?.get(whom) === n)
    return same.length >= least && 2 * same.length >= both.length
  })

/** Whether one is the other under a code that stands in other releases, and never beside it. */
function isInPlaceOf(
  history: MixedHistory,
  published: readonly PublishedMixed[],
  one: MixedIndicator,
  other: MixedIndicator,
): boolean {
  if (one.kind !== other.kind || one.counts !== other.counts) return false
  const lists = (p: PublishedMixed, i: MixedIndicator) => p.rows.some((r) => r.indicator === i.code)
  if (published.some((p) => lists(p, one) && lists(p, other))) return false
  const of = (i: MixedIndicator) => published.map((p) => columnsOf(history, [p], i))
  return of(one).some((own) => of(other).some((there) => haveSame(own, there)))
}

/** The indicators of all answers and of all people, where their rows show that they add up. */
function addingUp(
  { world, indicators }: MixedHistory,
  columns: (indicator: MixedIndicator) => Columns | undefined,
): MixedIndicator[] {
  const { answers } = world
  if (answers.length === 0) return []
  const rowsOf = (what: string) =>
    new Set(indicators.flatMap((i) => [...(columns(i)?.get(what)?.keys() ?? [])]))
  const parts = answers.map(rowsOf)
  const all = [...rowsOf('')].filter((whom) => parts.every((p) => p.has(whom)))
  if (all.length < least) return []
  return indicators.filter((i) =>
    ['', ...answers].some((what) => all.some((whom) => columns(i)?.get(what)?.has(whom))),
  )
}
