import type { CellStatus } from '@plumbline/disclosure'
import type { Counted } from './counts.ts'
import type { SameBase } from './declaration.ts'
import type { Cell, Sum } from './sums.ts'

/** Which indicators have bases of the same people, and from how many on their differences may be told. */
export interface SmallBases {
  readonly lists: readonly SameBase[]
  readonly threshold: number
}

/** A figure with a base, and its place among all. */
interface Based {
  readonly figure: Counted
  readonly base: number
  readonly at: number
}

/** Figures of the same people: one list of indicators at one subject, of one group, in the list's order. */
function ofSamePeople(figures: readonly Counted[], lists: readonly SameBase[]): Based[][] {
  return lists.flatMap((list) => {
    const order = new Map(list.map((code, i) => [code, i]))
    const based = figures.flatMap((figure, at): Based[] => {
      const { base, indicator = '' } = figure
      return base === null || Number.isNaN(base) || !order.has(indicator)
        ? []
        : [{ figure, base, at }]
    })
    const placeOf = ({ figure }: Based): number => order.get(figure.indicator ?? '') ?? 0
    return [...Map.groupBy(based, ({ figure: f }) => `${f.subject}|${f.group}`).values()].map(
      (some) => some.toSorted((a, b) => placeOf(a) - placeOf(b)),
    )
  })
}

/** Whether two bases differ by so few that they would be told. */
const tells = (one: number, other: number, threshold: number): boolean =>
  one !== other && Math.abs(one - other) < threshold

/**
 * Which figures cannot be shown beside those of the same people that come before them in their list.
 * @param isSmall whether a figure is hidden for its own sake: then nothing is held against it.
 * @returns their places among the figures.
 */
export function besideOthers(
  figures: readonly Counted[],
  { lists, threshold }: SmallBases,
  isSmall: (at: number) => boolean,
): number[] {
  return ofSamePeople(figures, lists).flatMap((some) => {
    const shown: number[] = []
    return some.flatMap(({ base, at }) => {
      if (isSmall(at)) return []
      if (shown.some((other) => tells(base, other, threshold))) return [at]
      shown.push(base)
      return []
    })
  })
}

/**
 * Who is in one base and not in another, where they are few: nobody publishes that. Where all are in both, or
 * many are not, there is no such cell: an attacker cannot know that nobody left the other question out.
 */
export function differencesOfBases(
  figures: readonly Counted[],
  { lists, threshold }: SmallBases,
  statusOf: (figure: Counted) => CellStatus,
  keyOf: (figure: Counted) => string,
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const cells: Cell[] = []
  const sums: Sum[] = []
  for (const some of ofSamePeople(figures, lists)) {
    some.forEach((one, i) => {
      for (const other of some.slice(i + 1)) {
        if (!tells(one.base, other.base, threshold)) continue
        // What was public before the list was declared cannot be taken back.
        if ([one, other].every(({ figure }) => statusOf(figure) === 'published')) continue
        const [larger, smaller] = one.base > other.base ? [one, other] : [other, one]
        const [total, part] = [keyOf(larger.figure), keyOf(smaller.figure)]
        const key = `${total} without ${part}`
        cells.push({ key, count: larger.base - smaller.base, status: 'unpublished' })
        sums.push({ total, parts: [part, key] })
      }
    })
  }
  return { cells, sums }
}
