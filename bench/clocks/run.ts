import {
  type Calendar,
  deadline,
  deadlines,
  explain,
  isoDay,
  isRefused,
  moved,
  parseCalendar,
  parseRule,
  type Refusal,
  type Rule,
  type RuleInput,
  type StopColumns,
} from '@plumbline/clocks'
import { randomSource } from '@plumbline/statistics'

/**
 * The speed of packages/clocks on one thread, in seconds of the processor, since other work makes the clock say
 * more: a million deadlines of each kind, with a calendar of 40 years and 8 holidays a year. The best of three
 * runs. Exits with 1 where a target is missed or a clock has no deadline.
 */
const clocks = 1_000_000
const random = randomSource(1)
const below = (limit: number): number => random.uint32() % limit

function answered<T>(answer: T | Refusal): T {
  if (isRefused(answer)) throw new Error(answer.sentence)
  return answer
}

function calendarOf(knownSince: string, more: readonly string[]): Calendar {
  const days = new Set(more)
  for (let year = 2000; year < 2040; year++) {
    for (const date of ['01-01', '04-10', '05-04', '05-25', '08-31', '12-25', '12-26', '12-28']) {
      days.add(`${year}-${date}`)
    }
  }
  const holidays = [...days].map((date) => ({ date, title: 'Holiday' }))
  const span = { from: '2000-01-01', to: '2039-12-31' }
  return answered(parseCalendar({ name: 'bench', title: 'Bench', knownSince, ...span, holidays }))
}

const ruleOf = (rest: Partial<RuleInput>): Rule =>
  answered(
    parseRule({
      name: 'reply',
      title: 'Reply',
      start: { event: 'it is told' },
      amount: 20,
      unit: 'working-day',
      calendar: 'bench',
      stops: [{ reason: 'ask', title: 'waiting for an answer' }],
      ...rest,
    }),
  )

function measure(name: string, target: number | undefined, run: () => number): void {
  let [seconds, faults] = [Number.POSITIVE_INFINITY, 0]
  for (let turn = 0; turn < 3; turn++) {
    const before = process.cpuUsage()
    faults = run()
    const { user, system } = process.cpuUsage(before)
    seconds = Math.min(seconds, (user + system) / 1e6)
  }
  const missed = seconds > (target ?? Number.POSITIVE_INFINITY) || faults > 0
  const wanted = target === undefined ? '' : `, target ${target} s`
  const text = `${name.padEnd(64)} ${seconds.toFixed(3)} s${wanted}${missed ? '  MISSED' : ''}\n`
  process.stdout.write(text)
  if (missed) process.exitCode = 1
}

const calendar = calendarOf('2000-01-01', [])
const starts = Int32Array.from({ length: clocks }, () => 11_000 + below(14_000))

/** Each clock has a stop of up to 9 days in its first 9. */
const stops: StopColumns = {
  offsets: Int32Array.from({ length: clocks + 1 }, (_, clock) => clock),
  from: starts.map((start) => start + below(10)),
  to: new Int32Array(clocks),
  reasons: new Uint8Array(clocks),
}
stops.to.set(stops.from.map((from) => from + below(10)))

process.stdout.write(`Node ${process.version}, ${clocks} clocks, one thread\n`)
measure('read a calendar of 40 years', undefined, () => calendarOf('2000-01-01', []).first - 10_957)
const kinds: readonly (readonly [string, Partial<RuleInput>])[] = [
  ['20 working days', {}],
  ['30 days, to the next working day', { unit: 'calendar-day', amount: 30, roll: 'following' }],
  ['18 weeks', { unit: 'week', amount: 18 }],
  ['1 month, modified following', { unit: 'month', amount: 1, roll: 'modified-following' }],
]
for (const [name, rest] of kinds) {
  const rule = ruleOf(rest)
  measure(name, 0.5, () => answered(deadlines(rule, starts, calendar)).refused)
  measure(`${name}, each with a stop`, 0.5, () => {
    return answered(deadlines(rule, starts, calendar, stops)).refused
  })
}

const rule = ruleOf({})
const days = Array.from(starts.subarray(0, 100_000), isoDay)
measure('100,000 of 20 working days, one by one', undefined, () =>
  days.reduce(
    (faults, day) => faults + (deadline(rule, day, [], calendar).kind === 'due' ? 0 : 1),
    0,
  ),
)
measure(
  '1,000 explanations of 20 working days',
  undefined,
  () => days.slice(0, 1000).filter((day) => isRefused(explain(rule, day, [], calendar))).length,
)
const newer = calendarOf('2000-02-01', ['2023-05-08'])
const open = days.map((start, id) => ({ id: String(id), rule, start }))
measure(
  'what a late holiday moves among 100,000 open clocks',
  undefined,
  () => answered(moved(open, calendar, newer)).refused.length,
)
