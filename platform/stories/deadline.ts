import type { CalendarData } from '@plumbline/clocks'
import { type CorrectionClock, correctionClockSchema, usualClock } from '../replies/deadline.ts'

/** By when a story is replied to: a rule, and the calendar that it counts by. */
export type StoryClock = CorrectionClock

/** A clock of so many working days by a calendar, from the day on which a story is published. */
export const storyClockOf = (workingDays: number, calendar: CalendarData): StoryClock =>
  correctionClockSchema.parse({
    rule: {
      name: 'story-reply',
      title: 'Reply to a story',
      start: { event: 'it is published' },
      amount: workingDays,
      unit: 'working-day',
      calendar: calendar.name,
    },
    calendar,
  })

/** Working days within which a service replies, where its area has not said otherwise. */
export const usualDays = 10

/** So many days by the calendar of an area: the one by which corrections are answered. */
export const storyClock = (
  { calendar }: CorrectionClock = usualClock,
  workingDays = usualDays,
): StoryClock => storyClockOf(workingDays, calendar)
