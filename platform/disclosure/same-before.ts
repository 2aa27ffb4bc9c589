import type { Counted } from './counts.ts'
import { type Column, columnOf, type Measure, sameCounts } from './same-counts.ts'
import type { Whole } from './wholes.ts'

/** A count of an indicator, as names of counts begin: ":visits|part". */
type Name = string

const nameOf = ({ indicator, measure }: { indicator: string; measure: Measure }): Name =>
  `:${indicator}|${measure}`

/** Counts of two indicators that are the same people, as some release of a slot shows. */
export type SamePair = readonly [one: Name, other: Name]

/** Those pairs that are the same in some release, and in no release another count where it lists both. */
export function samePairs(releases: readonly (readonly Counted[])[]): SamePair[] {
  const found = new Map<string, Pair>()
  for (const figures of releases)
    for (const { one, other } of sameCounts(figures)) {
      const pair: Pair = nameOf(one) < nameOf(other) ? [one, other] : [other, one]
      found.set(pair.map(nameOf).join('\n'), pair)
    }
  return [...found.values()]
    .filter(([one, other]) => releases.every((figures) => agree(figures, one, other)))
    .map(([one, other]) => [nameOf(one), nameOf(other)])
}

type Of = Pick<Column, 'indicator' | 'measure'>
type Pair = readonly [one: Of, other: Of]

/** Whether a release has the same counts of both wherever it lists both. */
function agree(figures: readonly Counted[], one: Of, other: Of): boolean {
  const [own, its] = [one, other].map(({ indicator, measure }) =>
    columnOf(
      indicator,
      measure,
      figures.filter((f) => f.indicator === indicator),
    ),
  )
  return [...(own?.counts ?? [])].every(
    ([at, { count }]) => (its?.counts.get(at)?.count ?? count) === count,
  )
}

/**
 * What such pairs tell where indicators take turns: one release lists a group of the one, another of the other. Where
 * each release lists both or none, they are tied already.
 * @param figuresOf of each release what it lists, by names of counts.
 */
export function wholesOfSame(
  pairs: readonly SamePair[],
  figuresOf: readonly ReadonlyMap<string, unknown>[],
): Whole[] {
  if (pairs.length === 0) return []
  const rowsOf = new Map<Name, Set<string>>()
  for (const listed of figuresOf)
    for (const name of listed.keys()) {
      const [sheet = '', measure = ''] = name.split('|')
      const column = `${sheet}|${measure}`
      rowsOf.set(column, (rowsOf.get(column) ?? new Set()).add(name.slice(column.length)))
    }
  return pairs.flatMap(([one, other]) => {
    const rows = new Set([...(rowsOf.get(one) ?? []), ...(rowsOf.get(other) ?? [])])
    return [...rows]
      .filter((row) => figuresOf.some((f) => f.has(`${one}${row}`) !== f.has(`${other}${row}`)))
      .map((row) => ({ total: `${one}${row}`, parts: [`${other}${row}`] }))
  })
}
