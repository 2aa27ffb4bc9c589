import { addingUp, type Named, nameOf } from './adding-up.ts'
import type { Counted } from './counts.ts'
import { type Column, columnOf, countOf, type Measure, measures } from './same-counts.ts'
import type { Cell, Sum } from './sums.ts'
import type { Whole } from './wholes.ts'

/** Counts of indicators that add up, as some release of a slot shows: each of them is what it is in all others too. */
export interface KnownSum {
  /** What tells it from others. */
  readonly name: string
  /** All counts that are the total: where one is not listed, another stands for it. */
  readonly total: readonly Named[]
  readonly parts: readonly (readonly Named[])[]
}

/** What is known of the indicators of a release. */
export interface Known {
  readonly sums: readonly KnownSum[]
  /** Whether a figure was public before as it is. */
  readonly isPublic: (figure: Counted) => boolean
}

/**
 * What adds up in some of several releases: who smoke, who did and who never did are all who were asked in each of
 * them, also where one leaves an answer out, or lists a total that is wrong in one place.
 */
export function knownSums(releases: readonly (readonly Counted[])[]): KnownSum[] {
  const found = new Map<string, KnownSum>()
  for (const figures of releases)
    for (const { alike } of addingUp(figures)) {
      const names = [alike.total, ...alike.parts].map((some) => some.map(nameOf).join(' or '))
      const name = `${names[0]} by ${names.slice(1).join(' and ')}`
      found.set(name, { name, ...alike })
    }
  return [...found.values()]
}

/** A count in one place and group. */
interface At {
  readonly figure: Counted
  readonly count: number
  readonly measure: Measure
}

/** A total in one place and group, and what a release lists of its parts: one at least. */
interface Row {
  readonly total: At
  readonly parts: readonly (At | undefined)[]
  /** Which of the ways it is to read a row in which counts differ that are the same elsewhere; 0 for the first. */
  readonly way: number
}

/** The counts of a release by the names of their columns, and by place and group. */
type Columns = ReadonlyMap<string, Column['counts']>

/** A count that a release does not list and that what adds up tells all the same: 81, of whom 45 no and 23 did not know. */
export interface ToldCount {
  readonly figure: Counted
  readonly measure: Measure
  readonly count: number
  /** Whether all that tells it was public before. */
  readonly isPublic: boolean
}

/** What is left of totals where a release lists all parts of a sum but one: the count of that one, of some people. */
export function toldBySums(
  figures: readonly Counted[],
  { sums: known, isPublic }: Known,
): ToldCount[] {
  const columns = known.length === 0 ? new Map() : columnsOf(figures)
  const found = new Map<string, ToldCount>()
  for (const sum of known)
    for (const row of rowsOf(sum, columns)) {
      const missing = sum.parts.filter((_, i) => row.parts[i] === undefined)
      const name = missing[0]?.[0]
      if (row.way > 0 || missing.length !== 1 || !name || leftOf(row) <= 0) continue
      const { subject, group } = row.total.figure
      const at = `${nameOf(name)}|${subject}|${group}`
      if (found.has(at)) continue
      found.set(at, {
        figure: { indicator: name.indicator, subject, group, part: Number.NaN, base: null },
        measure: name.measure,
        count: leftOf(row),
        isPublic: [row.total, ...listedIn(row)].every((c) => isPublic(c.figure)),
      })
    }
  return [...found.values()]
}

/**
 * The sums of a release that hold where it lists all of one, and where it lists some as far as anybody can tell; what
 * is left of a total where an answer is not listed is a cell that nobody publishes.
 * @param told counts that are told so and have cells of their own, as those of figures have.
 */
export function sumsAddingUp(
  release: string,
  figures: readonly Counted[],
  { sums: known, isPublic }: Known,
  keyOf: (measure: Measure, figure: Counted) => string,
  told: readonly ToldCount[] = [],
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const cells: Cell[] = []
  const sums = new Map<string, Sum>()
  const columns = known.length === 0 ? new Map() : columnsOf(figures)
  const toldCells = new Map(told.map((t) => [keyOf(t.measure, t.figure), t.count]))
  for (const sum of known) {
    for (const row of rowsOf(sum, columns)) {
      const { total: whole } = row
      const { figure } = whole
      const listed = listedIn(row)
      const total = keyOf(whole.measure, figure)
      const keys = listed.flatMap((c) => countedApart(c).map((m) => keyOf(m, c.figure)))
      const same = [total, ...keys].join('\n')
      if (sums.has(same)) continue
      const of = `|${sum.name}|${figure.subject}|${figure.group}`
      const left = leftOf(row)
      const unlisted = sum.parts
        .filter((_, i) => row.parts[i] === undefined)
        .flatMap(([n]) => (n ? [keyOf(n.measure, { ...figure, indicator: n.indicator })] : []))
      const [only] = unlisted
      if (only !== undefined && unlisted.length === 1 && toldCells.get(only) === left) {
        sums.set(same, { ...(row.way === 0 ? { of } : {}), total, parts: [...keys, only] })
        continue
      }
      const rest = left > 0 ? `${release}${of}${row.way > 0 ? `|${row.way}` : ''}` : undefined
      // What is public already cannot be hidden any more, nor what it tells.
      const isTold = [whole, ...listed].every((c) => isPublic(c.figure))
      if (rest !== undefined)
        cells.push({ key: rest, count: left, status: isTold ? 'published' : 'unpublished' })
      const parts = rest === undefined ? keys : [...keys, rest]
      sums.set(same, { ...(row.way === 0 ? { of } : {}), total, parts, rest, unlisted })
    }
  }
  return { cells, sums: [...sums.values()] }
}

