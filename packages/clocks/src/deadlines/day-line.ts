/**
 * What a day is to a clock. `event`: what starts the clock happens on a closed day, so that the clock starts
 * later. `start`: it starts, and the day does not count. `rolled`: after the last counted day, on the way to
 * the deadline.
 */
export type DayStatus = 'event' | 'start' | 'counts' | 'weekend' | 'holiday' | 'stopped' | 'rolled'

/** One day of an explanation. */
export interface DayLine {
  readonly day: string
  readonly weekday: string
  readonly status: DayStatus
  /** Which of the counted days it is, from 1; null where it does not count. */
  readonly number: number | null
  /** The holiday, or why the clock stands still; null for others. */
  readonly title: string | null
  /** Whether the deadline is the end of this day. */
  readonly due: boolean
  /** All of it as a sentence in English. */
  readonly words: string
}
