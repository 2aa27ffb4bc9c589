import pg from 'pg'

/** A whole number as a JavaScript number, or as a bigint where a number would lie. */
export function parseInt8(text: string): number | bigint {
  const n = Number(text)
  return Number.isSafeInteger(n) ? n : BigInt(text)
}

/** The numbers of a one-dimensional array such as `{1,NULL,2.5}`, by one pass over the text. */
export function parseNumberArray(text: string): (number | null)[] {
  if (text === '{}') return []
  if (text[0] !== '{' || text[1] === '{') {
    throw new Error(`expected a one-dimensional array of numbers, got ${text.slice(0, 40)}`)
  }
  const numbers: (number | null)[] = []
  let start = 1
  const last = text.length - 1
  while (start < last) {
    let end = text.indexOf(',', start)
    if (end < 0) end = last
    numbers.push(text.charCodeAt(start) === N ? nullOrNaN(text, start) : +text.slice(start, end))
    start = end + 1
  }
  return numbers
}

const N = 'N'.charCodeAt(0)
const nullOrNaN = (text: string, at: number): number | null =>
  text.charCodeAt(at + 1) === 'U'.charCodeAt(0) ? null : Number.NaN

/**
 * A moment in UTC as ISO 8601, with the microseconds that PostgreSQL keeps: a Date has only
 * milliseconds, and a moment cut short lies before itself when it is asked for again.
 * @example parseMoment('2026-11-25 03:04:05.123456+01') // '2026-11-25T02:04:05.123456Z'
 */
export function parseMoment(text: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? []
  const second = new Date(text.replace(/\.\d+/, '')).toISOString().slice(0, -'.000Z'.length)
  return `${second}.${fraction.padEnd(3, '0')}Z`
}

/** How each type's text becomes a value, by PostgreSQL's number of the type. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, parseInt8], // int8
  [1005, parseNumberArray], // int2[]
  [1007, parseNumberArray], // int4[]
  [1021, parseNumberArray], // float4[]
  [1022, parseNumberArray], // float8[]
  [1016, (text) => text.slice(1, -1).split(',').filter(Boolean).map(parseNullableInt8)], // int8[]
  // A date is a day of the calendar, not a moment: a Date would shift it by the server's zone.
  [1082, (text) => text],
  [1182, (text) => text.slice(1, -1).split(',').filter(Boolean).map(nullable)], // date[]
  [1114, (text) => text], // timestamp without a zone
  [1184, parseMoment], // timestamp with a zone
])

const nullable = (text: string): string | null => (text === 'NULL' ? null : text)
const parseNullableInt8 = (text: string): number | bigint | null =>
  text === 'NULL' ? null : parseInt8(text)

/** The type parsers of one connection: ours where we have one, else the driver's. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    const own = format === 'binary' ? undefined : parsers.get(oid)
    return own ?? pg.types.getTypeParser(oid, format as 'text')
  },
}
