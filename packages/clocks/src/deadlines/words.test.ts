import { describe, expect, it } from 'vitest'
import { answered, calendarOf, ruleOf } from '../../test/answers.ts'
import { explain, moved, type Rule, remaining, type Stop } from '../index.ts'

const calendar = calendarOf({ '2024-05-06': 'Early May bank holiday' })
const stops = [
  { reason: 'ask', title: 'waiting for the person to say more', lastDay: 'counts' as const },
]
const explained = (rule: Rule, start: string, own: readonly Stop[] = []) =>
  answered(explain(rule, start, own, calendar))

describe('an explanation in words', () => {
  it('names the event, each day that counts, and why others do not', () => {
    const { sentences, lines } = explained(ruleOf({ amount: 5, stops }), '2024-05-02', [
      { reason: 'ask', from: '2024-05-08', to: '2024-05-09' },
    ])
    expect(sentences).toEqual([
      'Reply to a story: by the end of Monday 13 May 2024.',
      'The rule gives 5 working days after the day when the story is published: Thursday 2 May 2024.',
      'Not counted: 4 weekend days and 1 holiday (Early May bank holiday, 6 May 2024).',
      'The clock stood still on Wednesday 8 May 2024: waiting for the person to say more.',
      'Closed days are those of the calendar Town, as known since 1 January 2000.',
    ])
    expect(lines.map(({ words }) => words)).toEqual([
      'Thursday 2 May 2024: The story is published. The day itself does not count.',
      'Friday 3 May 2024: Day 1 of 5.',
      'Saturday 4 May 2024: Weekend. It does not count.',
      'Sunday 5 May 2024: Weekend. It does not count.',
      'Monday 6 May 2024: Early May bank holiday. It does not count.',
      'Tuesday 7 May 2024: Day 2 of 5.',
      'Wednesday 8 May 2024: The clock stands still: waiting for the person to say more.',
      'Thursday 9 May 2024: Day 3 of 5.',
      'Friday 10 May 2024: Day 4 of 5.',
      'Saturday 11 May 2024: Weekend. It does not count.',
      'Sunday 12 May 2024: Weekend. It does not count.',
      'Monday 13 May 2024: Day 5 of 5. The deadline is the end of this day.',
    ])
    expect(lines[4]).toMatchObject({ status: 'holiday', number: null, due: false })
    expect(lines.at(-1)).toMatchObject({ status: 'counts', number: 5, due: true })
  })

  it('says where the first day counts', () => {
    const start = { event: 'the story is published', dayCounts: true }
    const { sentences, lines } = explained(ruleOf({ amount: 2, start }), '2024-05-02')
    expect(sentences.slice(0, 2)).toEqual([
      'Reply to a story: by the end of Friday 3 May 2024.',
      'The rule gives 2 working days, of which the first may be the day when the story is published: Thursday 2 May 2024.',
    ])
    expect(lines[0]?.words).toBe('Thursday 2 May 2024: The story is published. Day 1 of 2.')
  })

  it('says that the clock starts later where the event lies on a closed day', () => {
    const start = { event: 'the story is published', closedDay: 'next-working-day' as const }
    const { sentences, lines } = explained(ruleOf({ amount: 1, start }), '2024-05-05')
    expect(sentences.slice(0, 3)).toEqual([
      'Reply to a story: by the end of Wednesday 8 May 2024.',
      'The rule gives 1 working day after the day when the clock starts: Tuesday 7 May 2024.',
      'The story is published on a closed day, Sunday 5 May 2024.',
    ])
    expect(lines.map(({ words }) => words)).toEqual([
      'Sunday 5 May 2024: The story is published. This is a closed day (Sunday), so the clock starts on Tuesday 7 May 2024.',
      'Monday 6 May 2024: Early May bank holiday. It does not count.',
      'Tuesday 7 May 2024: The clock starts. The day itself does not count.',
      'Wednesday 8 May 2024: Day 1 of 1. The deadline is the end of this day.',
    ])
  })

  it('says where a roll takes the deadline', () => {
    const rule = (roll: Rule['roll']) => ruleOf({ unit: 'calendar-day', amount: 2, roll })
    const on = explained(rule('following'), '2024-05-02')
    expect(on.sentences[2]).toBe(
      'The last day, Saturday 4 May 2024, is closed, so the deadline moves on to Tuesday 7 May 2024.',
    )
    expect(on.lines.slice(2).map(({ words }) => words)).toEqual([
      'Saturday 4 May 2024: Day 2 of 2. This day is closed (Saturday), so the deadline moves on to Tuesday 7 May 2024.',
      'Sunday 5 May 2024: Closed (Sunday).',
      'Monday 6 May 2024: Closed (Early May bank holiday).',
      'Tuesday 7 May 2024: The next working day. The deadline is the end of this day.',
    ])
    const back = explained(rule('preceding'), '2024-05-02')
    expect(back.sentences[2]).toBe(
      'The last day, Saturday 4 May 2024, is closed, so the deadline moves back to Friday 3 May 2024.',
    )
    expect(back.lines.slice(1).map(({ words }) => words)).toEqual([
      'Friday 3 May 2024: Day 1 of 2. The last day is closed, so the deadline moves back to the end of this one.',
      'Saturday 4 May 2024: Day 2 of 2. This day is closed (Saturday), so the deadline moves back to Friday 3 May 2024.',
    ])
  })

  it('says since when the clock stands still, and what is left', () => {
    const { outcome, sentences, lines } = explained(ruleOf({ amount: 5, stops }), '2024-05-02', [
      { reason: 'ask', from: '2024-05-08' },
    ])
    expect(outcome).toMatchObject({ kind: 'stopped', since: '2024-05-08', left: 3 })
    expect(sentences[0]).toBe(
      'Reply to a story: the clock has stood still since Wednesday 8 May 2024, with 3 days left (waiting for the person to say more).',
    )
    expect(lines.at(-1)).toMatchObject({ day: '2024-05-08', status: 'stopped' })
  })
})

