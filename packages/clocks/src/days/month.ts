import { type Day, dayOf, partsOf } from './day.ts'

/** What becomes of a date that the later month lacks, and of the last day of a month. */
export type MonthEnd = 'same-date' | 'last-day'

/**
 * The day some months later. `same-date`: the corresponding date, or the month's last day where there is none
 * (Dodds v Walker [1981] 1 WLR 1027). `last-day`: also from the last day of a month to the last day of the
 * other, as the end-of-month rule of QuantLib and of bonds has it.
 */
export function addMonths(day: Day, months: number, monthEnd: MonthEnd): Day {
  const { year, month, date } = partsOf(day)
  const later = year * 12 + (month - 1) + months
  const laterYear = Math.floor(later / 12)
  const laterMonth = later - laterYear * 12 + 1
  const last = lengthOf(laterYear, laterMonth)
  const toEnd = monthEnd === 'last-day' && date === lengthOf(year, month)
  return dayOf(laterYear, laterMonth, toEnd ? last : Math.min(date, last))
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function lengthOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : (lengths[month - 1] ?? 31)
}

/** Whether two days lie in one month of one year. */
export function sameMonth(a: Day, b: Day): boolean {
  const [first, second] = [partsOf(a), partsOf(b)]
  return first.year === second.year && first.month === second.month
}
