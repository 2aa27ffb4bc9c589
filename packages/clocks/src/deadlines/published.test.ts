import { describe, expect, it } from 'vitest'
import { answered, calendarOf, ruleOf } from '../../test/answers.ts'
import { deadline, elapsed, latestStart, type Rule, type Stop } from '../index.ts'

/** Cases that others published; each says where. Bank holidays are those of their years. */

const winter2008 = {
  '2008-12-25': 'Christmas Day',
  '2008-12-26': 'Boxing Day',
  '2009-01-01': 'New Year’s Day',
  '2009-01-02': '2nd January (Scotland)',
  '2009-03-17': 'St Patrick’s Day (Northern Ireland)',
  '2009-04-10': 'Good Friday',
  '2009-04-13': 'Easter Monday',
}

const due = (rule: Rule, start: string, holidays = {}, stops: readonly Stop[] = []): string => {
  const answer = answered(deadline(rule, start, stops, calendarOf(holidays)))
  return answer.kind === 'due' ? answer.due : `stopped since ${answer.since}`
}

describe('Freedom of Information Act 2000, section 10: the twentieth working day after receipt', () => {
  const foi = ruleOf({
    start: { event: 'the request is received' },
    stops: [{ reason: 'fees', title: 'waiting for the fee' }],
  })

  // mySociety, Alaveteli, spec/models/holiday_spec.rb (the software of WhatDoTheyKnow).
  it.each([
    ['2008-10-01', '2008-10-29'],
    ['2007-02-01', '2007-03-01'],
    ['2008-02-01', '2008-02-29'],
    ['2009-03-12', '2009-04-14'],
    ['2009-03-13', '2009-04-15'],
    ['2009-03-14', '2009-04-15'],
    ['2009-03-15', '2009-04-15'],
    ['2009-03-16', '2009-04-16'],
  ])('received on %s, due on %s', (start, expected) => {
    expect(due(foi, start, winter2008)).toBe(expected)
  })

  // Section 10(2): working days from that of the fees notice to that of the fee, both included, are disregarded.
  // The days are invented: 6 working days, Monday to Monday.
  it('is put off by the days from a fees notice to the fee', () => {
    const stops = [{ reason: 'fees', from: '2008-10-06', to: '2008-10-13' }]
    expect(due(foi, '2008-10-01', {}, stops)).toBe('2008-11-06')
  })

  // Newcastle-under-Lyme's page on requests: what comes on another day is received on the next working day.
  it('starts on the next working day where an authority says so', () => {
    const kind = ruleOf({ start: { event: 'it arrives', closedDay: 'next-working-day' } })
    expect(due(kind, '2009-03-14', winter2008)).toBe('2009-04-16')
  })
})

describe('Alaveteli, calendar days that end on the next working day', () => {
  const rule = ruleOf({ unit: 'calendar-day', roll: 'following' })
  it.each([
    ['2008-10-01', '2008-10-21'],
    ['2008-10-04', '2008-10-24'],
    ['2008-10-05', '2008-10-27'],
    ['2008-10-06', '2008-10-27'],
    ['2008-10-07', '2008-10-27'],
    ['2008-12-04', '2008-12-24'],
    ['2008-12-05', '2008-12-29'],
    ['2009-03-17', '2009-04-06'],
  ])('from %s to %s', (start, expected) => {
    expect(due(rule, start, winter2008)).toBe(expected)
  })
})

describe('Civil Procedure Rules 2.8: clear days', () => {
  // The examples name no year; in these the weekdays are theirs.
  it('(3)(i) notice of 3 days before a hearing on Friday 20 October is served by Monday 16 October', () => {
    const rule = ruleOf({ unit: 'calendar-day', amount: 3 })
    const last = answered(latestStart(rule, '2023-10-19', calendarOf()))
    expect(last.start).toBe('2023-10-16')
  })

  it('(3)(ii) 28 clear days after 1 October end before 30 October', () => {
    expect(due(ruleOf({ unit: 'calendar-day', amount: 28 }), '2023-10-01')).toBe('2023-10-29')
  })

  it('(3)(iii) 14 days after 2 October are 16 October', () => {
    expect(due(ruleOf({ unit: 'calendar-day', amount: 14 }), '2023-10-02')).toBe('2023-10-16')
  })

  it('(4) in 5 days or less weekends do not count: for Monday 20 October by Tuesday 14 October', () => {
    const last = answered(latestStart(ruleOf({ amount: 3 }), '2025-10-19', calendarOf()))
    expect(last.start).toBe('2025-10-14')
  })
})

