import { type Calendar, reaches } from '../calendars/calendar.ts'
import { dayNumber, isoDay } from '../days/day.ts'
import type { Refusal } from '../refusal.ts'
import { countsWorkingDays, type Rule } from '../rules/rule.ts'
import { otherCalendar, tooShort } from './clock.ts'
import { beyond, dueDay, standing } from './count.ts'
import { noDay } from './stops.ts'

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
  if (rule.calendar !== calendar.name) return otherCalendar(rule, calendar)
  const last = dayNumber(due)
  if (last === undefined) return noDay(due)
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
  const start = isoDay(early)
  const unknown = found === beyond || found === standing || dayNumber(start) === undefined
  return unknown ? tooShort(calendar, last, 'back from') : { kind: 'start', start }
}
