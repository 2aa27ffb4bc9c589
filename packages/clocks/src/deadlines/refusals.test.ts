import { describe, expect, it } from 'vitest'
import { answered, calendarOf, ruleOf } from '../../test/answers.ts'
import {
  deadline,
  deadlines,
  elapsed,
  explain,
  latestStart,
  parseRule,
  remaining,
  type Stop,
} from '../index.ts'

const calendar = calendarOf()
const rule = ruleOf({ stops: [{ reason: 'ask', title: 'waiting for the person to say more' }] })
const sentence = (start: string, stops: readonly Stop[], by = calendar): string => {
  const answer = deadline(rule, start, stops, by)
  return answer.kind === 'refused' ? `${answer.code}: ${answer.sentence}` : answer.kind
}

describe('a clock is refused with a sentence that says what to do', () => {
  it('where stops do not fit the rule, the start or one another', () => {
    const stop = (from: string, to?: string, reason = 'ask'): Stop =>
      to === undefined ? { from, reason } : { from, to, reason }
    expect(sentence('2024-05-07', [stop('2024-05-08', '2024-05-09', 'lunch')])).toBe(
      'stop-not-allowed: Reply to a story may not stop for lunch; it allows ask.',
    )
    expect(sentence('2024-05-07', [stop('2024-05-06', '2024-05-09')])).toBe(
      'stop-before-start: The clock cannot stop on Monday 6 May 2024: it starts on Tuesday 7 May 2024. Let the stop begin then or later.',
    )
    expect(sentence('2024-05-07', [stop('2024-05-09', '2024-05-08')])).toBe(
      'stop-ends-before-it-begins: A stop from Thursday 9 May 2024 cannot end on Wednesday 8 May 2024; change one of the days.',
    )
    expect(
      sentence('2024-05-07', [stop('2024-05-09', '2024-05-14'), stop('2024-05-08', '2024-05-10')]),
    ).toBe(
      'stops-overlap: The clock cannot stop on Thursday 9 May 2024: an earlier stop lasts until Friday 10 May 2024; make them one.',
    )
    expect(sentence('2024-05-07', [stop('2024-05-08'), stop('2024-05-09')])).toBe(
      'stops-overlap: The clock cannot stop on Thursday 9 May 2024: an earlier stop has not ended; end it first.',
    )
  })

  it('but two stops may share a day', () => {
    const stops = [
      { reason: 'ask', from: '2024-05-08', to: '2024-05-10' },
      { reason: 'ask', from: '2024-05-10', to: '2024-05-13' },
    ]
    const one = [{ reason: 'ask', from: '2024-05-08', to: '2024-05-13' }]
    const answer = answered(deadline(rule, '2024-05-07', stops, calendar))
    expect(answer).toEqual(deadline(rule, '2024-05-07', one, calendar))
    expect(answer).toMatchObject({ due: '2024-06-10' })
  })

  it('where a day is none', () => {
    const answer = 'not-a-day: 2024-02-30 is no day; write it as 2024-05-06.'
    expect(sentence('2024-02-30', [])).toBe(answer)
    expect(sentence('2024-01-01', [{ reason: 'ask', from: '2024-02-30' }])).toBe(answer)
    const stop = { reason: 'ask', from: '2024-01-01', to: '2024-02-30' }
    expect(sentence('2024-01-01', [stop])).toBe(answer)
    expect(remaining(rule, '2024-01-01', [], calendar, 'now')).toMatchObject({ code: 'not-a-day' })
    expect(elapsed(rule, '2024-01-01', [], calendar, 'now')).toMatchObject({ code: 'not-a-day' })
    expect(latestStart(rule, 'now', calendar)).toMatchObject({ code: 'not-a-day' })
  })

  it('where the calendar is another, or ends before', () => {
    expect(sentence('2024-05-07', [], calendarOf({}, { name: 'village' }))).toBe(
      'wrong-calendar: Reply to a story counts by the calendar town, not by village; give it that one.',
    )
    expect(sentence('2039-12-20', [])).toBe(
      'beyond-calendar: The calendar Town reaches from 1 January 2000 to 31 December 2039, not far enough to count from Tuesday 20 December 2039; load one that reaches further.',
    )
    expect(sentence('1999-12-30', [])).toContain('beyond-calendar')
    expect(latestStart(rule, '2040-01-05', calendar)).toMatchObject({ code: 'beyond-calendar' })
    expect(latestStart(rule, '2000-01-10', calendar)).toMatchObject({ code: 'beyond-calendar' })
  })

  it('asks nothing of a calendar that it does not need', () => {
    const days = ruleOf({ unit: 'calendar-day', amount: 10 })
    expect(deadline(days, '2050-01-01', [], calendar)).toMatchObject({ due: '2050-01-11' })
    expect(explain(days, '2050-01-01', [], calendar)).toMatchObject({ kind: 'explanation' })
    const rolling = ruleOf({ unit: 'calendar-day', amount: 10, roll: 'following' })
    expect(deadline(rolling, '2050-01-01', [], calendar)).toMatchObject({ code: 'beyond-calendar' })
    expect(deadline(days, '9999-12-30', [], calendar)).toMatchObject({ code: 'beyond-calendar' })
  })

  it('where the end lies before the start', () => {
    expect(elapsed(rule, '2024-05-07', [], calendar, '2024-05-06')).toMatchObject({
      sentence:
        'What started on Tuesday 7 May 2024 cannot end on Monday 6 May 2024; change one of the days.',
    })
  })

  it('where the rule is none', () => {
    const code = (data: unknown) => expect(parseRule(data)).toMatchObject({ code: 'invalid-rule' })
    code(null)
    code({ ...ruleOf(), amount: 0 })
    code({ ...ruleOf(), amount: 2.5 })
    code({ ...ruleOf(), unit: 'hour' })
    code({ ...ruleOf(), surprise: 1 })
    const twice = { reason: 'ask', title: 'asked' }
    expect(parseRule({ ...ruleOf(), stops: [twice, twice] })).toMatchObject({
      sentence: 'stops: has a reason twice.',
    })
  })
})