describe('Information Commissioner: one month to answer for personal data', () => {
  const rule = ruleOf({ unit: 'month', amount: 1, roll: 'following' })
  it.each([
    ['2024-09-03', '2024-10-03'],
    ['2023-01-31', '2023-02-28'],
    ['2024-01-31', '2024-02-29'],
    // 1 May 2027 is a Saturday, 3 May the early May bank holiday: the end of the next working day.
    ['2027-04-01', '2027-05-04'],
    ['2025-03-31', '2025-04-30'],
  ])('received on %s, due on %s', (start, expected) => {
    expect(due(rule, start, { '2027-05-03': 'Early May bank holiday' })).toBe(expected)
  })

  it('Dodds v Walker [1981]: four months from 30 September end on 30 January', () => {
    expect(due(ruleOf({ unit: 'month', amount: 4 }), '1978-09-30')).toBe('1979-01-30')
  })
})

describe('Housing Ombudsman, Complaint Handling Code 2024', () => {
  // 6.2 and 6.3: acknowledged within 5 working days of receipt, answered within 10 of the acknowledgement.
  it('gives 5 working days and then 10', () => {
    const holidays = { '2024-05-06': 'Early May bank holiday', '2024-05-27': 'Spring bank holiday' }
    const acknowledged = due(ruleOf({ amount: 5 }), '2024-05-03', holidays)
    expect(acknowledged).toBe('2024-05-13')
    expect(due(ruleOf({ amount: 10 }), acknowledged, holidays)).toBe('2024-05-28')
  })
})

describe('NHS: from referral to treatment in 18 weeks, with pauses', () => {
  // Rules suite (January 2012): a pause lasts from the earliest reasonable offer that the patient declined to
  // the day from which the patient is available again; its days are taken out. The days here are invented.
  const rtt = ruleOf({
    title: 'Start treatment',
    unit: 'week',
    amount: 18,
    start: { event: 'the referral is received' },
    stops: [{ reason: 'patient', title: 'the patient chose a later date', lastDay: 'counts' }],
  })
  const pause = { reason: 'patient', from: '2012-06-12', to: '2012-06-26' }

  it('puts the last day off by the 14 days of the pause', () => {
    expect(due(rtt, '2012-03-01')).toBe('2012-07-05')
    expect(due(rtt, '2012-03-01', {}, [pause])).toBe('2012-07-19')
  })

  it('takes them out of the wait: 140 days from referral, 126 with the pause', () => {
    const waited = (stops: readonly Stop[]) =>
      answered(elapsed(rtt, '2012-03-01', stops, calendarOf(), '2012-07-19'))
    expect(waited([])).toEqual({ kind: 'elapsed', days: 140, inTime: false })
    expect(waited([pause])).toEqual({ kind: 'elapsed', days: 126, inTime: true })
  })
})

describe('ISDA Definitions 2006, section 4.12: business day conventions', () => {
  // 30 November 2024 is a Saturday.
  const rolledTo = (roll: Rule['roll']) =>
    due(ruleOf({ unit: 'month', amount: 1, roll }), '2024-10-30')
  it('following, preceding, modified following, none', () => {
    expect(rolledTo('following')).toBe('2024-12-02')
    expect(rolledTo('preceding')).toBe('2024-11-29')
    expect(rolledTo('modified-following')).toBe('2024-11-29')
    expect(rolledTo('none')).toBe('2024-11-30')
  })
})
