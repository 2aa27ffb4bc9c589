import {
  type CalendarData,
  calendarSchema,
  deadline,
  type Explanation,
  explain,
  isRefused,
  parseCalendar,
  parseRule,
  type Refusal,
  type Rule,
  ruleSchema,
} from '@plumbline/clocks'
import { z } from 'zod'

/** By when a request for a correction is answered: a rule, and the calendar that it counts by. */
export const correctionClockSchema = z.strictObject({ rule: ruleSchema, calendar: calendarSchema })
export type CorrectionClock = z.output<typeof correctionClockSchema>

/** A calendar that knows of no holidays, for areas that have not named theirs. */
const weekdays: CalendarData = {
  name: 'monday-to-friday',
  title: 'Monday to Friday; no holidays are known here',
  knownSince: '2020-01-01',
  from: '2000-01-01',
  to: '2199-12-31',
  weekend: ['saturday', 'sunday'],
  holidays: [],
}

/** A clock of so many working days by a calendar. */
export const clockOf = (workingDays: number, calendar: CalendarData): CorrectionClock =>
  correctionClockSchema.parse({
    rule: {
      name: 'correction',
      title: 'Answer a request for a correction',
      start: { event: 'it is asked for' },
      amount: workingDays,
      unit: 'working-day',
      calendar: calendar.name,
    },
    calendar,
  })

/** 10 working days from Monday to Friday. */
export const usualClock: CorrectionClock = clockOf(10, weekdays)

function parts({ rule, calendar }: CorrectionClock): [Rule, ReturnType<typeof parseCalendar>] {
  const parsed = parseRule(rule)
  if (isRefused(parsed)) throw new Error(parsed.sentence)
  return [parsed, parseCalendar(calendar)]
}

/**
 * The day by whose end a request is to be answered, and the clock as far as that rests on it: kept with the
 * request, so that it can be explained after the rule or the calendar has changed.
 * @throws Error where the calendar does not reach so far.
 */
export function dueOf(
  clock: CorrectionClock,
  askedOn: string,
): { readonly due: string; readonly clock: CorrectionClock } {
  const [rule, calendar] = parts(clock)
  if (isRefused(calendar)) throw new Error(calendar.sentence)
  const found = deadline(rule, askedOn, [], calendar)
  if (isRefused(found)) throw new Error(found.sentence)
  if (found.kind !== 'due') throw new Error('A clock without stops never stands still.')
  const { due } = found
  const holidays = clock.calendar.holidays.filter(({ date }) => date >= askedOn && date <= due)
  const kept = { ...clock.calendar, from: askedOn, to: due, holidays }
  return { due, clock: { rule: clock.rule, calendar: kept } }
}

/** How a deadline was worked out, day by day. */
export function explainDue(clock: CorrectionClock, askedOn: string): Explanation | Refusal {
  const [rule, calendar] = parts(clock)
  return isRefused(calendar) ? calendar : explain(rule, askedOn, [], calendar)
}
