import { type Calendar, closedBecause, isWorkingDay, reaches } from '../calendars/calendar.ts'
import { type Day, dayNumber, isoDay } from '../days/day.ts'
import { weekdayName } from '../days/words.ts'
import { isRefused, type Refusal } from '../refusal.ts'
import { countsWorkingDays, type Rule } from '../rules/rule.ts'
import { type Clock, checkClock } from './clock.ts'
import { daysOf } from './count.ts'
import type { DayLine, DayStatus } from './day-line.ts'
import { type Deadline, deadlineOf, type StoppedClock } from './deadline.ts'
import { lineWords } from './line-words.ts'
import type { Stop } from './stops.ts'
import { summarise } from './summary.ts'

/** How a deadline was worked out. */
export interface Explanation {
  readonly kind: 'explanation'
  readonly outcome: Deadline | StoppedClock
  /** The whole in a few sentences, the answer first. */
  readonly sentences: readonly string[]
  /** Every day from what starts the clock to the deadline, or to the day since which it stands still. */
  readonly lines: readonly DayLine[]
}

/**
 * Explains a deadline day by day: which days count, which do not and why.
 * @example explain(
 *   parseRule({ name: 'reply', title: 'Reply', start: { event: 'it is told' }, amount: 5,
 *     unit: 'working-day', calendar: 'x' }),
 *   '2024-05-02', [],
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [{ date: '2024-05-06', title: 'Early May' }] }),
 * ).lines[4].words // 'Monday 6 May 2024: Early May. It does not count.'
 */
export function explain(
  rule: Rule,
  start: string,
  stops: readonly Stop[],
  calendar: Calendar,
): Explanation | Refusal {
  const clock = checkClock(rule, start, stops, calendar)
  if (isRefused(clock)) return clock
  const outcome = deadlineOf(clock)
  if (isRefused(outcome)) return outcome
  const lines = linesOf(clock, outcome)
  return { kind: 'explanation', outcome, sentences: summarise(clock, outcome, lines), lines }
}

function linesOf(clock: Clock, outcome: Deadline | StoppedClock): DayLine[] {
  const days = daysOf(clock.rule, clock.start)
  const read = (text: string): Day => dayNumber(text) ?? clock.event
  const due = outcome.kind === 'due' ? read(outcome.due) : undefined
  const counted = outcome.kind === 'due' ? read(outcome.counted) : undefined
  // A stop may begin on the event's own closed day, before the clock has started.
  const since = outcome.kind === 'stopped' ? Math.max(read(outcome.since), clock.start) : undefined
  const end = since ?? Math.max(due ?? clock.event, counted ?? clock.event)
  const lines: DayLine[] = []
  let number = 0
  for (let day = clock.event; day <= end; day++) {
    const { status, title } = statusOf(clock, day, counted ?? end)
    if (status === 'counts') number += 1
    const line = {
      day: isoDay(day),
      weekday: weekdayName(day),
      status,
      number: status === 'counts' ? number : null,
      title,
      due: day === due,
    }
    lines.push({ ...line, words: lineWords(clock, line, { day, due, counted, days }) })
  }
  return lines
}

function statusOf(
  { rule, calendar, event, start, stops }: Clock,
  day: Day,
  counted: Day,
): { readonly status: DayStatus; readonly title: string | null } {
  const closed = reaches(calendar, day) && !isWorkingDay(calendar, day)
  const holiday = calendar.holidays.get(day) ?? null
  if (day === event && event !== start)
    return { status: 'event', title: closedBecause(calendar, day) }
  const closedStatus = holiday === null ? 'weekend' : 'holiday'
  if (day < start) return { status: closedStatus, title: holiday }
  const stop = stops.find(({ from, to }) => from <= day && day <= to)
  if (stop && day <= counted) return { status: 'stopped', title: stop.title }
  if (day === start && !rule.start.dayCounts) return { status: 'start', title: null }
  if (day > counted)
    return { status: 'rolled', title: closed ? closedBecause(calendar, day) : null }
  if (countsWorkingDays(rule) && closed) return { status: closedStatus, title: holiday }
  return { status: 'counts', title: null }
}
