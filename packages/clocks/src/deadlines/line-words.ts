import { closedBecause } from '../calendars/calendar.ts'
import type { Day } from '../days/day.ts'
import { fullDayWords } from '../days/words.ts'
import type { Clock } from './clock.ts'
import type { DayLine } from './day-line.ts'

/** Where a day stands in the count. */
export interface Place {
  readonly day: Day
  /** Undefined while the clock stands still. */
  readonly due: Day | undefined
  readonly counted: Day | undefined
  /** How many days are counted in all. */
  readonly days: number
}

/** A day of an explanation as a sentence or two. */
export function lineWords(clock: Clock, line: Omit<DayLine, 'words'>, place: Place): string {
  const event = place.day === clock.event ? ` ${firstUpper(clock.rule.start.event)}.` : ''
  return `${fullDayWords(place.day)}:${event} ${said(clock, line, place)}${dueWords(clock, line, place)}`
}

function said(clock: Clock, line: Omit<DayLine, 'words'>, { days }: Place): string {
  switch (line.status) {
    case 'event':
      return `This is a closed day (${line.title}), so the clock starts on ${fullDayWords(clock.start)}.`
    case 'start':
      return clock.start === clock.event
        ? 'The day itself does not count.'
        : 'The clock starts. The day itself does not count.'
    case 'counts':
      return `Day ${line.number} of ${days}.`
    case 'holiday':
      return `${line.title}. It does not count.`
    case 'weekend':
      return 'Weekend. It does not count.'
    case 'stopped':
      return `The clock stands still: ${line.title}.`
    case 'rolled':
      return line.title === null ? 'The next working day.' : `Closed (${line.title}).`
  }
}

function dueWords({ calendar }: Clock, line: Omit<DayLine, 'words'>, place: Place): string {
  const { day, due, counted } = place
  if (due === undefined || counted === undefined) return ''
  if (line.due && day < counted) {
    return ' The last day is closed, so the deadline moves back to the end of this one.'
  }
  if (line.due) return ' The deadline is the end of this day.'
  if (day !== counted) return ''
  const direction = due > day ? 'moves on' : 'moves back'
  return ` This day is closed (${closedBecause(calendar, day)}), so the deadline ${direction} to ${fullDayWords(due)}.`
}

export const firstUpper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
