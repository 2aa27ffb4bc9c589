import { type Day, partsOf, weekdayOf } from './day.ts'

export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "Monday". */
export const weekdayName = (day: Day): string => weekdays[weekdayOf(day)] ?? ''

/** "6 May 2024". */
export function dayWords(day: Day): string {
  const { year, month, date } = partsOf(day)
  return `${date} ${months[month - 1]} ${year}`
}

/** "Monday 6 May 2024". */
export const fullDayWords = (day: Day): string => `${weekdayName(day)} ${dayWords(day)}`

/** "1 day", "2 days". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** "a", "a and b", "a, b and c". */
export function listWords(items: readonly string[]): string {
  const last = items.at(-1)
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${last}` : (last ?? '')
}