function columnsOf(figures: readonly Counted[]): Columns {
  const own = Map.groupBy(figures, (f) => f.indicator ?? '')
  return new Map(
    [...own].flatMap(([indicator, some]) =>
      measures.map((measure) => {
        return [nameOf({ indicator, measure }), columnOf(indicator, measure, some).counts] as const
      }),
    ),
  )
}

/** So many places that break a sum are no slip of the pen. */
const least = 3

/** The rows of a sum of which something follows; none where more break it than keep all of it: that was chance. */
function rowsOf(sum: KnownSum, columns: Columns): Row[] {
  const places = new Set(
    sum.total.flatMap((name) => [...(columns.get(nameOf(name))?.keys() ?? [])]),
  )
  const ways = [...places].map((at) => waysOf(sum, columns, at))
  const rows = ways.flatMap((some) => some.filter(fits))
  const broken = ways.filter((some) => some.length > 0 && !some.some(fits))
  const whole = rows.filter((row) => listedIn(row).length === sum.parts.length)
  return broken.length >= least && broken.length > whole.length ? [] : rows
}

/**
 * A row of a sum, if some part of it is listed there. Where counts that are the same elsewhere are not, each of them
 * may be the right one.
 */
function waysOf(sum: KnownSum, columns: Columns, at: string): Row[] {
  const [totals = [], ...parts] = [sum.total, ...sum.parts].map((some) => {
    const listed = some.flatMap((name): At[] => {
      const there = columns.get(nameOf(name))?.get(at)
      return there ? [{ ...there, measure: name.measure }] : []
    })
    return listed.filter((one, i) => listed.findIndex((c) => c.count === one.count) === i)
  })
  const first = parts.map((some) => some[0])
  if (first.every((p) => p === undefined)) return []
  const others = parts.flatMap((some, i) => some.slice(1).map((p) => first.with(i, p)))
  const ways = totals.flatMap((total) => [first, ...others].map((some) => ({ total, parts: some })))
  return ways.map((row, way) => ({ ...row, way }))
}

const listedIn = ({ parts }: Row): At[] => parts.filter((p) => p !== undefined)

/** What the listed parts leave of the total. */
const leftOf = (row: Row): number =>
  listedIn(row).reduce((left, p) => left - p.count, row.total.count)

/** Whether a sum can be true of a row. */
const fits = (row: Row): boolean =>
  listedIn(row).length === row.parts.length ? leftOf(row) === 0 : leftOf(row) >= 0

/** A base as those counted and the others: where counts are rounded it has no cell of its own. */
const countedApart = ({ measure, figure }: At): Measure[] =>
  measure === 'base' && countOf(figure, 'others') !== null ? ['part', 'others'] : [measure]

/**
 * The sums in every place and group of which some release lists the total, and each part some: as names of counts,
 * the same in any release.
 */
export function wholesAddingUp(known: readonly KnownSum[], names: ReadonlySet<string>): Whole[] {
  const rowsOf = Map.groupBy(names, (name) => name.split('|').slice(0, 2).join('|'))
  const found = known.flatMap(({ total, parts }): Whole[] => {
    const column = ({ indicator, measure }: Named): string => `:${indicator}|${measure}`
    const rows = total
      .map(column)
      .flatMap((c) => rowsOf.get(c)?.map((n) => n.slice(c.length)) ?? [])
    return [...new Set(rows)].flatMap((row) => {
      const [totals = [], ...some] = [total, ...parts].map((of) =>
        of.map((one) => `${column(one)}${row}`).filter((name) => names.has(name)),
      )
      const first = some.flatMap(([name]) => name ?? [])
      if (first.length < some.length) return []
      const same = [totals, ...some].flatMap(([one, ...others]) =>
        others.map((other) => ({ total: one as string, parts: [other] })),
      )
      return [{ total: totals[0] as string, parts: first }, ...same]
    })
  })
  return [...new Map(found.map((w) => [[w.total, ...w.parts].join('\n'), w])).values()]
}
