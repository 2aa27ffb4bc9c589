import {
  type Calendar,
  type CalendarData,
  isRefused,
  parseCalendar,
  parseRule,
  type Refusal,
  type Rule,
  type RuleInput,
} from '../src/index.ts'

/** An answer that must not be a refusal. */
export function answered<T>(answer: T | Refusal): T {
  if (isRefused(answer)) throw new Error(answer.sentence)
  return answer
}

/** A calendar for the years 2000 to 2039, with holidays by day. */
export const calendarOf = (
  holidays: Readonly<Record<string, string>> = {},
  rest: Partial<CalendarData> = {},
): Calendar =>
  answered(
    parseCalendar({
      name: 'town',
      title: 'Town',
      knownSince: '2000-01-01',
      from: '2000-01-01',
      to: '2039-12-31',
      holidays: Object.entries(holidays).map(([date, title]) => ({ date, title })),
      ...rest,
    }),
  )

/** A rule by the calendar of {@link calendarOf}. */
export const ruleOf = (rest: Partial<RuleInput> = {}): Rule =>
  answered(
    parseRule({
      name: 'reply',
      title: 'Reply to a story',
      start: { event: 'the story is published' },
      amount: 20,
      unit: 'working-day',
      calendar: 'town',
      ...rest,
    }),
  )
