import { type Day, dayNumber } from '../days/day.ts'
import { fullDayWords } from '../days/words.ts'
import { type Refusal, type RefusalCode, refuse } from '../refusal.ts'
import type { Rule } from '../rules/rule.ts'
import { openEnd, type Standstill } from './count.ts'

/** A time for which a clock stands still, for a reason that its rule allows. */
export interface Stop {
  /** The day on which the clock stops, as 2024-05-06. */
  readonly from: string
  /** The day on which it runs again; left out while it stands still. */
  readonly to?: string
  /** The reason's code in the rule. */
  readonly reason: string
}

/** A stop that was checked: the days that do not count, and why. */
export interface CheckedStop extends Standstill {
  /** The reason, in words. */
  readonly title: string
  readonly reason: string
}

/** What is wrong with a stop of a clock that started before it, or undefined. */
export function faultOf(start: Day, earlierEnd: Day, from: Day, to: Day): RefusalCode | undefined {
  if (from < start) return 'stop-before-start'
  if (to < from) return 'stop-ends-before-it-begins'
  // Two may share a day: an answer comes and another question goes.
  return from < earlierEnd ? 'stops-overlap' : undefined
}

/** The days without those of stopping and restarting that the rule counts. */
export function standstillOf(reason: Rule['stops'][number], from: Day, to: Day): Standstill {
  return {
    from: reason.firstDay === 'counts' ? from + 1 : from,
    to: reason.lastDay === 'counts' && to !== openEnd ? to - 1 : to,
  }
}

/** Checks stops and puts them in order. */
export function checkStops(
  rule: Rule,
  start: Day,
  stops: readonly Stop[],
): CheckedStop[] | Refusal {
  const read: { reason: Rule['stops'][number]; from: Day; to: Day }[] = []
  for (const stop of stops) {
    const reason = rule.stops.find(({ reason }) => reason === stop.reason)
    const from = dayNumber(stop.from)
    const to = stop.to === undefined ? openEnd : dayNumber(stop.to)
    if (!reason) return notAllowed(rule, stop.reason)
    if (from === undefined) return noDay(stop.from)
    if (to === undefined) return noDay(stop.to ?? '')
    read.push({ reason, from, to })
  }
  read.sort((a, b) => a.from - b.from || a.to - b.to)
  let earlierEnd = start
  for (const { from, to } of read) {
    const fault = faultOf(start, earlierEnd, from, to)
    if (fault) return refuse(fault, sentenceOf(fault, start, earlierEnd, from, to))
    earlierEnd = to
  }
  return read.map(({ reason, from, to }) => ({
    ...standstillOf(reason, from, to),
    title: reason.title,
    reason: reason.reason,
  }))
}

export const noDay = (text: string): Refusal =>
  refuse('not-a-day', `${text} is no day; write it as 2024-05-06.`)

function notAllowed(rule: Rule, reason: string): Refusal {
  const allowed = rule.stops.map((stop) => stop.reason).join(', ')
  const instead = allowed === '' ? 'it allows none' : `it allows ${allowed}`
  return refuse('stop-not-allowed', `${rule.title} may not stop for ${reason}; ${instead}.`)
}

function sentenceOf(fault: RefusalCode, start: Day, earlierEnd: Day, from: Day, to: Day): string {
  if (fault === 'stop-before-start') {
    return `The clock cannot stop on ${fullDayWords(from)}: it starts on ${fullDayWords(start)}. Let the stop begin then or later.`
  }
  if (fault === 'stop-ends-before-it-begins') {
    return `A stop from ${fullDayWords(from)} cannot end on ${fullDayWords(to)}; change one of the days.`
  }
  const running =
    earlierEnd === openEnd
      ? 'an earlier stop has not ended; end it first'
      : `an earlier stop lasts until ${fullDayWords(earlierEnd)}; make them one`
  return `The clock cannot stop on ${fullDayWords(from)}: ${running}.`
}
