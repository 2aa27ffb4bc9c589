import fc from 'fast-check'
import { type CalendarData, parseRule, type Rule, type Stop } from '../src/index.ts'
import { answered } from './answers.ts'
import { shift } from './day-by-day.ts'

const dayIn = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: 0, max: (Date.parse(to) - Date.parse(from)) / 86_400_000 })
    .map((days) => shift(from, days))

/** Two years with random holidays and weekends, so that clocks come to their end often. */
export const calendarData: fc.Arbitrary<CalendarData> = fc.record({
  name: fc.constant('town'),
  title: fc.constant('Town'),
  knownSince: fc.constant('2024-01-01'),
  from: fc.constant('2024-01-01'),
  to: fc.constant('2025-12-31'),
  weekend: fc
    .constantFrom(['saturday', 'sunday'] as const, ['friday'] as const, [] as const)
    .map((w) => [...w]),
  holidays: fc
    .uniqueArray(dayIn('2024-01-01', '2025-12-31'), { maxLength: 60 })
    .map((days) => days.sort().map((date) => ({ date, title: `Holiday of ${date}` }))),
})

const stopDay = fc.constantFrom('stopped', 'counts')

/** Rules of every kind; `stops` allows the reasons a and b. */
export const rule: fc.Arbitrary<Rule> = fc
  .record({
    dayCounts: fc.boolean(),
    closedDay: fc.constantFrom('stays', 'next-working-day'),
    amount: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom('working-day', 'calendar-day', 'week', 'month'),
    monthEnd: fc.constantFrom('same-date', 'last-day'),
    roll: fc.constantFrom('none', 'following', 'preceding', 'modified-following'),
    firstDay: stopDay,
    lastDay: stopDay,
  })
  .map(({ dayCounts, closedDay, amount, unit, monthEnd, roll, firstDay, lastDay }) =>
    answered(
      parseRule({
        name: 'rule',
        title: 'Rule',
        start: { event: 'it begins', dayCounts, closedDay },
        amount:
          unit === 'month'
            ? Math.ceil(amount / 8)
            : unit === 'week'
              ? Math.ceil(amount / 4)
              : amount,
        unit,
        monthEnd,
        calendar: 'town',
        roll,
        stops: [
          { reason: 'a', title: 'reason a', firstDay, lastDay },
          { reason: 'b', title: 'reason b' },
        ],
      }),
    ),
  )

/** A start, mostly within the calendar. */
export const start = dayIn('2023-12-15', '2025-12-31')

/** Stops after a start that do not overlap; the last may be open. */
export const stopsAfter = (from: string): fc.Arbitrary<Stop[]> =>
  fc
    .record({
      gaps: fc.array(
        fc.record({
          before: fc.integer({ min: 0, max: 30 }),
          length: fc.integer({ min: 0, max: 20 }),
          reason: fc.constantFrom('a', 'b'),
        }),
        { maxLength: 4 },
      ),
      open: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
    })
    .map(({ gaps, open }) => {
      const stops: Stop[] = []
      let day = from
      for (const [index, { before, length, reason }] of gaps.entries()) {
        const first = shift(day, before)
        day = shift(first, length)
        const ends = !(open && index === gaps.length - 1)
        stops.push(ends ? { from: first, to: day, reason } : { from: first, reason })
      }
      return stops
    })

/** A clock with a calendar to count by. */
export const clock = fc
  .record({ rule, start, calendar: calendarData })
  .chain((fixed) => stopsAfter(fixed.start).map((stops) => ({ ...fixed, stops })))
