import { describe, expect, it } from 'vitest'
import { answered, calendarOf } from '../../test/answers.ts'
import {
  bankHolidayCalendar,
  type CalendarData,
  calendarChanges,
  calendarOn,
  dayNumber,
  isoDay,
  parseCalendar,
} from '../index.ts'

const may: CalendarData = {
  name: 'town',
  title: 'Town',
  knownSince: '2024-01-01',
  from: '2024-05-01',
  to: '2024-05-31',
  holidays: [{ date: '2024-05-06', title: 'Early May' }],
}

describe('a calendar', () => {
  it('knows its working days, and how many lie before each day', () => {
    const { workingDays, workingBefore } = answered(parseCalendar(may))
    expect(Array.from(workingDays.slice(0, 4), isoDay)).toEqual([
      '2024-05-01',
      '2024-05-02',
      '2024-05-03',
      '2024-05-07',
    ])
    expect(workingDays.length).toBe(22)
    expect(Array.from(workingBefore.slice(0, 8))).toEqual([0, 1, 2, 3, 3, 3, 3, 4])
    expect(workingBefore.length).toBe(32)
  })

  it('may have a weekend of its own, or none', () => {
    const days = (weekend: CalendarData['weekend']) =>
      answered(parseCalendar({ ...may, holidays: [], weekend })).workingDays.length
    expect(days(['friday'])).toBe(26)
    expect(days([])).toBe(31)
  })

  it.each([
    ['a day that is none', { from: '2024-02-30' }, 'from: is no day; write it as 2024-05-06.'],
    ['an end before its begin', { to: '2024-04-30', holidays: [] }, 'to: lies before from.'],
    [
      'a holiday out of reach',
      { holidays: [{ date: '2024-06-01', title: 'Late' }] },
      'holidays: 2024-06-01 lies outside from and to.',
    ],
    [
      'a holiday that is there twice',
      { holidays: [...may.holidays, ...may.holidays] },
      'holidays: 2024-05-06 is there twice; give it once.',
    ],
    [
      'no day to work on',
      { weekend: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] },
      'weekend: leaves no day to work on.',
    ],
    ['an endless span', { from: '0001-01-01' }, 'to: lies more than 400 years after from.'],
    ['no code', { name: 'Town Hall' }, 'name: is no code; use small letters, digits and hyphens.'],
  ])('is refused with %s', (_, fault, sentence) => {
    const answer = parseCalendar({ ...may, ...fault })
    expect(answer).toEqual({ kind: 'refused', code: 'invalid-calendar', sentence })
  })
})

describe('versions', () => {
  const first = calendarOf({}, { knownSince: '2020-01-01' })
  const second = calendarOf({ '2024-05-06': 'Early May' }, { knownSince: '2022-01-01' })

  it('are told apart by the day on which they became known', () => {
    const known = (day: string) => answered(calendarOn([second, first], day)).knownSince
    expect(known('2021-12-31')).toBe('2020-01-01')
    expect(known('2022-01-01')).toBe('2022-01-01')
    expect(known('2030-01-01')).toBe('2022-01-01')
    expect(calendarOn([second, first], '2019-12-31')).toMatchObject({ code: 'no-version' })
  })

  it('of two that became known on one day, the later in the list stands', () => {
    const third = calendarOf({}, { knownSince: '2022-01-01' })
    expect(calendarOn([first, second, third], '2023-01-01')).toBe(third)
    expect(calendarOn([first, third, second], '2023-01-01')).toBe(second)
  })

  it('of another calendar are refused', () => {
    const other = calendarOf({}, { name: 'village' })
    expect(calendarOn([first, other], '2024-01-01')).toMatchObject({ code: 'wrong-calendar' })
  })

  it('differ by the days that were closed or opened', () => {
    // The early May bank holiday of 2020 was moved from the 4th to the 8th.
    const older = calendarOf({ '2020-05-04': 'Early May', '2020-05-09': 'On a Saturday' })
    const newer = calendarOf({ '2020-05-08': 'Early May (VE day)' })
    expect(calendarChanges(older, newer)).toEqual([
      { day: '2020-05-04', change: 'opened', title: 'Early May' },
      { day: '2020-05-08', change: 'closed', title: 'Early May (VE day)' },
    ])
  })
})

describe('GOV.UK’s file', () => {
  const event = (date: string, title: string) => ({ date, title, notes: '', bunting: true })
  const feed = {
    'england-and-wales': {
      division: 'england-and-wales',
      events: [event('2023-12-25', 'Christmas Day'), event('2024-12-25', 'Christmas Day')],
    },
    'northern-ireland': {
      division: 'northern-ireland',
      events: [
        event('2022-12-26', 'Christmas Day'),
        event('2023-12-25', 'Christmas Day'),
        event('2024-03-18', 'St Patrick’s Day'),
        event('2024-12-25', 'Christmas Day'),
      ],
    },
  }
  const options = { name: 'uk', title: 'Any UK nation', knownSince: '2023-01-01' }

  it('becomes a calendar of the years that all nations asked for have', () => {
    const divisions = ['england-and-wales', 'northern-ireland']
    const calendar = answered(bankHolidayCalendar(feed, { ...options, divisions }))
    expect([isoDay(calendar.first), isoDay(calendar.last)]).toEqual(['2023-01-01', '2024-12-31'])
    expect(Array.from(calendar.holidays.values())).toEqual([
      'Christmas Day',
      'Christmas Day',
      'St Patrick’s Day (Northern Ireland)',
    ])
    expect(calendar.holidays.has(dayNumber('2024-03-18') ?? 0)).toBe(true)
  })

  it('is refused without the nation, or where it is another file', () => {
    expect(bankHolidayCalendar(feed, { ...options, divisions: ['cornwall'] })).toMatchObject({
      sentence: 'The file has no division cornwall; it has england-and-wales, northern-ireland.',
    })
    expect(bankHolidayCalendar([1], { ...options, divisions: [] })).toMatchObject({
      code: 'invalid-calendar',
    })
    expect(bankHolidayCalendar(feed, { ...options, divisions: [] })).toMatchObject({
      sentence: 'Name at least one division; the file has england-and-wales, northern-ireland.',
    })
  })
})