describe('what is left', () => {
  const left = (today: string) =>
    answered(remaining(ruleOf({ amount: 5 }), '2024-05-02', [], calendar, today))
  it('is 0 on the last day, and then counts how late it is', () => {
    expect(left('2024-05-02')).toEqual({ kind: 'running', due: '2024-05-10', left: 5 })
    expect(left('2024-05-01')).toEqual({ kind: 'running', due: '2024-05-10', left: 5 })
    expect(left('2024-05-10')).toEqual({ kind: 'running', due: '2024-05-10', left: 0 })
    expect(left('2024-05-12')).toEqual({ kind: 'overdue', due: '2024-05-10', by: 0 })
    expect(left('2024-05-14')).toEqual({ kind: 'overdue', due: '2024-05-10', by: 2 })
  })
})

describe('a bank holiday that is announced late', () => {
  const older = calendarOf({}, { knownSince: '2020-01-01' })
  const coronation = { '2023-05-08': 'Coronation' }
  const newer = calendarOf(coronation, { knownSince: '2022-11-13' })
  const rule = ruleOf({ amount: 5, stops })
  const clock = (id: string, start: string, own: readonly Stop[] = []) => ({
    id,
    rule,
    start,
    stops: own,
  })

  it('moves the open deadlines, says why, and leaves the others', () => {
    const open = [
      clock('over', '2022-11-01'),
      clock('before', '2023-04-20'),
      clock('across', '2023-05-03'),
      clock('after', '2023-05-08'),
      clock('stopped', '2023-05-03', [{ reason: 'ask', from: '2023-05-04' }]),
      clock('wrong', '2023-05-33'),
    ]
    const answer = answered(moved(open, older, newer))
    expect(answer.moved).toEqual([
      {
        id: 'across',
        from: '2023-05-10',
        to: '2023-05-11',
        because: [{ day: '2023-05-08', change: 'closed', title: 'Coronation' }],
        sentence:
          'Reply to a story: the deadline moves from Wednesday 10 May 2023 to Thursday 11 May 2023, because Monday 8 May 2023 is closed (Coronation).',
      },
    ])
    expect(answer).toMatchObject({ unmoved: 2, passed: 1, stopped: 1 })
    expect(answer.refused.map(({ id, refusal }) => [id, refusal.code])).toEqual([
      ['wrong', 'not-a-day'],
    ])
    expect(answer.sentence).toBe(
      'Since 13 November 2022, Monday 8 May 2023 is closed (Coronation). 1 of 6 open deadlines moves.',
    )
  })

  it('may be taken back', () => {
    const again = calendarOf({}, { knownSince: '2022-12-01' })
    const answer = answered(moved([clock('across', '2023-05-03')], newer, again))
    expect(answer.moved[0]).toMatchObject({ from: '2023-05-11', to: '2023-05-10' })
    expect(answer.moved[0]?.sentence).toContain(
      'because Monday 8 May 2023 is a working day after all (it was closed: Coronation).',
    )
  })

  it('moves a deadline of all days only where it lies on that day', () => {
    const month = ruleOf({ unit: 'month', amount: 1, roll: 'following' })
    const open = ['2023-04-05', '2023-04-08', '2023-04-09'].map((start) => ({
      id: start,
      rule: month,
      start,
    }))
    const answer = answered(moved(open, older, newer))
    expect(answer.moved).toMatchObject([{ id: '2023-04-08', from: '2023-05-08', to: '2023-05-09' }])
    expect(answer.unmoved).toBe(2)
  })

  it('gives a first deadline where the older calendar ended too early', () => {
    const short = calendarOf({}, { knownSince: '2020-01-01', to: '2023-05-05' })
    const answer = answered(moved([clock('across', '2023-05-03')], short, newer))
    expect(answer.moved[0]).toMatchObject({ from: null, to: '2023-05-11', because: [] })
    expect(answer.moved[0]?.sentence).toBe(
      'Reply to a story: the deadline is Thursday 11 May 2023. The calendar did not reach so far before.',
    )
    const village = calendarOf({}, { name: 'village' })
    expect(moved([], older, village)).toMatchObject({ code: 'wrong-calendar' })
  })
})
