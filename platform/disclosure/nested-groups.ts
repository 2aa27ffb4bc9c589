import type { DisclosureDeclaration } from './declaration.ts'
import { dimensionsOf, nested, valueIn, without, withValue } from './sums.ts'

/** Two groups of one column that have some people in common, and each some that the other has not. */
export class GroupsOverlap extends Error {
  constructor(dimension: string, one: string, other: string) {
    super(
      `the groups “${one}” and “${other}” of “${dimension}” have people in common, and neither lies in the other: held against other groups they may tell of few. Nothing was published. Leave one of them out of the file.`,
    )
  }
}

type Range = readonly [from: number, to: number]

/** The forms of a label that is a range, with what it means. */
const forms: readonly [RegExp, (a: number, b: number) => Range][] = [
  [/^(\d+)(?:-|to)(\d+)$/, (a, b) => [a, b]],
  [/^(?:under|below|lessthan|<)(\d+)$/, (a) => [0, a - 1]],
  [/^(?:upto|<=|≤)(\d+)$/, (a) => [0, a]],
  [/^(\d+)(?:and|or)(?:under|below|younger|less)$/, (a) => [0, a]],
  [/^(\d+)(?:\+|plus|(?:and|or)(?:over|above|older|more))$/, (a) => [a, Number.POSITIVE_INFINITY]],
  [/^(?:over|above|morethan|>)(\d+)$/, (a) => [a + 1, Number.POSITIVE_INFINITY]],
  [/^(?:>=|≥)(\d+)$/, (a) => [a, Number.POSITIVE_INFINITY]],
  [/^(\d+)$/, (a) => [a, a]],
]

/**
 * The range of whole years that a label plainly means: `0-4`, `5 to 17`, `under 5`, `65+`, `16`; null for any other.
 * @returns its ends, both of which belong to it.
 */
export function rangeOf(label: string): Range | null {
  const text = label
    .toLowerCase()
    .replace(/[–—−]/g, '-')
    .replace(/\b(?:aged?|ages|years?|yrs?|old)\b/g, '')
    .replace(/\s+/g, '')
  // The word alone names no length of time: "year 7" is a class.
  if (/^\s*(?:year|yr)s?\b/i.test(label)) return null
  for (const [form, meaning] of forms) {
    const [, a, b] = form.exec(text) ?? []
    if (a === undefined) continue
    const [from, to] = meaning(Number(a), Number(b))
    return from <= to ? [from, to] : null
  }
  return null
}

/**
 * How to write a group so that what it lies in shows: those under 5 within those of 0 to 17, where both are in the
 * column. By what the descriptor declares, or by the labels of ranges.
 * @param groups all that figures are listed of.
 * @returns the group with the groups that hold it in front of its own, for {@link without} to go up by.
 */
export function nestedGroups(
  groups: Iterable<string>,
  declared: DisclosureDeclaration['groups'],
): (group: string) => string {
  const above = new Map(
    [...valuesOf(groups)].map(([d, values]) => [d, parentsOf(values, declared[d] ?? {})]),
  )
  const path = (dimension: string, value: string): string[] => {
    const found = [value]
    for (;;) {
      const next = above.get(dimension)?.get(found[0] ?? '')
      if (next === undefined || found.includes(next)) return found
      found.unshift(next)
    }
  }
  return (group) =>
    dimensionsOf(group).reduce((g, d) => withValue(g, d, nested(path(d, valueIn(g, d)))), group)
}

/**
 * @param groups those of one indicator.
 * @throws GroupsOverlap where the labels of two ranges say that some people are in both, and neither holds the other.
 */
export function needsNoOverlap(groups: Iterable<string>): void {
  const beside = new Map<string, Set<string>>()
  for (const group of groups)
    for (const d of dimensionsOf(group)) {
      const among = `${d}|${without(group, d)}`
      beside.set(among, (beside.get(among) ?? new Set()).add(valueIn(group, d)))
    }
  for (const [among, values] of beside) {
    const all = rangesIn([...values])
    for (const [at, [one, a]] of all.entries()) {
      const other = all
        .slice(at + 1)
        .find(([, b]) => !isApart(a, b) && !holds(a, b) && !holds(b, a))
      if (other) throw new GroupsOverlap(among.split('|')[0] ?? '', one, other[0])
    }
  }
}

/** The values of each dimension, in an order of their own. */
function valuesOf(groups: Iterable<string>): Map<string, string[]> {
  const found = new Map<string, Set<string>>()
  for (const group of new Set(groups))
    for (const d of dimensionsOf(group))
      found.set(d, (found.get(d) ?? new Set()).add(valueIn(group, d)))
  return new Map([...found].map(([d, values]) => [d, [...values].sort()]))
}

/** Of each value the one of the others that it lies in next. */
function parentsOf(
  values: readonly string[],
  declared: Readonly<Record<string, readonly string[]>>,
): Map<string, string> {
  const listed = new Set(values)
  const parents = new Map<string, string>()
  const within = new Map(Object.entries(declared).flatMap(([of, some]) => some.map((p) => [p, of])))
  const all = rangesIn(values).sort(([, a], [, b]) => byWidth(a, b))
  for (const [at, [value, own]] of all.entries()) {
    // Of two that are the same people the first lies in the other.
    const [holding] = all.slice(at + 1).find(([, range]) => holds(range, own)) ?? []
    if (holding !== undefined) parents.set(value, holding)
  }
  for (const value of values) {
    let above = within.get(value)
    while (above !== undefined && !listed.has(above)) above = within.get(above)
    if (above !== undefined) parents.set(value, above)
  }
  return parents
}

const rangesIn = (values: readonly string[]): [string, Range][] =>
  values.flatMap((value): [string, Range][] => {
    const range = rangeOf(value)
    return range ? [[value, range]] : []
  })

/** The narrower first; of two without an end the one that begins later. */
const byWidth = (a: Range, b: Range): number =>
  a[1] === b[1] ? b[0] - a[0] : a[1] - a[0] - (b[1] - b[0])

const holds = (a: Range, b: Range): boolean => a[0] <= b[0] && b[1] <= a[1]

/** Ranges that have no more in common than an end: many write 0-5, 5-10, and count nobody twice. */
const isApart = (a: Range, b: Range): boolean => a[1] <= b[0] || b[1] <= a[0]
