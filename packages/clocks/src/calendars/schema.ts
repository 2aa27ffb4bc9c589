import { z } from 'zod'
import { dayNumber } from '../days/day.ts'
import { codeSchema, isoDaySchema } from '../days/schema.ts'

/** The days of the week in a calendar's data, Monday first. */
export const weekdayCodes = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

/**
 * One version of a calendar as data: which days are closed from a first to a last day, and since when that is
 * known. A holiday announced later makes a new version; the old one stays, so that every deadline can be
 * worked out as it stood.
 */
export const calendarSchema = z
  .strictObject({
    /** The same for all versions, such as `england-and-wales`. */
    name: codeSchema,
    /** For people, such as "England and Wales". */
    title: z.string().min(1).max(200),
    /** The day on which this version became known. */
    knownSince: isoDaySchema,
    /** The first and the last day that the calendar knows of. */
    from: isoDaySchema,
    to: isoDaySchema,
    weekend: z.array(z.enum(weekdayCodes)).default(['saturday', 'sunday']),
    holidays: z.array(z.strictObject({ date: isoDaySchema, title: z.string().min(1).max(300) })),
  })
  .superRefine(({ from, to, weekend, holidays }, context) => {
    const complain = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message })
    const days = (dayNumber(to) ?? 0) - (dayNumber(from) ?? 0)
    if (days < 0) complain('to', 'lies before from')
    if (days > 150_000) complain('to', 'lies more than 400 years after from')
    if (new Set(weekend).size > 6) complain('weekend', 'leaves no day to work on')
    const seen = new Set<string>()
    for (const { date } of holidays) {
      if (date < from || date > to) complain('holidays', `${date} lies outside from and to`)
      if (seen.has(date)) complain('holidays', `${date} is there twice; give it once`)
      seen.add(date)
    }
  })

/** A calendar as it is written. */
export type CalendarData = z.input<typeof calendarSchema>
