import type { Calendar } from '../calendars/calendar.ts'
import { isoDay } from '../days/day.ts'
import { isRefused, type Refusal } from '../refusal.ts'
import { countsWorkingDays, type Rule } from '../rules/rule.ts'
import { type Clock, checkClock, tooShort } from './clock.ts'
import {
  beyond,
  countDays,
  daysOf,
  firstDay,
  lastCounted,
  openEnd,
  rolled,
  standing,
} from './count.ts'
import type { Stop } from './stops.ts'

/** A deadline: what is done by the end of the day `due` is in time. */
export interface Deadline {
  readonly kind: 'due'
  readonly due: string
  /** The last day that was counted; `due` is another where a roll moved it. */
  readonly counted: string
  /** How many days were counted: working days, or all days for weeks and months. */
  readonly days: number
  /** The version of the calendar that was used. */
  readonly calendar: string
  readonly knownSince: string
}

/** A clock that stands still: there is no deadline until it runs again. */
export interface StoppedClock {
  readonly kind: 'stopped'
  readonly since: string
  readonly reason: string
  /** The reason, in words. */
  readonly title: string
  /** How many days of the count are left, for when it runs again. */
  readonly left: number
  readonly calendar: string
  readonly knownSince: string
}

/**
 * The deadline of one clock. Days of stops are not counted; a stop that begins after the last counted day
 * changes nothing. What resets a clock, such as a request that had to be made clear, is a new start.
 * @param start the day of what starts the clock, as 2024-05-06; see {@link dayOfInstant} for instants.
 * @param stops in any order; at most one has no end.
 * @param calendar the version to count by; see {@link calendarOn}.
 * @example deadline(
 *   parseRule({ name: 'reply', title: 'Reply', start: { event: 'it is told' }, amount: 5,
 *     unit: 'working-day', calendar: 'x' }),
 *   '2024-05-02', [],
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [{ date: '2024-05-06', title: 'Early May' }] }),
 * ).due // '2024-05-10'
 */
export function deadline(
  rule: Rule,
  start: string,
  stops: readonly Stop[],
  calendar: Calendar,
): Deadline | StoppedClock | Refusal {
  const clock = checkClock(rule, start, stops, calendar)
  return isRefused(clock) ? clock : deadlineOf(clock)
}

/** The deadline of a clock that was checked. */
export function deadlineOf(clock: Clock): Deadline | StoppedClock | Refusal {
  const { rule, calendar, start, stops, event } = clock
  const counted = lastCounted(rule, calendar, start, stops)
  if (counted === standing) return stoppedOf(clock)
  if (counted === beyond) return tooShort(calendar, event)
  const due = rolled(rule, calendar, start, counted)
  if (due === beyond) return tooShort(calendar, event)
  return {
    kind: 'due',
    due: isoDay(due),
    counted: isoDay(counted),
    days: daysOf(rule, start),
    calendar: calendar.name,
    knownSince: calendar.knownSince,
  }
}

function stoppedOf(clock: Clock): StoppedClock | Refusal {
  const { rule, calendar, start } = clock
  const stop = clock.stops.at(-1)
  if (!stop) return tooShort(calendar, clock.event)
  return {
    kind: 'stopped',
    since: isoDay(stop.from),
    reason: stop.reason,
    title: stop.title,
    left: daysOf(rule, start) - countedUntil(clock, stop.from - 1),
    calendar: calendar.name,
    knownSince: calendar.knownSince,
  }
}

/** How many days of a clock count up to a day, that day included; the calendar must reach its first. */
export function countedUntil({ rule, calendar, start, stops }: Clock, day: number): number {
  const working = countsWorkingDays(rule)
  let from = firstDay(rule, start)
  let counted = 0
  for (const stop of stops) {
    if (stop.from > day || stop.to < from || stop.to < stop.from) continue
    counted += countDays(calendar, working, from, stop.from - 1)
    from = stop.to === openEnd ? openEnd : stop.to + 1
  }
  return counted + countDays(calendar, working, from, day)
}
