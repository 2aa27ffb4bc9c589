import { z } from 'zod'
import { faultsOf } from '../days/schema.ts'
import { listWords } from '../days/words.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type Calendar, parseCalendar } from './calendar.ts'

const feedSchema = z.record(
  z.string(),
  z.object({ events: z.array(z.object({ title: z.string(), date: z.string() })).min(1) }),
)

/** What calendar to make of GOV.UK's bank holidays. */
export interface BankHolidayOptions {
  readonly name: string
  readonly title: string
  /** The day on which the file was published or fetched. */
  readonly knownSince: string
  /**
   * Whose holidays are closed days: one nation's, or those of several where a day off in any of them counts,
   * as the Freedom of Information Act 2000 asks in section 10(6).
   */
  readonly divisions: readonly string[]
}

/**
 * A calendar from GOV.UK's own file, https://www.gov.uk/bank-holidays.json, which has the proclaimed days that
 * rules of thumb miss. It reaches over the whole years that all divisions asked for have holidays in.
 * @example bankHolidayCalendar(
 *   { wales: { events: [{ title: 'New Year’s Day', date: '2024-01-01' }] } },
 *   { name: 'wales', title: 'Wales', knownSince: '2023-01-01', divisions: ['wales'] },
 * ).workingDays.length // 261
 */
export function bankHolidayCalendar(
  feed: unknown,
  { name, title, knownSince, divisions }: BankHolidayOptions,
): Calendar | Refusal {
  const parsed = feedSchema.safeParse(feed)
  if (!parsed.success) {
    return refuse(
      'invalid-calendar',
      `These are not GOV.UK's bank holidays: ${faultsOf(parsed.error)}.`,
    )
  }
  if (divisions.length === 0) {
    const known = Object.keys(parsed.data).join(', ')
    return refuse('invalid-calendar', `Name at least one division; the file has ${known}.`)
  }
  const named = new Map<string, Map<string, string[]>>()
  let [from, to] = ['0000', '9999']
  for (const division of divisions) {
    const events = parsed.data[division]?.events
    if (!events) return refuse('invalid-calendar', noDivision(division, Object.keys(parsed.data)))
    const years = events.map(({ date }) => date.slice(0, 4)).sort()
    from = [from, years[0] ?? from].sort()[1] ?? from
    to = [to, years.at(-1) ?? to].sort()[0] ?? to
    for (const { date, title: holiday } of events) {
      const titles = named.get(date) ?? new Map<string, string[]>()
      titles.set(holiday, [...(titles.get(holiday) ?? []), division])
      named.set(date, titles)
    }
  }
  return parseCalendar({
    name,
    title,
    knownSince,
    from: `${from}-01-01`,
    to: `${to}-12-31`,
    holidays: [...named]
      .filter(([date]) => date.slice(0, 4) >= from && date.slice(0, 4) <= to)
      .map(([date, titles]) => ({ date, title: titleOf(titles, divisions.length) })),
  })
}

/** "St Patrick's Day (Northern Ireland)" where not all divisions have it. */
function titleOf(titles: ReadonlyMap<string, readonly string[]>, divisions: number): string {
  return [...titles]
    .map(([title, where]) =>
      where.length < divisions ? `${title} (${listWords(where.map(placeWords))})` : title,
    )
    .join('; ')
}

/** "Northern Ireland" for `northern-ireland`. */
const placeWords = (division: string): string =>
  division
    .split('-')
    .map((word) => (word === 'and' ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join(' ')

const noDivision = (division: string, known: readonly string[]): string =>
  `The file has no division ${division}; it has ${known.join(', ')}.`
