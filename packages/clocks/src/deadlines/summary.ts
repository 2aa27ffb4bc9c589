import { dayNumber } from '../days/day.ts'
import { dayWords, fullDayWords, listWords, plural } from '../days/words.ts'
import type { Rule } from '../rules/rule.ts'
import type { Clock } from './clock.ts'
import { openEnd } from './count.ts'
import type { DayLine } from './day-line.ts'
import type { Deadline, StoppedClock } from './deadline.ts'
import { firstUpper } from './line-words.ts'
import type { CheckedStop } from './stops.ts'

/** An explanation in a few sentences, the answer first. */
export function summarise(
  clock: Clock,
  outcome: Deadline | StoppedClock,
  lines: readonly DayLine[],
): string[] {
  const { rule, calendar } = clock
  return [
    answer(rule, outcome),
    allowance(clock),
    ...lateStart(clock),
    ...notCounted(lines),
    ...clock.stops.flatMap((stop) => stopped(stop, lines)),
    ...rollWords(outcome),
    `Closed days are those of the calendar ${calendar.title}, as known since ${words(calendar.knownSince)}.`,
  ]
}

function answer({ title }: Rule, outcome: Deadline | StoppedClock): string {
  if (outcome.kind === 'due') return `${title}: by the end of ${full(outcome.due)}.`
  const left = plural(outcome.left, 'day')
  return `${title}: the clock has stood still since ${full(outcome.since)}, with ${left} left (${outcome.title}).`
}

const units = {
  'working-day': 'working day',
  'calendar-day': 'day',
  week: 'week',
  month: 'month',
} as const

function allowance({ rule, event, start }: Clock): string {
  const time = plural(rule.amount, units[rule.unit])
  const day = fullDayWords(start)
  const clause = event === start ? rule.start.event : 'the clock starts'
  return rule.start.dayCounts
    ? `The rule gives ${time}, of which the first may be the day when ${clause}: ${day}.`
    : `The rule gives ${time} after the day when ${clause}: ${day}.`
}

function lateStart({ rule, event, start }: Clock): string[] {
  if (event === start) return []
  return [`${firstUpper(rule.start.event)} on a closed day, ${fullDayWords(event)}.`]
}

function notCounted(lines: readonly DayLine[]): string[] {
  const weekend = lines.filter(({ status }) => status === 'weekend').length
  const holidays = lines.filter(({ status }) => status === 'holiday')
  const parts: string[] = []
  if (weekend > 0) parts.push(plural(weekend, 'weekend day'))
  if (holidays.length > 0) {
    const names = holidays.map(({ day, title }) => `${title}, ${words(day)}`).join('; ')
    parts.push(`${plural(holidays.length, 'holiday')} (${names})`)
  }
  return parts.length > 0 ? [`Not counted: ${listWords(parts)}.`] : []
}

/**
 * Nothing of a stop that begins after the last counted day, since it changes nothing, nor of one that lasts,
 * since the answer names it.
 */
function stopped({ title, from, to }: CheckedStop, lines: readonly DayLine[]): string[] {
  const days = lines.filter(({ status, day }) => {
    const number = dayNumber(day) ?? from - 1
    return status === 'stopped' && number >= from && number <= to
  })
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || to === openEnd) return []
  const when =
    first === last ? `on ${full(first.day)}` : `from ${full(first.day)} to ${full(last.day)}`
  return [`The clock stood still ${when}: ${title}.`]
}

function rollWords(outcome: Deadline | StoppedClock): string[] {
  if (outcome.kind === 'stopped' || outcome.due === outcome.counted) return []
  const direction = outcome.due > outcome.counted ? 'on' : 'back'
  return [
    `The last day, ${full(outcome.counted)}, is closed, so the deadline moves ${direction} to ${full(outcome.due)}.`,
  ]
}

const words = (day: string): string => dayWords(dayNumber(day) ?? 0)
const full = (day: string): string => fullDayWords(dayNumber(day) ?? 0)
