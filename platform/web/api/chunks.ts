import {
  emptiedBy,
  type Filter,
  type Found,
  narrow,
  orderOf,
  page,
  type Sort,
  type Wanted,
} from './list.ts'

/** Chunks that one answer reads at most: it may be short, and says where to go on. */
const mostRead = 25

/** A list that is too long to be held: it comes in chunks (a series, a sheet). */
export interface Chunks<Stored, Row> {
  readonly count: number
  readonly load: (at: number) => Promise<readonly Stored[]>
  /** Fewer rows, where that is cheap, among which are all that the filters leave. */
  readonly few?: (at: number) => Promise<readonly Stored[]>
  readonly narrowing: readonly Filter<Stored>[]
  /** What is stored, as the answer has it: only what is sent is made. */
  readonly line: (stored: Stored, at: number) => Row
  /** Filters that chose the chunks already: where they left none, the answer says so. */
  readonly sent?: readonly Filter<never>[]
}

/** A part of a list in chunks, which are read one after another until there are enough rows. */
export async function chunked<Stored, Row>(
  { count, load, few, narrowing, line, sent = [] }: Chunks<Stored, Row>,
  { from, limit }: Wanted,
): Promise<Found<Row>> {
  const rows: Row[] = []
  const read: Stored[] = []
  let total: number | null = null
  let { chunk, place } = from
  for (let n = 0; n < mostRead && chunk < count && rows.length < limit; n++) {
    const left = narrow(await (few ?? load)(chunk), narrowing).rows
    if (left.length === 0) read.push(...(await load(chunk)))
    if (count === 1) total = left.length
    const part = left.slice(place, place + limit - rows.length)
    for (const stored of part) rows.push(line(stored, chunk))
    place += part.length
    if (place >= left.length) {
      chunk += 1
      place = 0
    }
  }
  const before = from.empty
  const empty = before === null || rows.length > 0 ? null : before + read.length
  const next = chunk < count ? { chunk, place, empty } : null
  if (next !== null || empty === null) return { rows, total, next, emptied: null }
  const emptied =
    before === 0
      ? emptiedIn(read.length, sent, () => narrow(read, narrowing).emptied)
      : emptiedInAll(empty, narrowing)
  return { rows, total: 0, next, emptied }
}

/**
 * A part of a sorted list in chunks: all of them are read, so they have to be few. Rows without a value
 * come last, in the order of the chunks.
 */
export async function chunkedInOrder<Stored, Row>(
  { count, load, narrowing, line, sent = [] }: Chunks<Stored, Row>,
  wanted: Wanted,
  sort: Sort<Row>,
): Promise<Found<Row>> {
  const all: { readonly stored: Stored; readonly at: number }[] = []
  for (let at = 0; at < count; at++) for (const stored of await load(at)) all.push({ stored, at })
  const filters = narrowing.map((f) => ({
    ...f,
    keeps: (a: { stored: Stored }) => f.keeps(a.stored),
  }))
  const lineOf = ({ stored, at }: { stored: Stored; at: number }): Row => line(stored, at)
  const found = page(all, filters, wanted, orderOf(sort, lineOf))
  const emptied = found.total === 0 ? emptiedIn(all.length, sent, () => found.emptied) : null
  return { ...found, rows: found.rows.map(lineOf), emptied }
}

/** Of a list that was gone through in several parts: which filter emptied which is not told apart. */
function emptiedInAll(
  before: number,
  narrowing: readonly Filter<never>[],
): Found<unknown>['emptied'] {
  const last = narrowing.at(-1)
  if (!last) return null
  const all = narrowing.map((f) => `“${f.parameter}=${f.sent}”`).join(' and ')
  const detail = `None of the ${before.toLocaleString('en-GB')} rows that were gone through fits ${all}.`
  return { ...emptiedBy(last, before), detail }
}

function emptiedIn(
  rows: number,
  sent: readonly Filter<never>[],
  otherwise: () => Found<unknown>['emptied'],
): Found<unknown>['emptied'] {
  const last = sent.at(-1)
  if (rows > 0 || !last) return otherwise()
  const all = sent.map((f) => `“${f.parameter}=${f.sent}”`).join(' and ')
  const together = sent.length > 1 ? ' together' : ''
  return { ...emptiedBy(last, 0), detail: `No figures are known for ${all}${together}.` }
}
