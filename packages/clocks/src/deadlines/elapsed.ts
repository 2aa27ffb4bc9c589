import { type Calendar, reaches } from '../calendars/calendar.ts'
import { dayNumber } from '../days/day.ts'
import { fullDayWords } from '../days/words.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { countsWorkingDays, type Rule } from '../rules/rule.ts'
import { type Clock, checkClock, tooShort } from './clock.ts'
import { firstDay } from './count.ts'
import { countedUntil, deadlineOf } from './deadline.ts'
import { noDay, type Stop } from './stops.ts'

/** How long something took by its rule, and whether it was in time. */
export interface Elapsed {
  readonly kind: 'elapsed'
  /** Working days where the rule counts them, all days for the others, without those of stops. */
  readonly days: number
  /** True also where the clock stood still at the end. */
  readonly inTime: boolean
}

/**
 * How many days by the count of the rule lie between the start of a clock and what ends it.
 * @param end the day of what ends the clock, as 2024-05-06.
 * @example elapsed(
 *   parseRule({ name: 'reply', title: 'Reply', start: { event: 'it is told' }, amount: 5,
 *     unit: 'working-day', calendar: 'x' }),
 *   '2024-05-02', [],
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [{ date: '2024-05-06', title: 'Early May' }] }),
 *   '2024-05-07',
 * ) // { kind: 'elapsed', days: 2, inTime: true }
 */
export function elapsed(
  rule: Rule,
  start: string,
  stops: readonly Stop[],
  calendar: Calendar,
  end: string,
): Elapsed | Refusal {
  const clock = checkClock(rule, start, stops, calendar)
  if (isRefused(clock)) return clock
  const day = dayNumber(end)
  if (day === undefined) return noDay(end)
  if (day < clock.event) {
    const sentence = `What started on ${fullDayWords(clock.event)} cannot end on ${fullDayWords(day)}; change one of the days.`
    return refuse('end-before-start', sentence)
  }
  const answer = deadlineOf(clock)
  if (isRefused(answer)) return answer
  if (!canCount(clock, day)) return tooShort(calendar, clock.event)
  return {
    kind: 'elapsed',
    days: countedUntil(clock, day),
    inTime: answer.kind === 'stopped' || end <= answer.due,
  }
}

/** Whether the calendar, where it is needed, knows of all days from the first that counts to this one. */
const canCount = ({ rule, calendar, start }: Clock, day: number): boolean =>
  !countsWorkingDays(rule) || day < firstDay(rule, start) || reaches(calendar, day)
