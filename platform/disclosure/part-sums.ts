import type { Column } from './same-counts.ts'
import { dimensionsOf, without } from './sums.ts'

/** What all groups of a total in one dimension come to, in the places that list all of them; by dimension and total. */
export type PartSums = ReadonlyMap<string, readonly PartSum[]>

interface PartSum {
  /** The total's place and group, as a column has them. */
  readonly at: string
  readonly count: number
}

/** The sums of a column's groups: of two at least, since one alone is no sum. */
export function partSums({ counts }: Column): PartSums {
  const groups = new Map<string, Set<string>>()
  const found = new Map<string, Map<string, { count: number; parts: number }>>()
  for (const { figure, count } of counts.values())
    for (const dimension of dimensionsOf(figure.group)) {
      const total = without(figure.group, dimension)
      const name = `${dimension}|${total}`
      groups.set(name, (groups.get(name) ?? new Set()).add(figure.group))
      const at = `|${figure.subject}|${total}`
      const sums = found.get(name) ?? new Map<string, { count: number; parts: number }>()
      const was = sums.get(at) ?? { count: 0, parts: 0 }
      found.set(name, sums.set(at, { count: was.count + count, parts: was.parts + 1 }))
    }
  return new Map(
    [...found]
      .map(([name, sums]) => [name, groups.get(name)?.size ?? 0, sums] as const)
      .filter(([, size]) => size > 1)
      .map(([name, size, sums]) => [
        name,
        [...sums].filter(([, s]) => s.parts === size).map(([at, { count }]) => ({ at, count })),
      ]),
  )
}

/**
 * In how many places the groups of one column come to a total that another lists: of one dimension and total in all
 * that list them, or it is taken for chance.
 * @returns null where they come to more somewhere: they are not the same people.
 */
export function witnesses(sums: PartSums, { counts }: Column): number | null {
  let all = 0
  for (const some of sums.values()) {
    let somebody = 0
    for (const { at, count } of some) {
      const total = counts.get(at)?.count
      if (total === undefined) continue
      if (total < count) return null
      if (total > count) {
        somebody = 0
        break
      }
      if (count > 0) somebody += 1
    }
    all += somebody
  }
  return all
}
