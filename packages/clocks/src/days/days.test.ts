import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { dayNumber, isoDay, weekdayOf } from './day.ts'
import { dayOfInstant } from './instant.ts'
import { addMonths, type MonthEnd } from './month.ts'

const utc = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000
const anyDay = fc.integer({ min: utc('0100-01-01'), max: utc('9999-12-31') })

describe('days', () => {
  it('are what Date says in UTC', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = new Date(day * 86_400_000)
        expect(isoDay(day)).toBe(date.toISOString().slice(0, 10))
        expect(dayNumber(isoDay(day))).toBe(day)
        expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    '2023-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '2024-01-01T00:00',
    ' 2024-01-01',
    '２０２４-01-01',
    '',
    '__proto__',
  ])('refuse %j', (text) => {
    expect(dayNumber(text)).toBeUndefined()
  })
})

describe('months later', () => {
  const later = (day: string, months: number, monthEnd: MonthEnd = 'same-date'): string =>
    isoDay(addMonths(dayNumber(day) ?? Number.NaN, months, monthEnd))

  it('keep the date, or take the last day where there is none', () => {
    expect(later('2023-09-30', 1)).toBe('2023-10-30')
    expect(later('2023-01-31', 1)).toBe('2023-02-28')
    expect(later('2024-01-31', 1)).toBe('2024-02-29')
    expect(later('2023-12-31', 2)).toBe('2024-02-29')
    expect(later('2024-02-29', 12)).toBe('2025-02-28')
    expect(later('2023-11-15', 1)).toBe('2023-12-15')
  })

  it('go from last day to last day where the rule says so', () => {
    expect(later('2023-09-30', 1, 'last-day')).toBe('2023-10-31')
    expect(later('2023-02-28', 1, 'last-day')).toBe('2023-03-31')
    expect(later('2024-02-28', 1, 'last-day')).toBe('2024-03-28')
  })

  it('never go back when the start goes on', () => {
    const months = fc.integer({ min: 1, max: 400 })
    const ends = fc.constantFrom<MonthEnd>('same-date', 'last-day')
    fc.assert(
      fc.property(anyDay, months, ends, (day, amount, end) => {
        expect(addMonths(day + 1, amount, end)).toBeGreaterThanOrEqual(addMonths(day, amount, end))
      }),
    )
  })
})

describe('the day of an instant', () => {
  const zones = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/London']

  it.each(zones)('is the day where the service is, on a server in %s', (serverZone) => {
    vi.stubEnv('TZ', serverZone)
    const day = (instant: string, zone?: string) => dayOfInstant(new Date(instant), zone)
    // The clocks go on at 01:00 UTC on 31 March 2024 and back at 01:00 UTC on 27 October.
    expect(day('2024-03-30T23:59:59Z')).toBe('2024-03-30')
    expect(day('2024-03-31T00:00:00Z')).toBe('2024-03-31')
    expect(day('2024-03-31T22:59:59Z')).toBe('2024-03-31')
    expect(day('2024-03-31T23:00:00Z')).toBe('2024-04-01')
    expect(day('2024-10-26T22:59:59Z')).toBe('2024-10-26')
    expect(day('2024-10-26T23:00:00Z')).toBe('2024-10-27')
    expect(day('2024-10-27T23:59:59Z')).toBe('2024-10-27')
    expect(day('2024-10-28T00:00:00Z')).toBe('2024-10-28')
    expect(day('2024-06-30T23:30:00Z', 'America/New_York')).toBe('2024-06-30')
    vi.unstubAllEnvs()
  })

  it('is refused for what is no instant, and for a zone that nobody knows', () => {
    expect(dayOfInstant(new Date('yesterday'))).toMatchObject({ code: 'not-a-day' })
    expect(dayOfInstant(new Date(0), 'Europe/Plumbline')).toMatchObject({
      code: 'unknown-time-zone',
      sentence: 'No time zone is called Europe/Plumbline; write Europe/London.',
    })
  })
})
