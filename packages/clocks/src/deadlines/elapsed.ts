import { type Calendar, reaches } from '../calendars/calendar.ts'
import { dayNumber, isoDay } from '../days/day.ts'
import { fullDayWords } from '../days/words.ts'
import { isRefused, type Refusal, refuse } from '../refusal.ts'
import { countsWorkingDays, type Rule } from '../rules/rule.ts'
import { type Clock, checkClock, tooShort } from './clock.ts'
import { beyond, countDays, dueDay, firstDay, standing } from './count.ts'
import { countedUntil, type Deadline, deadlineOf, type StoppedClock } from './deadline.ts'
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
  const answer: Deadline | StoppedClock | Refusal = deadlineOf(clock)
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

/**
 * The last day on which a clock without stops may start so that its deadline is no later than a given day: by
 * when to send a notice of some days.
 * @param due the day that the deadline may not pass, as 2024-05-06.
 * @example latestStart(
 *   parseRule({ name: 'notice', title: 'Give notice', start: { event: 'the notice is served' }, amount: 3,
 *     unit: 'calendar-day', calendar: 'x' }),
 *   '2023-10-19',
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2023-01-01', from: '2023-10-01', to: '2023-10-31',
 *     holidays: [] }),
 * ) // { kind: 'start', start: '2023-10-16' }
 */
export function latestStart(
  rule: Rule,
  due: string,
  calendar: Calendar,
): { readonly kind: 'start'; readonly start: string } | Refusal {
  const clock = checkClock(
    { ...rule, start: { ...rule.start, closedDay: 'stays' } },
    due,
    [],
    calendar,
  )
  if (isRefused(clock)) return clock
  const last = clock.event
  const needed = countsWorkingDays(rule) || rule.roll !== 'none' || rule.start.closedDay !== 'stays'
  if (needed && !reaches(calendar, last)) return tooShort(calendar, last, 'back from')
  const inTime = (start: number): boolean => {
    const day = dueDay(rule, calendar, start, [])
    return day === beyond || day === standing ? start < calendar.first : day <= last
  }
  // A later start never has an earlier deadline, so that halving finds the last in time.
  let step = 1
  while (!inTime(last - step)) step *= 2
  let [early, late] = [last - step, last + 1]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (inTime(middle)) early = middle
    else late = middle
  }
  const found = dueDay(rule, calendar, early, [])
  if (found === beyond || found === standing) return tooShort(calendar, last, 'back from')
  return { kind: 'start', start: isoDay(early) }
}
