import { type Calendar, isWorkingDay, reaches } from '../calendars/calendar.ts'
import type { Day } from '../days/day.ts'
import { addMonths, sameMonth } from '../days/month.ts'
import { countsWorkingDays, type Rule } from '../rules/rule.ts'

/** In place of a day: the calendar does not reach so far. Less than any day. */
export const beyond: Day = -2_147_483_648

/** In place of a day: the clock stands still, so that nobody can say. Less than any day. */
export const standing: Day = -2_147_483_647

/** The last day of a stop that has not ended. */
export const openEnd: Day = 2_147_483_647

/** 31 December 9999, the last day that ISO 8601 writes with four digits. */
const lastIsoDay: Day = 2_932_896

/** Days on which a clock stands still, first and last included; `to` before `from` where there is none. */
export interface Standstill {
  readonly from: Day
  readonly to: Day
}

/**
 * How many days count from one day to another, both included. For working days the first must be within the
 * calendar's reach; days after its end are left out.
 */
export function countDays(calendar: Calendar, working: boolean, from: Day, to: Day): number {
  if (to < from) return 0
  if (!working) return to - from + 1
  const { first, last, workingBefore } = calendar
  const end = workingBefore[Math.min(to, last) + 1 - first] ?? 0
  return end - (workingBefore[Math.min(from, last + 1) - first] ?? 0)
}

/** The nth day that counts from a day on, that day included; {@link beyond} where the calendar ends before. */
export function nthDay(calendar: Calendar, working: boolean, from: Day, n: number): Day {
  if (!working) return from + n - 1 > lastIsoDay ? beyond : from + n - 1
  if (!reaches(calendar, from)) return beyond
  const before = calendar.workingBefore[from - calendar.first] ?? 0
  return calendar.workingDays[before + n - 1] ?? beyond
}

/** The working day at or before a day that the calendar reaches; {@link beyond} where there is none. */
function workingDayBefore(calendar: Calendar, day: Day): Day {
  const before = calendar.workingBefore[day - calendar.first + 1] ?? 0
  return calendar.workingDays[before - 1] ?? beyond
}

/** The day on which a clock starts, for what happened on a day. */
export function startingDay(rule: Rule, calendar: Calendar, event: Day): Day {
  return rule.start.closedDay === 'stays' ? event : nthDay(calendar, true, event, 1)
}

/** The first day that may count. */
export const firstDay = (rule: Rule, start: Day): Day => (rule.start.dayCounts ? start : start + 1)

/** How many days a rule counts from a start: months are as long as they are there. */
export function daysOf(rule: Rule, start: Day): number {
  if (rule.unit === 'week') return rule.amount * 7
  if (rule.unit === 'month') return addMonths(start, rule.amount, rule.monthEnd) - start
  return rule.amount
}

/**
 * The last day that a rule counts, before any roll. Each standstill, in order, takes its days out of the
 * count; one that begins after the last counted day changes nothing.
 */
export function lastCounted(
  rule: Rule,
  calendar: Calendar,
  start: Day,
  standstills: readonly Standstill[],
): Day {
  const working = countsWorkingDays(rule)
  let from = firstDay(rule, start)
  let left = daysOf(rule, start)
  for (const standstill of standstills) {
    if (standstill.to < from || standstill.to < standstill.from) continue
    const runs = standstill.from > from
    if (working && runs && from < calendar.first) return beyond
    const run = countDays(calendar, working, from, standstill.from - 1)
    if (run >= left) break
    if (working && runs && standstill.from > calendar.last + 1) return beyond
    if (standstill.to === openEnd) return standing
    left -= run
    from = standstill.to + 1
  }
  return nthDay(calendar, working, from, left)
}

/** Where the roll of a rule takes a last counted day; never before the start. */
export function rolled(rule: Rule, calendar: Calendar, start: Day, day: Day): Day {
  if (rule.roll === 'none') return day
  if (!reaches(calendar, day)) return beyond
  if (isWorkingDay(calendar, day)) return day
  const following = nthDay(calendar, true, day, 1)
  if (rule.roll === 'following') return following
  const preceding = workingDayBefore(calendar, day)
  const forward =
    rule.roll === 'modified-following' && following !== beyond && sameMonth(day, following)
  if (forward || (preceding !== beyond && preceding < start)) return following
  // Whether the next working day lies in another month cannot be told where the calendar ends first.
  if (rule.roll === 'modified-following' && following === beyond && !endsMonth(calendar, day)) {
    return beyond
  }
  return preceding
}

const endsMonth = ({ last }: Calendar, day: Day): boolean => !sameMonth(day, last + 1)

/** {@link lastCounted} and {@link rolled} together. */
export function dueDay(
  rule: Rule,
  calendar: Calendar,
  event: Day,
  standstills: readonly Standstill[],
): Day {
  const start = startingDay(rule, calendar, event)
  if (start === beyond) return beyond
  const day = lastCounted(rule, calendar, start, standstills)
  return day === beyond || day === standing ? day : rolled(rule, calendar, start, day)
}
