export type PeriodKind = 'financial-year' | 'school-year' | 'year' | 'quarter' | 'month' | 'day'

const twoDigits = (n: number): string => String(n % 100).padStart(2, '0')

/**
 * The one spelling of a period, which sorts by time within its kind: `2018-19` for financial and
 * school years (from 2018, 2018-19, 2018/19, 201819 or 2018-2019), `2018`, `2018-Q2` (the calendar's quarter, from
 * April to June, also from Q2 2018, 2018-19 Q1 and Apr-Jun 2018), `2018-03`, `2018-03-31` (also from 31/3/2018, the
 * day first).
 * Null when the text is no such period.
 */
export function normalisePeriod(text: string, kind: PeriodKind): string | null {
  const t = text.trim()
  switch (kind) {
    case 'year':
      return /^\d{4}$/.test(t) ? t : null
    case 'quarter':
      return quarter(t)
    case 'month': {
      const m = /^(\d{4})-?(\d{2})(?:-\d{2})?$/.exec(t)
      return m && Number(m[2]) >= 1 && Number(m[2]) <= 12 ? `${m[1]}-${m[2]}` : null
    }
    case 'day': {
      const m = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(t)
      // As dates are written here, the day first: 30/01/2024.
      const written = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(t)
      if (!m && !written) return null
      const iso = written
        ? `${written[3]}-${written[2]?.padStart(2, '0')}-${written[1]?.padStart(2, '0')}`
        : `${m?.[1]}-${m?.[2]}-${m?.[3]}`
      const date = new Date(`${iso}T00:00:00Z`)
      return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
    }
    default:
      return twoYears(t)
  }
}

const quarterMonths = [
  [/^jan(uary)?$/, /^mar(ch)?$/],
  [/^apr(il)?$/, /^june?$/],
  [/^july?$/, /^sep(t(ember)?)?$/],
  [/^oct(ober)?$/, /^dec(ember)?$/],
] as const

/** A quarter of a calendar year; of two years, the first quarter is from April to June of the first. */
function quarter(text: string): string | null {
  const years = String.raw`(\d{4})(?:[-/](\d{4}|\d{2}))?`
  const after = new RegExp(`^${years}[\\s-]*Q([1-4])$`, 'i').exec(text)
  const before = new RegExp(`^Q([1-4])[\\s,-]*${years}$`, 'i').exec(text)
  const [year, end, which] = after
    ? [after[1], after[2], Number(after[3])]
    : before
      ? [before[2], before[3], Number(before[1])]
      : []
  if (year === undefined || which === undefined) return quarterOfMonths(text)
  if (end === undefined) return `${year}-Q${which}`
  const first = Number(year)
  if (Number(end) % 100 !== (first + 1) % 100) return null
  return which === 4 ? `${first + 1}-Q1` : `${first}-Q${which + 1}`
}

/** "Apr-Jun 2023", "April to June 2023" */
function quarterOfMonths(text: string): string | null {
  const m = /^([a-z]{3,9})\.?\s*(?:-|–|to)\s*([a-z]{3,9})\.?,?\s+(\d{4})$/i.exec(text)
  if (!m) return null
  const [from = '', to = ''] = [m[1]?.toLowerCase(), m[2]?.toLowerCase()]
  const at = quarterMonths.findIndex(([first, last]) => first.test(from) && last.test(to))
  return at < 0 ? null : `${m[3]}-Q${at + 1}`
}

function twoYears(text: string): string | null {
  // 607 and 1516, as the child measurement programme writes 2006-07 and 2015-16.
  const short = /^(\d{1,2})(\d{2})$/.exec(text)
  if (short && Number(text) < 1950 && Number(short[2]) === (Number(short[1]) + 1) % 100) {
    return `20${twoDigits(Number(short[1]))}-${short[2]}`
  }
  const m = /^(\d{4})(?:[-/]?(\d{4}|\d{2}))?$/.exec(text)
  if (!m) return null
  const start = Number(m[1])
  const end = m[2]
  if (end !== undefined && Number(end) % 100 !== (start + 1) % 100) return null
  return `${start}-${twoDigits(start + 1)}`
}

/**
 * What kind of period a label is of: the one that is said, unless the label is spelt otherwise, as where
 * one indicator has figures of years and of financial years. Where nobody has said, what it looks like:
 * `2018-19` is taken for a financial year, although a school year looks the same.
 */
export function periodKindOf(label: string, said: PeriodKind | null = null): PeriodKind {
  if (said !== null && normalisePeriod(label, said) === label) return said
  if (/^\d{4}-\d{2}-\d{2}$/.test(label)) return 'day'
  if (/^\d{4}-Q[1-4]$/.test(label)) return 'quarter'
  if (twoYears(label) === label) return 'financial-year'
  return /^\d{4}-\d{2}$/.test(label) ? 'month' : 'year'
}

/** The first and the last day of a period. */
export interface PeriodSpan {
  readonly from: string
  readonly to: string
}

const day = (year: number, month: number, of: number): string =>
  new Date(Date.UTC(year, month - 1, of)).toISOString().slice(0, 10)

/**
 * From which day to which a period runs: financial years from 1 April, school years from
 * 1 September.
 * @param label a period as `normalisePeriod` spells it.
 * @example periodSpan('2018-19', 'financial-year') // { from: '2018-04-01', to: '2019-03-31' }
 */
export function periodSpan(label: string, kind: PeriodKind): PeriodSpan {
  const [year = 0, month = 1] = label.replace('Q', '').split('-').map(Number)
  switch (kind) {
    case 'day':
      return { from: label, to: label }
    case 'month':
      return { from: day(year, month, 1), to: day(year, month + 1, 0) }
    case 'quarter':
      return { from: day(year, 3 * month - 2, 1), to: day(year, 3 * month + 1, 0) }
    case 'year':
      return { from: day(year, 1, 1), to: day(year, 12, 31) }
    case 'financial-year':
      return { from: day(year, 4, 1), to: day(year + 1, 3, 31) }
    case 'school-year':
      return { from: day(year, 9, 1), to: day(year + 1, 8, 31) }
  }
}
