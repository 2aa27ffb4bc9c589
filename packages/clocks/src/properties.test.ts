import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered } from '../test/answers.ts'
import { calendarData, clock, rule, start } from '../test/arbitraries.ts'
import { dayByDay, shift } from '../test/day-by-day.ts'
import {
  type CalendarData,
  clockStates,
  dayNumber,
  deadline,
  deadlines,
  elapsed,
  explain,
  isoDay,
  isRefused,
  latestStart,
  moved,
  parseCalendar,
  type Rule,
  remaining,
  type Stop,
  type StopColumns,
  stillStopped,
} from './index.ts'

const calendarOf = (data: CalendarData) => answered(parseCalendar(data))
const number = (day: string): number => dayNumber(day) ?? Number.NaN

describe('a deadline', () => {
  it('is the one that walking day by day finds', () => {
    const seen = { due: 0, stopped: 0, beyond: 0 }
    fc.assert(
      fc.property(clock, ({ rule, start, stops, calendar }) => {
        const opinion = dayByDay(rule, start, stops, calendar)
        const answer = deadline(rule, start, stops, calendarOf(calendar))
        seen[opinion.kind] += 1
        if (opinion.kind === 'beyond') expect(answer).toMatchObject({ code: 'beyond-calendar' })
        else expect(answer).toMatchObject(opinion)
      }),
      { numRuns: 3000 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100)
  })

  it('is never brought forward by one more holiday, where working days are counted', () => {
    fc.assert(
      fc.property(clock, start, ({ rule, start, stops, calendar }, date) => {
        const working: Rule = { ...rule, unit: 'working-day' }
        const before = deadline(working, start, stops, calendarOf(calendar))
        const after = deadline(working, start, stops, calendarOf(withHoliday(calendar, date)))
        if (before.kind !== 'due' || after.kind !== 'due') return
        expect(after.due >= before.due).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('is never brought forward by one more holiday under a roll to the following day', () => {
    fc.assert(
      fc.property(clock, start, ({ rule, start, stops, calendar }, date) => {
        const following: Rule = { ...rule, roll: 'following' }
        const before = deadline(following, start, stops, calendarOf(calendar))
        const after = deadline(following, start, stops, calendarOf(withHoliday(calendar, date)))
        // A start that moves on to another month may have a shorter month before it, never an earlier end.
        if (before.kind !== 'due' || after.kind !== 'due') return
        expect(after.due >= before.due).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('is never earlier for a later start, nor before its start', () => {
    fc.assert(
      fc.property(rule, start, calendarData, (rule, start, data) => {
        const calendar = calendarOf(data)
        const first = deadline(rule, start, [], calendar)
        const second = deadline(rule, shift(start, 1), [], calendar)
        if (first.kind === 'due') expect(first.due >= start).toBe(true)
        if (first.kind !== 'due' || second.kind !== 'due') return
        expect(second.due >= first.due).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('lies on a working day where the rule counts or rolls to them', () => {
    fc.assert(
      fc.property(clock, ({ rule, start, stops, calendar }) => {
        const answer = deadline(rule, start, stops, calendarOf(calendar))
        if (answer.kind !== 'due' || (rule.unit !== 'working-day' && rule.roll === 'none')) return
        expect(calendarOf(calendar).workingDays.includes(number(answer.due))).toBe(true)
      }),
    )
  })
})

describe('the other ways round', () => {
  it('what ends on the last counted day took all days of the rule, a day later one more', () => {
    fc.assert(
      fc.property(clock, ({ rule, start, stops, calendar: data }) => {
        const calendar = calendarOf(data)
        const answer = deadline(rule, start, stops, calendar)
        if (answer.kind !== 'due' || answer.counted < start) return
        const taken = elapsed(rule, start, stops, calendar, answer.counted)
        expect(taken).toMatchObject({ kind: 'elapsed', days: answer.days })
        const before = elapsed(rule, start, stops, calendar, shift(answer.counted, -1))
        if (!isRefused(before)) expect(before.days).toBe(answer.days - 1)
      }),
      { numRuns: 1000 },
    )
  })

  it('days taken and days left add up to the rule', () => {
    fc.assert(
      fc.property(clock, fc.nat(60), ({ rule, start, stops, calendar: data }, days) => {
        const calendar = calendarOf(data)
        const today = shift(start, days)
        const answer = deadline(rule, start, stops, calendar)
        if (answer.kind !== 'due' || answer.due !== answer.counted) return
        if (start < data.from || today > answer.due) return
        const taken = answered(elapsed(rule, start, stops, calendar, today))
        const left = answered(remaining(rule, start, stops, calendar, today))
        expect(left).toEqual({ kind: 'running', due: answer.due, left: answer.days - taken.days })
        expect(taken.inTime).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('the latest start is in time, and the next day is not', () => {
    fc.assert(
      fc.property(rule, start, calendarData, (rule, due, data) => {
        const calendar = calendarOf(data)
        const latest = latestStart(rule, due, calendar)
        if (isRefused(latest)) return
        expect(answered(deadline(rule, latest.start, [], calendar))).toMatchObject({ kind: 'due' })
        const later = deadline(rule, shift(latest.start, 1), [], calendar)
        const there = deadline(rule, latest.start, [], calendar)
        expect(there.kind === 'due' && there.due <= due).toBe(true)
        expect(later.kind === 'due' && later.due <= due).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('an explanation', () => {
  it('counts every day once, and ends with the deadline', () => {
    fc.assert(
      fc.property(clock, ({ rule, start, stops, calendar }) => {
        const answer = explain(rule, start, stops, calendarOf(calendar))
        if (isRefused(answer)) return
        const { lines, outcome } = answer
        expect(lines.map(({ day }) => day)).toEqual(lines.map((_, i) => shift(start, i)))
        const numbers = lines.flatMap(({ number }) => (number === null ? [] : [number]))
        expect(numbers).toEqual(numbers.map((_, i) => i + 1))
        const due = lines.filter((line) => line.due).map(({ day }) => day)
        if (outcome.kind === 'stopped') expect(due).toEqual([])
        else {
          expect(due).toEqual(outcome.due < start ? [] : [outcome.due])
          expect(numbers.length).toBe(outcome.days)
        }
        if (outcome.kind === 'stopped') {
          expect(lines.at(-1)?.status).toBe('stopped')
          const before = lines.slice(0, -1).filter(({ day }) => day >= outcome.since)
          expect(before.some(({ status }) => status === 'counts')).toBe(false)
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a new version of a calendar', () => {
  it('moves exactly the deadlines that differ, each with a day that makes the difference', () => {
    const dates = fc.uniqueArray(start, { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(clock, { maxLength: 8 }), calendarData, dates, (clocks, data, more) => {
        const older = calendarOf(data)
        const added = more.reduce((sofar, date) => withHoliday(sofar, date), data)
        const newer = calendarOf({ ...added, knownSince: '2024-06-01' })
        const open = clocks.map((clock, i) => ({ ...clock, id: String(i) }))
        const answer = answered(moved(open, older, newer))
        const { unmoved, passed, stopped, refused } = answer
        expect(answer.moved.length + unmoved + passed + stopped + refused.length).toBe(open.length)
        for (const move of answer.moved) {
          const { rule, start, stops } = open[Number(move.id)] ?? expect.fail('a clock of no one')
          expect(deadline(rule, start, stops, older)).toMatchObject({ due: move.from })
          expect(deadline(rule, start, stops, newer)).toMatchObject({ due: move.to })
          expect(move.because.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('deadlines in bulk', () => {
  it('are those of one by one', () => {
    fc.assert(
      fc.property(fc.array(clock, { maxLength: 6 }), rule, calendarData, (clocks, rule, data) => {
        const calendar = calendarOf(data)
        const starts = Int32Array.from(clocks, ({ start }) => number(start))
        const answer = answered(
          deadlines(
            rule,
            starts,
            calendar,
            columnsOf(
              rule,
              clocks.map(({ stops }) => stops),
            ),
          ),
        )
        for (const [i, { start, stops }] of clocks.entries()) {
          const one = deadline(rule, start, stops, calendar)
          expect(answer.states[i]).toBe(clockStates[one.kind])
          if (one.kind === 'due') expect(isoDay(answer.due[i] ?? 0)).toBe(one.due)
        }
      }),
      { numRuns: 500 },
    )
  })
})

function columnsOf(rule: Rule, stops: readonly (readonly Stop[])[]): StopColumns {
  const all = stops.flat()
  let end = 0
  return {
    offsets: Int32Array.from([0, ...stops.map((own) => (end += own.length))]),
    from: Int32Array.from(all, ({ from }) => number(from)),
    to: Int32Array.from(all, ({ to }) => (to === undefined ? stillStopped : number(to))),
    reasons: Uint8Array.from(all, (stop) =>
      rule.stops.findIndex(({ reason }) => reason === stop.reason),
    ),
  }
}

function withHoliday(data: CalendarData, date: string): CalendarData {
  const known = date < data.from || data.holidays.some((holiday) => holiday.date === date)
  return known ? data : { ...data, holidays: [...data.holidays, { date, title: 'One more' }] }
}
