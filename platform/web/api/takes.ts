/** What a parameter takes, in words, and the value that is nearest to one that it does not take. */
interface Takes {
  readonly allowed: string | null
  readonly nearest: (sent: string) => string | undefined
}

/** Rows of a list that are given at a time. */
export const mostRows = 1000
const mostCodes = 100
const mostLetters = 2000

const rows: Takes = {
  allowed: `1 to ${mostRows.toLocaleString('en-GB')}`,
  nearest(sent) {
    const [first = ''] = sent.split(', ')
    const number = first.trim() === '' ? Number.NaN : Number(first)
    if (Number.isNaN(number)) return undefined
    return String(Math.min(mostRows, Math.max(1, Math.round(number))))
  },
}

const moment: Takes = {
  allowed: 'a day such as 2026-11-24, or a moment such as 2026-11-24T12:00:00Z',
  nearest(sent) {
    const [, year = 0, month = 0, day = 0] = (
      /^(\d{1,4})-(\d{1,2})-(\d{1,2})/.exec(sent) ?? []
    ).map(Number)
    if (year === 0) return undefined
    const inYear = Math.min(12, Math.max(1, month))
    const last = new Date(Date.UTC(2000, 0, 1))
    // By setter: years below 100 are theirs, not of the last century.
    last.setUTCFullYear(year, inYear, 0)
    const inMonth = Math.min(last.getUTCDate(), Math.max(1, day))
    const digits = (n: number, length: number): string => String(n).padStart(length, '0')
    return `${digits(year, 4)}-${digits(inYear, 2)}-${digits(inMonth, 2)}`
  },
}

const codes: Takes = {
  allowed: `1 to ${mostCodes} codes, with commas between`,
  /** As many of the first as are taken. */
  nearest(sent) {
    const all = [...new Set(sent.split(',').map((code) => code.trim()))].filter((c) => c !== '')
    let list = ''
    for (const code of all.slice(0, mostCodes)) {
      const longer = list === '' ? code : `${list},${code}`
      if (longer.length > mostLetters) break
      list = longer
    }
    return list === '' ? undefined : list
  },
}

/** Any other: where it is sent twice, the first may be meant. */
const other: Takes = {
  allowed: null,
  nearest: () => undefined,
}

const own: Readonly<Record<string, Takes>> = {
  limit: rows,
  'as-of': moment,
  subject: codes,
  provider: codes,
}

/** What a parameter of the API takes, by its name. */
export const takes = (parameter: string): Takes =>
  Object.hasOwn(own, parameter) ? (own[parameter] ?? other) : other
