import type { CalendarData, Rule, Stop } from '../src/index.ts'

/**
 * A second opinion, which shares no code with the package: walks from day to day with the language's own dates,
 * and asks of each whether it counts.
 */
export type Opinion =
  | { readonly kind: 'due'; readonly counted: string; readonly due: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'beyond' }

export function dayByDay(
  rule: Rule,
  start: string,
  stops: readonly Stop[],
  calendar: CalendarData,
): Opinion {
  try {
    return walk(rule, start, stops, calendar)
  } catch (error) {
    if (error === beyond) return { kind: 'beyond' }
    throw error
  }
}

const beyond = new Error('the calendar ends')

function walk(rule: Rule, event: string, stops: readonly Stop[], calendar: CalendarData): Opinion {
  const closed = (day: string): boolean => isClosed(calendar, day)
  let start = event
  if (rule.start.closedDay !== 'stays') while (closed(start)) start = shift(start, 1)
  let day = rule.start.dayCounts ? start : shift(start, 1)
  for (let left = total(rule, start); ; day = shift(day, 1)) {
    const stop = stops.find((stop) => stands(rule, stop, day))
    if (stop && stop.to === undefined) return { kind: 'stopped' }
    if (!stop && !(rule.unit === 'working-day' && closed(day))) left -= 1
    if (left === 0) return { kind: 'due', counted: day, due: roll(rule, start, day, closed) }
  }
}

function stands(rule: Rule, stop: Stop, day: string): boolean {
  const reason = rule.stops.find(({ reason }) => reason === stop.reason)
  const begun = reason?.firstDay === 'counts' ? day > stop.from : day >= stop.from
  if (stop.to === undefined) return begun
  return begun && (reason?.lastDay === 'counts' ? day < stop.to : day <= stop.to)
}

function total(rule: Rule, start: string): number {
  if (rule.unit === 'week') return rule.amount * 7
  if (rule.unit !== 'month') return rule.amount
  const [year = 0, month = 0, date = 0] = start.split('-').map(Number)
  const lengthOf = (y: number, m: number): number => new Date(Date.UTC(y, m, 0)).getUTCDate()
  const last = lengthOf(year, month + rule.amount)
  const toEnd = rule.monthEnd === 'last-day' && date === lengthOf(year, month)
  const end = Date.UTC(year, month - 1 + rule.amount, toEnd ? last : Math.min(date, last))
  return (end - Date.parse(start)) / 86_400_000
}

function roll(rule: Rule, start: string, day: string, closed: (day: string) => boolean): string {
  if (rule.roll === 'none' || !closed(day)) return day
  const to = (step: number): string => {
    let found = day
    while (closed(found)) found = shift(found, step)
    return found
  }
  if (rule.roll === 'following') return to(1)
  if (rule.roll === 'modified-following') {
    // Once the month is over it no longer matters which day is open.
    let next = day
    while (next.slice(0, 7) === day.slice(0, 7) && closed(next)) next = shift(next, 1)
    if (next.slice(0, 7) === day.slice(0, 7)) return next
  }
  const before = to(-1)
  return before < start ? to(1) : before
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

function isClosed({ from, to, weekend, holidays }: CalendarData, day: string): boolean {
  if (day < from || day > to) throw beyond
  const weekday = weekdays[new Date(day).getUTCDay()]
  return (
    (weekend ?? []).some((closed) => closed === weekday) ||
    holidays.some(({ date }) => date === day)
  )
}

export function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
