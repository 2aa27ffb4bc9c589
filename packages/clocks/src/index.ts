export { type BankHolidayOptions, bankHolidayCalendar } from './calendars/bank-holidays.ts'
export { type Calendar, parseCalendar } from './calendars/calendar.ts'
export { type CalendarData, calendarSchema } from './calendars/schema.ts'
export { type CalendarChange, calendarChanges, calendarOn } from './calendars/versions.ts'
export { type Day, dayNumber, isoDay } from './days/day.ts'
export { dayOfInstant } from './days/instant.ts'
export type { MonthEnd } from './days/month.ts'
export {
  clockStates,
  type Deadlines,
  deadlines,
  type StopColumns,
  stillStopped,
} from './deadlines/bulk.ts'
export type { DayLine, DayStatus } from './deadlines/day-line.ts'
export { type Deadline, deadline, type StoppedClock } from './deadlines/deadline.ts'
export { type Elapsed, elapsed } from './deadlines/elapsed.ts'
export { type Explanation, explain } from './deadlines/explain.ts'
export { latestStart } from './deadlines/latest-start.ts'
export { type MovedDeadline, type Moves, moved, type OpenClock } from './deadlines/moved.ts'
export { type Remaining, remaining } from './deadlines/remaining.ts'
export type { Stop } from './deadlines/stops.ts'
export { isRefused, type Refusal, type RefusalCode } from './refusal.ts'
export { parseRule, type Rule, type RuleInput, ruleSchema } from './rules/rule.ts'
