import { type Place, start } from './cursor.ts'

/** One filter of a list: which rows it keeps, and what it was sent. */
export interface Filter<Row> {
  readonly parameter: string
  readonly sent: string
  readonly keeps: (row: Row) => boolean
}

/** Which filter left nothing, and how many there were before it. */
export interface Emptied {
  readonly parameter: string
  readonly sent: string
  readonly before: number
  readonly detail: string
}

/** A part of a list: its rows, where it goes on, and of how many it is where that is known. */
export interface Found<Row> {
  readonly rows: readonly Row[]
  readonly total: number | null
  readonly next: Place | null
  readonly emptied: Emptied | null
}

/** What is wanted of a list. */
export interface Wanted {
  readonly from: Place
  readonly limit: number
}

/** Filters that were sent: those whose value is undefined were not. */
export function filters<Row>(
  all: Readonly<Record<string, readonly [sent: unknown, keeps: (row: Row) => boolean] | undefined>>,
): Filter<Row>[] {
  return Object.entries(all).flatMap(([parameter, filter]) => {
    if (filter?.[0] === undefined) return []
    const sent = Array.isArray(filter[0]) ? filter[0].join(',') : String(filter[0])
    return [{ parameter, sent, keeps: filter[1] }]
  })
}

/** What the filters leave, one after another; where nothing, which of them left it. */
export function narrow<Row>(
  rows: readonly Row[],
  all: readonly Filter<Row>[],
): { readonly rows: readonly Row[]; readonly emptied: Emptied | null } {
  let left = rows
  let emptied: Emptied | null = null
  for (const filter of all) {
    const before = left.length
    left = left.filter(filter.keeps)
    if (before > 0 && left.length === 0) emptied = emptiedBy(filter, before)
  }
  return { rows: left, emptied }
}

export function emptiedBy<Row>({ parameter, sent }: Filter<Row>, before: number): Emptied {
  const others = before === 1 ? 'the one row' : `the ${before.toLocaleString('en-GB')} rows`
  const detail = `“${parameter}=${sent}” fits none of ${others} that were left before it.`
  return { parameter, sent, before, detail }
}

/**
 * A part of a list that is whole in memory.
 * @param orders by name of sort: what to sort by; rows come in the order of the first already. Empty
 * values come last whichever way.
 */
export function page<Row>(
  all: readonly Row[],
  narrowing: readonly Filter<Row>[],
  { from, limit }: Wanted,
  sort?: Sort<Row> | undefined,
): Found<Row> {
  const { rows, emptied } = narrow(all, narrowing)
  const sorted = sort ? inOrder(rows, sort) : rows
  const end = from.place + limit
  return {
    rows: sorted.slice(from.place, end),
    total: rows.length,
    next: end < rows.length ? { ...start, place: end, empty: null } : null,
    emptied,
  }
}

/** By what to sort, and which way. */
export interface Sort<Row> {
  readonly of: (row: Row) => string | number | null
  readonly descending: boolean
}

/** The order of rows that are still as they are stored, by what the answer has of each. */
export const orderOf = <Stored, Row>(
  sort: Sort<Row> | undefined,
  line: (stored: Stored) => Row,
): Sort<Stored> | undefined =>
  sort && { of: (stored) => sort.of(line(stored)), descending: sort.descending }

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Rows without a value come last whichever way, in the order in which they came. */
function inOrder<Row>(rows: readonly Row[], { of, descending }: Sort<Row>): Row[] {
  const sign = descending ? -1 : 1
  return rows
    .map((row) => [of(row), row] as const)
    .sort(([a], [b]) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null)
      return sign * compare(a, b)
    })
    .map(([, row]) => row)
}
