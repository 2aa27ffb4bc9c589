import type { Calendar } from '../calendars/calendar.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Rule } from '../rules/rule.ts'
import { otherCalendar } from './clock.ts'
import { beyond, dueDay, openEnd, type Standstill, standing } from './count.ts'
import { faultOf, standstillOf } from './stops.ts'

/** The last day of a stop in {@link StopColumns} that has not ended. */
export const stillStopped = openEnd

/** The stops of many clocks, by column, those of one clock side by side and in order. */
export interface StopColumns {
  /** Clock i has the stops from `offsets[i]` to before `offsets[i + 1]`; one entry more than clocks. */
  readonly offsets: Int32Array
  /** The days of stopping and of running again ({@link stillStopped} where it has not), as numbers of days. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** The place of the reason in the rule's list. */
  readonly reasons: Uint8Array
}

/** What became of each clock in {@link Deadlines}. */
export const clockStates = { due: 0, stopped: 1, refused: 2 } as const

/** Deadlines by column: entry i belongs to clock i. */
export interface Deadlines {
  readonly kind: 'deadlines'
  /** The day of the deadline, as days since 1970; -2147483648 where there is none. */
  readonly due: Int32Array
  /** One of {@link clockStates}. For why a clock is refused, ask `deadline` of it alone. */
  readonly states: Uint8Array
  readonly stopped: number
  readonly refused: number
}

/**
 * The deadlines of many clocks of one rule, a million in a fraction of a second. The same as {@link deadline}
 * gives one by one.
 * @param starts the days of what starts the clocks, as days since 1970; see {@link dayNumber}.
 * @param stops left out where no clock has any.
 * @example deadlines(
 *   parseRule({ name: 'reply', title: 'Reply', start: { event: 'it is told' }, amount: 5,
 *     unit: 'working-day', calendar: 'x' }),
 *   Int32Array.of(dayNumber('2024-05-02'), dayNumber('2024-05-03')),
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [{ date: '2024-05-06', title: 'Early May' }] }),
 * ).due // [19853, 19856]
 */
export function deadlines(
  rule: Rule,
  starts: Int32Array,
  calendar: Calendar,
  stops?: StopColumns,
): Deadlines | Refusal {
  if (rule.calendar !== calendar.name) return otherCalendar(rule, calendar)
  const unlike = stops && unlikeColumns(stops, starts.length)
  if (unlike) return refuse('unlike-columns', unlike)
  const due = new Int32Array(starts.length).fill(beyond)
  const states = new Uint8Array(starts.length).fill(clockStates.refused)
  let [stopped, refused] = [0, 0]
  for (let clock = 0; clock < starts.length; clock++) {
    const start = starts[clock] ?? 0
    const standstills = stops ? standstillsOf(rule, start, stops, clock) : none
    const day = standstills ? dueDay(rule, calendar, start, standstills) : beyond
    if (day === beyond) refused += 1
    else if (day === standing) {
      stopped += 1
      states[clock] = clockStates.stopped
    } else {
      due[clock] = day
      states[clock] = clockStates.due
    }
  }
  return { kind: 'deadlines', due, states, stopped, refused }
}

const none: readonly Standstill[] = []

/** The standstills of one clock, or undefined where one of its stops is at fault. */
function standstillsOf(
  rule: Rule,
  start: number,
  { offsets, from, to, reasons }: StopColumns,
  clock: number,
): readonly Standstill[] | undefined {
  const end = offsets[clock + 1] ?? 0
  if (offsets[clock] === end) return none
  const standstills: Standstill[] = []
  let earlierEnd = start
  for (let stop = offsets[clock] ?? 0; stop < end; stop++) {
    const [first, last] = [from[stop] ?? 0, to[stop] ?? 0]
    const reason = rule.stops[reasons[stop] ?? 0]
    if (!reason || faultOf(start, earlierEnd, first, last)) return undefined
    standstills.push(standstillOf(reason, first, last))
    earlierEnd = last
  }
  return standstills
}

function unlikeColumns(
  { offsets, from, to, reasons }: StopColumns,
  clocks: number,
): string | undefined {
  if (offsets.length !== clocks + 1) {
    return `offsets has ${offsets.length} entries; ${clocks} clocks need ${clocks + 1}.`
  }
  if (to.length !== from.length || reasons.length !== from.length) {
    return 'from, to and reasons differ in length; give each stop an entry in all three.'
  }
  if (offsets[0] !== 0 || offsets.at(-1) !== from.length || offsets.some(descends)) {
    return `offsets must rise from 0 to the number of stops, ${from.length}.`
  }
  return undefined
}

const descends = (value: number, index: number, offsets: Int32Array): boolean =>
  value < (offsets[index - 1] ?? 0)
