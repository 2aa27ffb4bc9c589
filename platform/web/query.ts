import { z } from 'zod'
import { type Part, parts } from '../cards/card.ts'
import { letters } from '../cards/grade.ts'
import { changeOrders } from '../comparison/release-page.ts'
import { signalKinds } from '../desk/signal.ts'
import { actKinds } from '../record/act.ts'
import { outcomes } from '../standards/judge.ts'
import { standardKinds } from '../standards/standard.ts'
import { becameKinds } from '../stories/store.ts'
import { feelingCodes, themeCodes } from '../stories/story.ts'
import { deskOrders } from './pages/desk/narrow.ts'

/** No control characters: a null byte would reach the database as an error. */
export const text = z
  .string()
  .max(200, 'is longer than 200 characters')
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'holds characters that cannot be typed')

/** Codes with commas between: a hundred of them at most. */
export const codes = z
  .string()
  .max(2000, 'is longer than 2,000 characters')
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'holds characters that cannot be typed')
  .transform((list) => [
    ...new Set(
      list
        .split(',')
        .map((code) => code.trim())
        .filter((code) => code !== ''),
    ),
  ])
  .refine((all) => all.length <= 100, 'names more than 100')

/** How much a part of a report card matters to a visitor. */
const weight = z.coerce.number('is no number').min(0, 'is below 0').max(1000, 'is above 1,000')

const isPart = (name: string | undefined): name is Part => parts.some((p) => p === name)

/** Weights of parts: `outcomes:40,experience:20`. */
const weights = z
  .string()
  .max(200, 'is longer than 200 characters')
  .transform((list, context) =>
    list.split(',').flatMap((one): [Part, number][] => {
      const [name, x, ...rest] = one.split(':').map((part) => part.trim())
      const found = weight.safeParse(x === '' ? undefined : x)
      if (isPart(name) && found.success && rest.length === 0) return [[name, found.data]]
      context.addIssue('is no list of weights such as outcomes:40,experience:20')
      return []
    }),
  )

/** A day; empty where the form was sent without one. */
const day = z.union([z.literal(''), z.iso.date('is no date such as 2026-11-24')])

/**
 * A whole number from 1 up, in digits alone: what JavaScript would take for a number besides (0x10, 1e2,
 * 2.0, a space before it) is a mistake.
 */
export const wholeNumber = (most: number) =>
  z
    .string('is sent more than once')
    .regex(/^-?\d+$/, 'is no whole number such as 2')
    .transform(Number)
    .pipe(
      z
        .number()
        .min(1, 'is below 1')
        .max(most, `is above ${most.toLocaleString('en-GB')}`),
    )

/** How many, or which one, as far as the database counts. */
const count = wholeNumber(2 ** 31 - 1)

/** By what the table of an indicator is sorted. */
const tableSorts = ['name', 'value', '-value', 'area', 'direction', '-direction'] as const

/** What a page sorts by, where that is not all that some page does. */
const sortsOf: Readonly<Record<string, readonly string[]>> = {
  '/indicators/:code': tableSorts,
  '/releases/:code/changes': changeOrders,
}

/** What an address may ask; anything else is answered with 400. */
export const query = z.object({
  'as-of': z
    .union(
      [
        // The form for another date was sent without one: now.
        z.literal('').transform(() => undefined),
        z.iso.date('is no date such as 2026-11-24').regex(/^(?!0000)/, 'begins with the year 1'),
        z.iso
          .datetime({ offset: true })
          .regex(
            /^(?!0000)[^.]*(\.\d{1,9})?(Z|[+-](0\d|1[0-5]):\d{2})$/,
            'is no moment that can be',
          ),
      ],
      { error: 'is no date such as 2026-11-24, nor a moment such as 2026-11-24T12:00:00Z' },
    )
    .optional(),
  q: text.optional(),
  page: wholeNumber(10_000).optional(),
  period: text.optional(),
  group: text.optional(),
  place: text.optional(),
  sort: z.enum([...tableSorts, 'figure']).optional(),
  providers: codes.optional(),
  peers: codes.optional(),
  add: text.optional(),
  service: text.optional(),
  indicator: text.optional(),
  kind: z.enum(['', ...standardKinds]).optional(),
  outcome: z.enum(['', ...outcomes]).optional(),
  /** Of the desk: the kind of signal, whether it was answered, who set the standard, the code of
   * the standard, indicator or source, the order. */
  what: z.enum(['', ...signalKinds]).optional(),
  answered: z.enum(['', 'yes', 'no']).optional(),
  standing: z.enum(['', 'open', 'taken', 'closed', 'all']).optional(),
  regime: text.optional(),
  about: text.optional(),
  order: z.enum(deskOrders).optional(),
  /** Of stories: the provider, what they are about, how it felt, what became of them. */
  provider: text.optional(),
  theme: z.enum(['', ...themeCodes]).optional(),
  feeling: z.enum(['', ...feelingCodes]).optional(),
  became: z.enum(becameKinds).optional(),
  grade: z.enum(['', ...letters, 'none']).optional(),
  weights: weights.optional(),
  outcomes: weight.optional(),
  experience: weight.optional(),
  fairness: weight.optional(),
  value: weight.optional(),
  dataset: text.optional(),
  /** Of a study of value for money: those on the frontier, or all. */
  show: z.enum(['frontier', 'all']).optional(),
  state: z.enum(['', 'published', 'superseded', 'withdrawn']).optional(),
  /** The indicator of a place's map, and the level of places that a map is drawn by. */
  map: text.optional(),
  level: text.optional(),
  /** Of the record: the act, what it was done to, the days, and of proofs the entry and sizes. */
  act: z.enum(['', ...actKinds]).optional(),
  subject: z
    .string()
    .max(600, 'is longer than 600 characters')
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'holds characters that cannot be typed')
    .optional(),
  from: day.optional(),
  to: day.optional(),
  entry: count.optional(),
  first: count.optional(),
  size: count.optional(),
  /** Of an embed: which picture it draws; and of the page that gives its snippet, its address. */
  chart: z.enum(['', 'spread', 'trend']).optional(),
  of: z
    .string()
    .max(3000, 'is longer than 3,000 characters')
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'holds characters that cannot be typed')
    .optional(),
  postcode: text.optional(),
  /** Before and after which day; empty where the form was sent without one. */
  since: day.optional(),
})
export type Query = z.infer<typeof query>

/** What the indicator table is asked for, from the address. */
export const indicatorQuery = (q: Query, size: number) => ({
  size,
  ...(q.period ? { period: q.period } : {}),
  ...(q.group !== undefined ? { breakdown: q.group } : {}),
  ...(q.place ? { place: q.place } : {}),
  ...(q.q ? { q: q.q } : {}),
  ...(q.page ? { page: q.page } : {}),
  ...(q.sort && q.sort !== 'figure'
    ? {
        sort: q.sort.replace('-', '') as 'name',
        order: q.sort.startsWith('-') ? ('desc' as const) : ('asc' as const),
      }
    : {}),
})

/**
 * What is wrong with an address, in a sentence.
 * @param page the address as its route has it (`/releases/:code/changes`): it names only what that page sorts by.
 */
export function faultOf({ issues: [issue] }: z.ZodError, page = ''): string {
  const sorts = issue?.path[0] === 'sort' ? sortsOf[page] : undefined
  const said =
    issue?.code === 'invalid_value'
      ? `is none of these: ${(sorts ?? issue.values).filter((v) => v !== '').join(', ')}`
      : issue?.message
  return `The part “${issue?.path.join('.')}” of the address ${said}.`
}
