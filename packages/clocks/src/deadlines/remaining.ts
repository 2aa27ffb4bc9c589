import { type Calendar, reaches } from '../calendars/calendar.ts'
import { dayNumber } from '../days/day.ts'
import { isRefused, type Refusal } from '../refusal.ts'
import { countsWorkingDays, type Rule } from '../rules/rule.ts'
import { checkClock, tooShort } from './clock.ts'
import { countDays } from './count.ts'
import { countedUntil, deadlineOf, type StoppedClock } from './deadline.ts'
import { noDay, type Stop } from './stops.ts'

/** How much time is left: working days where the rule counts them, all days for the others. */
export type Remaining =
  | { readonly kind: 'running'; readonly due: string; readonly left: number }
  | { readonly kind: 'overdue'; readonly due: string; readonly by: number }
  | StoppedClock

/**
 * How many days are left after a day until the deadline, that of the deadline included: 0 on the last day. Or
 * by how many days it has passed. Days of stops are not counted.
 * @param today the day that is asked about, as 2024-05-06.
 * @example remaining(
 *   parseRule({ name: 'reply', title: 'Reply', start: { event: 'it is told' }, amount: 5,
 *     unit: 'working-day', calendar: 'x' }),
 *   '2024-05-02', [],
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [{ date: '2024-05-06', title: 'Early May' }] }),
 *   '2024-05-07',
 * ) // { kind: 'running', due: '2024-05-10', left: 3 }
 */
export function remaining(
  rule: Rule,
  start: string,
  stops: readonly Stop[],
  calendar: Calendar,
  today: string,
): Remaining | Refusal {
  const clock = checkClock(rule, start, stops, calendar)
  if (isRefused(clock)) return clock
  const answer = deadlineOf(clock)
  if (answer.kind !== 'due') return answer
  const day = dayNumber(today)
  if (day === undefined) return noDay(today)
  const due = dayNumber(answer.due) ?? day
  if (day <= due) {
    const left = countedUntil(clock, due) - countedUntil(clock, day)
    return { kind: 'running', due: answer.due, left }
  }
  const working = countsWorkingDays(rule)
  if (working && !reaches(calendar, day)) return tooShort(calendar, clock.event)
  return { kind: 'overdue', due: answer.due, by: countDays(calendar, working, due + 1, day) }
}
