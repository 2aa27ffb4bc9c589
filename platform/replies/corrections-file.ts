import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bankHolidayCalendar, calendarSchema, isoDay, isRefused } from '@plumbline/clocks'
import { z } from 'zod'
import { type CorrectionClock, clockOf, dueOf } from './deadline.ts'

/** The file of a catalogue that says by when requests for a correction are answered. */
export const correctionsFile = 'corrections.json'

const workingDays = z.int().min(1).max(250)

const fileSchema = z.union([
  z.strictObject({ workingDays, calendar: calendarSchema }),
  z.strictObject({
    workingDays,
    /** GOV.UK's own file, beside this one, and whose holidays in it count. */
    bankHolidays: z.string().regex(/^[\w.-]+$/),
    divisions: z.array(z.string()).min(1),
    knownSince: z.iso.date(),
  }),
])

/** The clock that the file says, or what is wrong with it as a sentence. */
export function readCorrections(path: string): CorrectionClock | string {
  try {
    const file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    if ('calendar' in file) return checked(clockOf(file.workingDays, file.calendar))
    const feed: unknown = JSON.parse(readFileSync(join(dirname(path), file.bankHolidays), 'utf8'))
    const { divisions, knownSince } = file
    const calendar = bankHolidayCalendar(feed, {
      name: 'bank-holidays',
      title: divisions.join(', '),
      knownSince,
      divisions,
    })
    if (isRefused(calendar)) return calendar.sentence
    return checked(
      clockOf(file.workingDays, {
        ...{ name: calendar.name, title: calendar.title, knownSince },
        ...{ from: isoDay(calendar.first), to: isoDay(calendar.last) },
        holidays: [...calendar.holidays].map(([day, title]) => ({ date: isoDay(day), title })),
      }),
    )
  } catch (error) {
    return (error as Error).message
  }
}

/** A calendar that ends too soon would refuse everybody who asks. */
function checked(clock: CorrectionClock): CorrectionClock {
  dueOf(clock, new Date().toISOString().slice(0, 10))
  return clock
}
