import type { Calendar } from '../calendars/calendar.ts'
import { type Day, dayNumber } from '../days/day.ts'
import { dayWords, fullDayWords } from '../days/words.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import type { Rule } from '../rules/rule.ts'
import { beyond, startingDay } from './count.ts'
import { type CheckedStop, checkStops, noDay, type Stop } from './stops.ts'

/** A clock that was checked: everything that its deadline hangs on. */
export interface Clock {
  readonly rule: Rule
  readonly calendar: Calendar
  /** The day of what starts the clock. */
  readonly event: Day
  /** The day on which it starts: the same, or the next working day where the rule says so. */
  readonly start: Day
  readonly stops: readonly CheckedStop[]
}

/** Checks that rule, start, stops and calendar belong together. */
export function checkClock(
  rule: Rule,
  start: string,
  stops: readonly Stop[],
  calendar: Calendar,
): Clock | Refusal {
  if (rule.calendar !== calendar.name) return otherCalendar(rule, calendar)
  const event = dayNumber(start)
  if (event === undefined) return noDay(start)
  const starting = startingDay(rule, calendar, event)
  if (starting === beyond) return tooShort(calendar, event)
  const checked = checkStops(rule, event, stops)
  if (isRefused(checked)) return checked
  return { rule, calendar, event, start: starting, stops: checked }
}

/** The refusal of a calendar that the rule does not count by. */
export const otherCalendar = (rule: Rule, { name }: Calendar): Refusal =>
  refuse(
    'wrong-calendar',
    `${rule.title} counts by the calendar ${rule.calendar}, not by ${name}; give it that one.`,
  )

/** The refusal of a calendar that does not reach far enough to count from a day, or back from it. */
export function tooShort(
  { title, first, last }: Calendar,
  day: Day,
  direction: 'from' | 'back from' = 'from',
): Refusal {
  const reach = `from ${dayWords(first)} to ${dayWords(last)}`
  return refuse(
    'beyond-calendar',
    `The calendar ${title} reaches ${reach}, not far enough to count ${direction} ${fullDayWords(day)}; load one that reaches further.`,
  )
}
