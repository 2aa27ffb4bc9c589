import { addingUp, type Named, nameOf } from './adding-up.ts'
import type { Counted } from './counts.ts'
import { type Column, columnOf, countOf, type Measure, measures } from './same-counts.ts'
import type { Cell, Sum } from './sums.ts'

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

/** What a release lists of a sum in one place and group, some part at least; undefined where it does not list it. */
interface Row {
  readonly total: At | undefined
  readonly parts: readonly (At | undefined)[]
}

/** The counts of a release by the names of their columns, and by place and group. */
type Columns = ReadonlyMap<string, Column['counts']>

/**
 * The sums of a release that hold where it lists all of one, and where it lists some as far as anybody can tell; what
 * is left of a total where an answer is not listed is a cell that nobody publishes, and so is a total that is not
 * listed itself.
 */
export function sumsAddingUp(
  release: string,
  figures: readonly Counted[],
  { sums: known, isPublic }: Known,
  keyOf: (measure: Measure, figure: Counted) => string,
): { readonly cells: Cell[]; readonly sums: Sum[] } {
  const cells: Cell[] = []
  const sums = new Map<string, Sum>()
  const columns = known.length === 0 ? new Map() : columnsOf(figures)
  for (const sum of known) {
    for (const row of rowsOf(sum, columns)) {
      const listed = listedIn(row)
      const { figure } = listed[0] as At
      const of = `|${sum.name}|${figure.subject}|${figure.group}`
      const keys = listed.flatMap((c) => countedApart(c).map((m) => keyOf(m, c.figure)))
      const total = row.total ? keyOf(row.total.measure, row.total.figure) : `${release}|all${of}`
      const same = [total, ...keys].join('\n')
      if (sums.has(same)) continue
      const left = leftOf(row)
      const rest = left === undefined ? total : left > 0 ? `${release}${of}` : undefined
      if (rest !== undefined) {
        // What is public already cannot be hidden any more, nor what it tells.
        const isTold = [row.total, ...listed].every((c) => c === undefined || isPublic(c.figure))
        const count = left ?? listed.reduce((n, c) => n + c.count, 0)
        cells.push({ key: rest, count, status: isTold ? 'published' : 'unpublished' })
      }
      const nameFor = ([name]: readonly Named[]): string[] =>
        name ? [keyOf(name.measure, { ...figure, indicator: name.indicator })] : []
      const unlisted = sum.parts.filter((_, i) => row.parts[i] === undefined).flatMap(nameFor)
      sums.set(
        same,
        row.total
          ? { of, total, parts: rest === undefined ? keys : [...keys, rest], rest, unlisted }
          : { total, parts: keys, rest, unlisted: nameFor(sum.total) },
      )
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

/** The rows of a sum of which something follows; none where most that list all of it break it: that was chance. */
function rowsOf(sum: KnownSum, columns: Columns): Row[] {
  const countsOf = (some: readonly Named[]): Column['counts'][] =>
    some.flatMap((name) => columns.get(nameOf(name)) ?? [])
  const all = [sum.total, ...sum.parts].flatMap(countsOf)
  const places = new Set(all.flatMap((counts) => [...counts.keys()]))
  const rows = [...places].flatMap((at) => rowAt(sum, columns, at) ?? [])
  const fitting = rows.filter(fits)
  const whole = fitting.filter((row) => listedIn(row).length === sum.parts.length && row.total)
  const broken = rows.filter((row) => (leftOf(row) ?? 0) !== 0 && !fits(row))
  return broken.length > whole.length ? [] : fitting
}

/** Where counts that are the same elsewhere are not, those are taken that fit. */
function rowAt(sum: KnownSum, columns: Columns, at: string): Row | undefined {
  const listedOf = (some: readonly Named[]): At[] =>
    some.flatMap((name) => {
      const there = columns.get(nameOf(name))?.get(at)
      return there ? [{ ...there, measure: name.measure }] : []
    })
  const totals = listedOf(sum.total)
  const all = sum.parts.map(listedOf)
  const row: Row = { total: totals[0], parts: all.map((some) => some[0]) }
  if (listedIn(row).length === 0) return undefined
  if (fits(row)) return row
  const others = [
    ...totals.map((total) => ({ ...row, total })),
    ...all.flatMap((some, i) => some.map((p) => ({ ...row, parts: row.parts.with(i, p) }))),
  ]
  return others.find(fits) ?? row
}

const listedIn = ({ parts }: Row): At[] => parts.filter((p) => p !== undefined)

/** What the listed parts leave of the total; undefined where that is not listed. */
const leftOf = (row: Row): number | undefined =>
  row.total && listedIn(row).reduce((left, p) => left - p.count, row.total.count)

/** Whether a sum can be true of a row, and says something. */
function fits(row: Row): boolean {
  const left = leftOf(row)
  const isWhole = listedIn(row).length === row.parts.length
  return left === undefined ? isWhole : isWhole ? left === 0 : left >= 0
}

/** A base as those counted and the others: where counts are rounded it has no cell of its own. */
const countedApart = ({ measure, figure }: At): Measure[] =>
  measure === 'base' && countOf(figure, 'others') !== null ? ['part', 'others'] : [measure]
