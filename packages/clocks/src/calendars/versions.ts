import { type Day, isoDay } from '../days/day.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type Calendar, closedBecause, isWorkingDay } from './calendar.ts'

/**
 * The version of a calendar that was known on a day: the newest that was not known later; of two that became
 * known on one day, the one that stands later in the list.
 * @param versions of one calendar, in any order.
 * @example calendarOn([], '2024-05-06').code // 'no-version'
 */
export function calendarOn(versions: readonly Calendar[], day: string): Calendar | Refusal {
  let newest: Calendar | undefined
  for (const version of versions) {
    if (newest && version.name !== newest.name) {
      return refuse(
        'wrong-calendar',
        `${version.name} is no version of ${newest.name}; ask for one.`,
      )
    }
    if (version.knownSince > day) continue
    if (!newest || version.knownSince >= newest.knownSince) newest = version
  }
  if (newest) return newest
  return refuse('no-version', `No version of the calendar was known on ${day}; load an older one.`)
}

/** A day that is closed in one version of a calendar and a working day in another. */
export interface CalendarChange {
  readonly day: string
  /** `closed`: a working day before, closed now. `opened`: the other way round. */
  readonly change: 'closed' | 'opened'
  /** The name of the holiday that came or went; the day of the week where it is a weekend's day. */
  readonly title: string
}

/**
 * What a newer version of a calendar changes, in order, over the days that both reach. A holiday that falls on
 * a weekend, or only has a new name, changes nothing.
 * @example calendarChanges(
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [] }),
 *   parseCalendar({ name: 'x', title: 'X', knownSince: '2024-05-02', from: '2024-05-01', to: '2024-05-31',
 *     holidays: [{ date: '2024-05-06', title: 'Early May' }] }),
 * ) // [{ day: '2024-05-06', change: 'closed', title: 'Early May' }]
 */
export function calendarChanges(older: Calendar, newer: Calendar): CalendarChange[] {
  const changes: CalendarChange[] = []
  const last = Math.min(older.last, newer.last)
  for (let day: Day = Math.max(older.first, newer.first); day <= last; day++) {
    const open = isWorkingDay(newer, day)
    if (open === isWorkingDay(older, day)) continue
    const title = closedBecause(open ? older : newer, day)
    changes.push({ day: isoDay(day), change: open ? 'opened' : 'closed', title })
  }
  return changes
}
