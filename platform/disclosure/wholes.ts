import { type ColumnSum, coverOf, type Ends, endsOf, sumsOfColumn } from './bands.ts'
import type { PlaceSum } from './counts.ts'
import { measures } from './same-counts.ts'
import { dimensionsOf, stepsOf, valueIn, without, withValue } from './sums.ts'

/** A sum that holds where everything is listed: the names of its total and of its parts, the same in any release. */
export interface Whole {
  readonly total: string
  readonly parts: readonly string[]
}

/** What a release would say if it left nothing out, as far as anybody can tell: counts by name. */
export type Values = Map<string, number>

/** The names of all counts of the figure that a count is of. */
export const countsOfFigure = (name: string): string[] => {
  const [sheet, , ...figure] = name.split('|')
  return measures.map((m) => [sheet, m, ...figure].join('|'))
}

export const holds = ({ total, parts }: Whole, values: ReadonlyMap<string, number>): boolean =>
  values.has(total) &&
  parts.every((p) => values.has(p)) &&
  parts.reduce((n, p) => n + (values.get(p) as number), 0) === values.get(total)

/**
 * Every sum of places, of groups and of those counted with the others, among the counts of some figures. Of what is
 * between groups of different releases, or left of a total whose parts no release lists with it, the name is none of
 * those given.
 * @param listed the names of what any release lists.
 * @param releases what each of them says.
 */
export function wholesOf(
  listed: ReadonlySet<string>,
  places: readonly PlaceSum[],
  releases: readonly Values[],
): Whole[] {
  const found = new Map<string, { total: string; parts: string[] }>()
  const add = (sum: string, total: string, part: string): void => {
    if (!names.has(total) || !names.has(part)) return
    const known = found.get(`${sum}\n${total}`) ?? { total, parts: [] }
    known.parts.push(part)
    found.set(`${sum}\n${total}`, known)
  }
  const above = new Map<number, [at: number, total: number][]>()
  for (const [at, { total, parts }] of places.entries())
    for (const part of parts) above.set(part, [...(above.get(part) ?? []), [at, total]])
  const names = withPlaces(withTotals(listed), places)
  for (const name of names) {
    const [sheet, measure, subject, group = ''] = name.split('|')
    for (const [at, total] of above.get(Number(subject)) ?? [])
      add(`place ${at}`, [sheet, measure, total, group].join('|'), name)
    const base = [sheet, 'base', subject, group].join('|')
    if (measure === 'part' || measure === 'others') add('of a figure', base, name)
  }
  return [...wholesOfGroups(names, releases), ...withPlacesUnlisted(found, names, places, releases)]
}

/**
 * The sums with places of which no release lists the group, and which others list: whether anybody there is in it
 * nobody can say, unless those that are listed come to the total in some release.
 */
function withPlacesUnlisted(
  found: ReadonlyMap<string, Whole>,
  names: ReadonlySet<string>,
  places: readonly PlaceSum[],
  releases: readonly Values[],
): Whole[] {
  return [...found].map(([key, whole]) => {
    const at = /^place (\d+)\n/.exec(key)?.[1]
    const [sheet, measure, , group = ''] = whole.total.split('|')
    const all = at === undefined ? [] : (places[Number(at)]?.parts ?? [])
    const unlisted = all
      .map((place) => [sheet, measure, place, group].join('|'))
      .filter((name) => !names.has(name))
    if (unlisted.length === 0 || releases.some((values) => holds(whole, values))) return whole
    return { ...whole, parts: [...whole.parts, ...unlisted] }
  })
}

/**
 * The names with those of groups that a place lists in no release and others do: where releases cut a column in
 * different ways, each of them may be told by the places together.
 */
function withPlaces(listed: ReadonlySet<string>, places: readonly PlaceSum[]): ReadonlySet<string> {
  const cut = cutSheets(listed)
  if (cut.size === 0 || places.length === 0) return listed
  const groupsOf = new Map<string, Set<string>>()
  for (const name of listed) {
    const [sheet, measure, subject, group = ''] = name.split('|')
    if (!cut.has(sheet as string)) continue
    const key = [sheet, measure, subject].join('|')
    groupsOf.set(key, (groupsOf.get(key) ?? new Set()).add(group))
  }
  const kinds = new Set([...groupsOf.keys()].map((key) => key.slice(0, key.lastIndexOf('|'))))
  const names = new Set(listed)
  for (const kind of kinds)
    for (const { total, parts } of [...places, ...places.toReversed()]) {
      const all = [total, ...parts].flatMap((place) => groupsOf.get(`${kind}|${place}`) ?? [])
      const groups = new Set(all.flatMap((own) => [...own]))
      for (const place of [total, ...parts]) {
        const own = groupsOf.get(`${kind}|${place}`)
        for (const group of own ? groups : []) {
          own?.add(group)
          names.add([kind, place, group].join('|'))
        }
      }
    }
  return names
}

/**
 * The names with those of all that their groups are part of: girls and boys who are children are the children, whom no
 * release need list, and who are what is left of everyone in another.
 */
function withTotals(listed: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(listed)
  // Names that are added are gone through too.
  for (const name of names) {
    const [sheet, measure, subject, group = ''] = name.split('|')
    for (const dimension of dimensionsOf(group))
      names.add([sheet, measure, subject, without(group, dimension)].join('|'))
  }
  return names
}

