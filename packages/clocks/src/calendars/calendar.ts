import { type Day, dayNumber, weekdayOf } from '../days/day.ts'
import { faultsOf } from '../days/schema.ts'
import { weekdayName } from '../days/words.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { calendarSchema, weekdayCodes } from './schema.ts'

/** One version of a calendar, ready to count with: any number of working days takes one step. */
export interface Calendar {
  readonly name: string
  readonly title: string
  /** The day on which this version became known. */
  readonly knownSince: string
  /** The first and the last day that the calendar knows of. */
  readonly first: Day
  readonly last: Day
  /** Entry i: how many working days lie from `first` to before `first + i`; one entry more than days. */
  readonly workingBefore: Int32Array
  /** All working days in order. */
  readonly workingDays: Int32Array
  /** The holidays' names by day. */
  readonly holidays: ReadonlyMap<Day, string>
}

/**
 * Reads a calendar and readies it for counting.
 * @param data as {@link CalendarData}; unknown, since it may come from a file.
 * @example parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01',
 *   to: '2024-05-10', holidays: [{ date: '2024-05-06', title: 'Early May' }] }).workingDays.length // 7
 */
export function parseCalendar(data: unknown): Calendar | Refusal {
  const parsed = calendarSchema.safeParse(data)
  if (!parsed.success) return refuse('invalid-calendar', `${faultsOf(parsed.error)}.`)
  const { name, title, knownSince, from, to, weekend, holidays } = parsed.data
  const first = dayNumber(from) ?? 0
  const last = dayNumber(to) ?? 0
  const titles = new Map(holidays.map(({ date, title }) => [dayNumber(date) ?? 0, title]))
  const closedWeekdays = new Set(weekend.map((code) => weekdayCodes.indexOf(code)))
  const workingBefore = new Int32Array(last - first + 2)
  const workingDays: number[] = []
  for (let day = first; day <= last; day++) {
    if (!closedWeekdays.has(weekdayOf(day)) && !titles.has(day)) workingDays.push(day)
    workingBefore[day - first + 1] = workingDays.length
  }
  return {
    name,
    title,
    knownSince,
    first,
    last,
    workingBefore,
    workingDays: Int32Array.from(workingDays),
    holidays: titles,
  }
}

/** Whether a calendar knows of a day. */
export const reaches = (calendar: Calendar, day: Day): boolean =>
  day >= calendar.first && day <= calendar.last

/** Whether a day that the calendar reaches is a working day. */
export function isWorkingDay({ first, workingBefore }: Calendar, day: Day): boolean {
  const before = workingBefore[day - first] ?? 0
  return (workingBefore[day - first + 1] ?? 0) > before
}

/** Why a day is closed: the holiday's name, or "Saturday". */
export const closedBecause = ({ holidays }: Calendar, day: Day): string =>
  holidays.get(day) ?? weekdayName(day)
