import type { Calendar } from '../calendars/calendar.ts'
import { type CalendarChange, calendarChanges } from '../calendars/versions.ts'
import { dayNumber } from '../days/day.ts'
import { dayWords, fullDayWords, listWords, plural } from '../days/words.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Rule } from '../rules/rule.ts'
import { type Deadline, deadline } from './deadline.ts'
import type { Stop } from './stops.ts'

/** A clock that nothing has ended yet. */
export interface OpenClock {
  readonly id: string
  readonly rule: Rule
  readonly start: string
  readonly stops?: readonly Stop[]
}

/** A deadline that a new version of the calendar moves. */
export interface MovedDeadline {
  readonly id: string
  /** Null where the older calendar did not reach so far. */
  readonly from: string | null
  readonly to: string
  /** The days that make the difference; none where `from` is null. */
  readonly because: readonly CalendarChange[]
  readonly sentence: string
}

/** What a new version of a calendar does to open clocks. Each is in one of the lists or counts. */
export interface Moves {
  readonly kind: 'moves'
  readonly moved: readonly MovedDeadline[]
  readonly unmoved: number
  /** Deadlines that had passed when the new version became known: they stay, since nobody could know. */
  readonly passed: number
  /** Clocks that stand still: they have no deadline to move. */
  readonly stopped: number
  readonly refused: readonly { readonly id: string; readonly refusal: Refusal }[]
  /** The days that the new version closes or opens. */
  readonly changes: readonly CalendarChange[]
  /** The whole in a sentence or two. */
  readonly sentence: string
}

/**
 * Which open deadlines a new version of a calendar moves, from when to when, and why: what to do when a bank
 * holiday is announced late.
 * @param open clocks that count by this calendar.
 * @param older the version that they counted by so far.
 * @param newer the version that is known now; its `knownSince` says which deadlines had passed.
 * @example moved([],
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [] }),
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-05-02', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [{ date: '2024-05-06', title: 'Early May' }] }),
 * ).sentence // 'Since 2 May 2024, Monday 6 May 2024 is closed (Early May). 0 of 0 open deadlines move.'
 */
export function moved(
  open: readonly OpenClock[],
  older: Calendar,
  newer: Calendar,
): Moves | Refusal {
  if (older.name !== newer.name) {
    const sentence = `${newer.name} is no version of ${older.name}; compare versions of one calendar.`
    return refuse('wrong-calendar', sentence)
  }
  const changes = calendarChanges(older, newer)
  const moves: MovedDeadline[] = []
  const refused: { id: string; refusal: Refusal }[] = []
  let [unmoved, passed, stopped] = [0, 0, 0]
  for (const clock of open) {
    const { id, rule, start, stops = [] } = clock
    const before = deadline(rule, start, stops, older)
    const after = deadline(rule, start, stops, newer)
    if (before.kind === 'due' && before.due < newer.knownSince) passed += 1
    else if (after.kind === 'refused') refused.push({ id, refusal: after })
    else if (after.kind === 'stopped') stopped += 1
    else if (before.kind === 'due' && before.due === after.due) unmoved += 1
    else moves.push(moveOf(clock, before.kind === 'due' ? before : undefined, after, changes))
  }
  return {
    kind: 'moves',
    moved: moves,
    unmoved,
    passed,
    stopped,
    refused,
    changes,
    sentence: `${changed(changes, newer)} ${moves.length} of ${plural(open.length, 'open deadline')} ${moves.length === 1 ? 'moves' : 'move'}.`,
  }
}

function moveOf(
  { id, rule, start }: OpenClock,
  before: Deadline | undefined,
  after: Deadline,
  changes: readonly CalendarChange[],
): MovedDeadline {
  if (!before) {
    const sentence = `${rule.title}: the deadline is ${full(after.due)}. The calendar did not reach so far before.`
    return { id, from: null, to: after.due, because: [], sentence }
  }
  const days = [before.due, before.counted, after.due, after.counted].sort()
  // Where all days count, a closed day matters only between the last counted day and the deadline.
  const first = rule.unit === 'working-day' || rule.start.closedDay !== 'stays' ? start : days[0]
  const because = changes.filter(
    ({ day }) => day >= (first ?? start) && day <= (days.at(-1) ?? after.due),
  )
  const reasons = listWords(because.map(({ day, change, title }) => reason(day, change, title)))
  const sentence = `${rule.title}: the deadline moves from ${full(before.due)} to ${full(after.due)}, because ${reasons}.`
  return { id, from: before.due, to: after.due, because, sentence }
}

const reason = (day: string, change: CalendarChange['change'], title: string): string =>
  change === 'closed'
    ? `${full(day)} is closed (${title})`
    : `${full(day)} is a working day after all (it was closed: ${title})`

function changed(changes: readonly CalendarChange[], { knownSince }: Calendar): string {
  const since = `Since ${dayWords(dayNumber(knownSince) ?? 0)}`
  if (changes.length === 0) return `${since}, no day is closed or opened.`
  const days = changes.map(({ day, change, title }) => reason(day, change, title))
  return `${since}, ${listWords(days)}.`
}

const full = (day: string): string => fullDayWords(dayNumber(day) ?? 0)