/** The sheets that have a column of which no release lists all that is between its groups. */
function cutSheets(names: ReadonlySet<string>): Set<string> {
  const columns = new Map<string, Set<string>>()
  for (const name of names) {
    const [sheet, , , group = ''] = name.split('|')
    for (const dimension of dimensionsOf(group)) {
      const key = `${sheet}|${dimension}`
      columns.set(key, (columns.get(key) ?? new Set()).add(valueIn(group, dimension)))
    }
  }
  const isCut = (values: ReadonlySet<string>): boolean =>
    sumsOfColumn([...values].sort(), 'its own').some((s) => s.parts.some((p) => !values.has(p)))
  return new Set(
    [...columns].flatMap(([key, values]) => (isCut(values) ? [key.split('|')[0] as string] : [])),
  )
}

/** The groups that a dimension has of one place, of one group in the others, and of one measure. */
interface Column {
  /** The group of all of them. */
  readonly total: string
  readonly values: readonly string[]
  readonly nameOf: (value: string) => string
}

/** Every sum of groups among the counts of some figures. */
function wholesOfGroups(names: ReadonlySet<string>, releases: readonly Values[]): Whole[] {
  const found: Whole[] = []
  const sums = new Map<string, readonly ColumnSum[]>()
  const said = saidAnywhere(names, releases)
  for (const { total, values, nameOf } of columnsOf(names)) {
    const ends = endsIn(values.map(nameOf), values, releases)
    const key = [ends, ...values].join('\n')
    const own = sums.get(key) ?? sumsOfColumn(values, ends)
    sums.set(key, own)
    for (const sum of own) {
      const name = sum.total === '' ? total : nameOf(sum.total)
      // What is between two groups is the sum of its pieces, listed or not.
      if (sum.listed.length > 0 && !names.has(name)) continue
      const parts = sum.parts.map(nameOf)
      const isAll =
        sum.rest === undefined ||
        isCovered(name, sum, nameOf, releases) ||
        isCoveredTogether(name, sum, nameOf, said)
      found.push({ total: name, parts: isAll ? parts : [...parts, nameOf(sum.rest ?? '')] })
    }
  }
  return found
}

function columnsOf(names: ReadonlySet<string>): Column[] {
  const found = new Map<string, Column & { readonly values: string[] }>()
  for (const name of names) {
    const [sheet, measure, subject, group = ''] = name.split('|')
    for (const dimension of dimensionsOf(group)) {
      const all = withoutAll(group, dimension)
      const total = [sheet, measure, subject, all].join('|')
      const key = `${dimension}\n${total}`
      const column = found.get(key) ?? {
        total,
        values: [],
        nameOf: (value) => [sheet, measure, subject, withValue(group, dimension, value)].join('|'),
      }
      column.values.push(valueIn(group, dimension))
      found.set(key, column)
    }
  }
  return [...found.values()].map((c) => ({ ...c, values: c.values.sort() }))
}

/** A group without anything that it says of a dimension. */
function withoutAll(group: string, dimension: string): string {
  const left = without(group, dimension)
  return dimensionsOf(left).includes(dimension) ? withoutAll(left, dimension) : left
}

/** How the ranges of a column end: as one release has them that lists some side by side. */
function endsIn(
  names: readonly string[],
  values: readonly string[],
  releases: readonly Values[],
): Ends {
  const isShared = releases.some(
    (r) => endsOf(values.filter((_, at) => r.has(names[at] as string))) === 'of the next',
  )
  return isShared ? 'of the next' : 'its own'
}

/** Whether in some release the groups that it lists are all of their total. */
function isCovered(
  total: string,
  { listed }: ColumnSum,
  nameOf: (value: string) => string,
  releases: readonly Values[],
): boolean {
  return releases.some((values) => {
    if (!values.has(total)) return false
    const has = ({ value }: { readonly value: string }) => values.has(nameOf(value))
    const listedAnywhere = listed.filter((g) => releases.some((r) => r.has(nameOf(g.value))))
    const some = coverOf(listed.filter(has), listedAnywhere)
    if (some === undefined || some.length === 0) return false
    return holds({ total, parts: some.map((g) => nameOf(g.value)) }, values)
  })
}

/**
 * The same of all releases together: one lists all 147, another 82 from 16 on, and 4 girls and 61 boys under 16. That
 * this comes to 147 is hardly chance.
 */
function isCoveredTogether(
  total: string,
  { listed }: ColumnSum,
  nameOf: (value: string) => string,
  said: Values,
): boolean {
  const some = coverOf(
    listed.filter(({ value }) => said.has(nameOf(value))),
    listed,
  )
  if (some === undefined || some.length < 2) return false
  return holds({ total, parts: some.map((g) => nameOf(g.value)) }, said)
}

/**
 * What releases say of each count, where those that say it agree; and of a total that none of them lists, what two or
 * more of its parts come to.
 */
function saidAnywhere(names: ReadonlySet<string>, releases: readonly Values[]): Values {
  const said: Values = new Map()
  const sumsAt = new Map<string, Map<string, { sum: number; count: number }>>()
  const groupOf = (name: string): string => name.split('|')[3] ?? ''
  const deepestFirst = [...names].sort((a, b) => stepsOf(groupOf(b)) - stepsOf(groupOf(a)))
  for (const name of deepestFirst) {
    const own = releases.flatMap((r) => r.get(name) ?? [])
    const ofParts = [...(sumsAt.get(name)?.values() ?? [])].find((c) => c.count > 1)
    const count = own[0] ?? ofParts?.sum
    if (count === undefined || own.some((n) => n !== count)) continue
    said.set(name, count)
    const [sheet, measure, subject, group = ''] = name.split('|')
    for (const dimension of dimensionsOf(group)) {
      const total = [sheet, measure, subject, without(group, dimension)].join('|')
      const columns = sumsAt.get(total) ?? new Map<string, { sum: number; count: number }>()
      const column = columns.get(dimension) ?? { sum: 0, count: 0 }
      columns.set(dimension, { sum: column.sum + count, count: column.count + 1 })
      sumsAt.set(total, columns)
    }
  }
  return said
}
