import { type Calendar, dayNumber, deadline, type Rule } from '@plumbline/clocks'
import { type Refusal, refuse } from '../refusal.ts'

/** Somebody in the frame, with what decides whether they may be asked. Days are written as 2024-05-06. */
export interface Person {
  readonly id: string
  /** When they were asked before, by any survey that the rule covers. */
  readonly asked?: readonly string[]
  /** The day of death. Whoever has one is never asked, whatever the day. */
  readonly died?: string
}

/** Who may be asked, as data. */
export interface AskingRules {
  /** The identifiers of those who asked not to be asked. */
  readonly doNotAsk: readonly string[]
  /** How long nobody is asked again: a rule of `@plumbline/clocks`, whose clock starts when a person is asked. */
  readonly rest: Rule
  /** The calendar that `rest` names. */
  readonly calendar: Calendar
}

/** Why somebody is not asked. */
export type AskingReason = 'died' | 'do-not-ask' | 'asked-recently'

/** Somebody who is not asked; `until` is the last day on which they are left in peace, where there is one. */
export interface NotAsked {
  readonly row: number
  readonly id: string
  readonly reason: AskingReason
  readonly until?: string
  readonly sentence: string
}

/** Who may be asked on a day, and why the others are not. */
export interface Eligibility {
  readonly kind: 'eligibility'
  /** The rows of those who may be asked, ascending. */
  readonly rows: Int32Array
  readonly notAsked: readonly NotAsked[]
  readonly counts: Readonly<Record<AskingReason, number>>
  /** Entries of the do-not-ask list that nobody in the frame has: of other places, or misspelt. */
  readonly unmatched: readonly string[]
}

/**
 * Who may be asked on a day: nobody who has died, nobody on the do-not-ask list, nobody who was asked within the
 * time of the rule. Where several hold, the reason is the first of these.
 * @param day the day on which people would be asked.
 * @example mayBeAsked([{ id: 'a', asked: ['2024-01-10'] }, { id: 'b' }], {
 *   doNotAsk: [],
 *   rest: parseRule({ name: 'rest', title: 'Rest', start: { event: 'they are asked' }, amount: 6, unit: 'month',
 *     calendar: 'x' }),
 *   calendar: parseCalendar({ name: 'x', title: 'X', knownSince: '2024-01-01', from: '2024-01-01',
 *     to: '2024-12-31', holidays: [] }),
 * }, '2024-05-06').notAsked[0].until // '2024-07-10'
 */
export function mayBeAsked(
  people: readonly Person[],
  rules: AskingRules,
  day: string,
): Eligibility | Refusal {
  if (dayNumber(day) === undefined) {
    return refuse('invalid-day', `${day} is not a day. Write it as 2024-05-06.`)
  }
  const listed = new Set(rules.doNotAsk)
  const unmatched = new Set(rules.doNotAsk)
  const rows: number[] = []
  const notAsked: NotAsked[] = []
  const counts = { died: 0, 'do-not-ask': 0, 'asked-recently': 0 }
  for (const [row, person] of people.entries()) {
    unmatched.delete(person.id)
    const why = reasonOf(person, listed, rules, day)
    if (why && 'kind' in why) return why
    if (!why) rows.push(row)
    else {
      notAsked.push({ row, id: person.id, ...why })
      counts[why.reason] += 1
    }
  }
  return {
    kind: 'eligibility',
    rows: Int32Array.from(rows),
    notAsked,
    counts,
    unmatched: [...unmatched],
  }
}

type Why = Omit<NotAsked, 'row' | 'id'>

function reasonOf(
  { id, died, asked = [] }: Person,
  listed: ReadonlySet<string>,
  { rest, calendar }: AskingRules,
  day: string,
): Why | Refusal | undefined {
  if (died !== undefined) return { reason: 'died', sentence: 'Has died, and is never asked.' }
  if (listed.has(id)) return { reason: 'do-not-ask', sentence: 'Asked not to be asked.' }
  const odd = asked.find((one) => dayNumber(one) === undefined)
  if (odd !== undefined) {
    return refuse(
      'invalid-day',
      `${id} was asked on ${odd}, which is no day. Write it as 2024-05-06.`,
      {
        variable: id,
      },
    )
  }
  const last = asked.reduce((latest, one) => (one > latest ? one : latest), '')
  if (last === '') return undefined
  const answer = deadline(rest, last, [], calendar)
  if (answer.kind === 'refused') {
    return refuse(
      'no-deadline',
      `When ${id} may be asked again cannot be told: ${answer.sentence}`,
      {
        variable: id,
      },
    )
  }
  // Without stops a clock never stands still.
  if (answer.kind === 'stopped' || answer.due < day) return undefined
  return {
    reason: 'asked-recently',
    until: answer.due,
    sentence: `Was asked on ${last}, and is left in peace until the end of ${answer.due}.`,
  }
}
