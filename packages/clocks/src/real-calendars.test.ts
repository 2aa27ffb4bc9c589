import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answered, ruleOf } from '../test/answers.ts'
import {
  bankHolidayCalendar,
  type Calendar,
  calendarChanges,
  deadline,
  deadlines,
  isoDay,
  isRefused,
  moved,
  parseCalendar,
} from './index.ts'

const file = join(import.meta.dirname, '../../../../shared/data/calendars/bank-holidays.json')
const nations = ['england-and-wales', 'scotland', 'northern-ireland']

describe.skipIf(!existsSync(file))('the official bank holidays of the United Kingdom', () => {
  const feed: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const read = (divisions: readonly string[]): Calendar => {
    const options = { name: 'town', title: 'Town', knownSince: '2024-01-01', divisions }
    return answered(bankHolidayCalendar(feed, options))
  }
  const due = (calendar: Calendar, start: string, amount = 20): string => {
    const answer = deadline(ruleOf({ amount }), start, [], calendar)
    return answer.kind === 'due' ? answer.due : answer.kind
  }

  it('reach over whole years', () => {
    const calendar = read(nations)
    expect([isoDay(calendar.first), isoDay(calendar.last)]).toEqual(['2012-01-01', '2028-12-31'])
  })

  it('have the proclaimed days', () => {
    const england = read(['england-and-wales'])
    expect(due(england, '2022-09-16', 1)).toBe('2022-09-20')
    expect(due(england, '2023-05-05', 1)).toBe('2023-05-09')
    expect(due(england, '2020-05-01', 5)).toBe('2020-05-11')
  })

  it('give another twentieth working day in England and Wales than where any nation’s count', () => {
    const { first } = read(nations)
    const starts = Int32Array.from({ length: 365 * 16 }, (_, i) => first + i)
    const rule = ruleOf()
    const one = answered(deadlines(rule, starts, read(['england-and-wales'])))
    const any = answered(deadlines(rule, starts, read(nations)))
    const differ = one.due.filter((day, i) => day !== any.due[i]).length
    expect(one.refused + any.refused).toBe(0)
    // The data's own README says 38%.
    expect(Math.round((100 * differ) / starts.length)).toBe(38)
  })

  it('move open deadlines when the coronation is announced', () => {
    const newer = { ...read(['england-and-wales']), knownSince: '2022-11-13' }
    const older = answered(
      parseCalendar({
        name: 'town',
        title: 'Town',
        knownSince: '2022-09-10',
        from: '2012-01-01',
        to: '2028-12-31',
        holidays: [...newer.holidays]
          .map(([day, title]) => ({ date: isoDay(day), title }))
          .filter(({ date }) => date !== '2023-05-08'),
      }),
    )
    expect(calendarChanges(older, newer).map(({ day }) => day)).toEqual(['2023-05-08'])
    const rule = ruleOf({ title: 'Reply' })
    const starts = ['2022-10-01', '2023-04-04', '2023-04-06', '2023-05-05', '2023-05-09']
    const answer = moved(
      starts.map((start) => ({ id: start, rule, start })),
      older,
      newer,
    )
    if (isRefused(answer)) expect.fail(answer.sentence)
    expect(answer.moved.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['2023-04-06', '2023-05-09', '2023-05-10'],
      ['2023-05-05', '2023-06-05', '2023-06-06'],
    ])
    expect(answer).toMatchObject({ passed: 1, unmoved: 2 })
  })
})