describe('columns', () => {
  const starts = Int32Array.of(19_000, 19_001)
  const columns = {
    offsets: Int32Array.of(0, 1, 1),
    from: Int32Array.of(19_002),
    to: Int32Array.of(19_003),
    reasons: Uint8Array.of(0),
  }

  it.each([
    [{ offsets: Int32Array.of(0, 1) }, 'offsets has 2 entries; 2 clocks need 3.'],
    [
      { reasons: Uint8Array.of() },
      'from, to and reasons differ in length; give each stop an entry in all three.',
    ],
    [{ offsets: Int32Array.of(0, 2, 1) }, 'offsets must rise from 0 to the number of stops, 1.'],
  ])('that do not belong together are refused: %j', (fault, sentence) => {
    const answer = deadlines(rule, starts, calendar, { ...columns, ...fault })
    expect(answer).toMatchObject({ code: 'unlike-columns', sentence })
  })

  it('refuse one clock without the others', () => {
    const faulty = { ...columns, from: Int32Array.of(18_999) }
    expect(deadlines(rule, starts, calendar, faulty)).toMatchObject({ refused: 1, stopped: 0 })
    const unknown = { ...columns, reasons: Uint8Array.of(7) }
    expect(deadlines(rule, starts, calendar, unknown)).toMatchObject({ refused: 1, stopped: 0 })
    expect(deadlines(rule, starts, calendar, columns)).toMatchObject({ refused: 0, stopped: 0 })
    const village = calendarOf({}, { name: 'village' })
    expect(deadlines(rule, starts, village)).toMatchObject({ code: 'wrong-calendar' })
  })
})
