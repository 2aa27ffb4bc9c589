import { betaCdf } from '@plumbline/statistics'
import type { Descriptor } from '../evidence/descriptor.ts'
import { descriptorSchema } from '../evidence/descriptor.ts'
import { type Indicator, indicatorSchema, type Service } from '../evidence/indicator.ts'

/** What stories come to for one provider in one year. */
export interface StoryYear {
  readonly provider: string
  /** Of publication. */
  readonly year: number
  /** In public at the end. */
  readonly told: number
  /** Replied to, or due to be by the day of counting. */
  readonly due: number
  /** Of those, replied to by the day on which that was due. */
  readonly inTime: number
  /** Whose service says that it made a change. */
  readonly changed: number
  /** Days from each publication to the first reply to it, of those that have one, in order. */
  readonly days: readonly number[]
}

const chosen = 'Who tells a story chooses to: stories say what happened, and not how often.'
const topic = 'What people tell'

/** Of fewer replies no median has limits at 95%. */
export const fewestReplies = 6

/**
 * The median with its exact 95% limits, by ranks: the widest ranks outside which chance alone would put it
 * in at most 2.5% on each side (Conover, Practical Nonparametric Statistics, 3.2).
 * @param sorted in order, the smallest first.
 * @returns null of fewer than `fewestReplies`.
 * @example middleOf([1, 2, 3, 4, 5, 6]) // { middle: 3.5, from: 1, to: 6 }
 */
export function middleOf(
  sorted: readonly number[],
): { readonly middle: number; readonly from: number; readonly to: number } | null {
  const n = sorted.length
  if (n < fewestReplies) return null
  const at = (rank: number): number => sorted[rank - 1] ?? Number.NaN
  let rank = 1
  // P(fewer than `rank + 1` of n lie below the median).
  while (rank + 1 <= n / 2 && betaCdf(0.5, n - rank, rank + 1) <= 0.025) rank++
  const middle = (at(Math.floor((n + 1) / 2)) + at(Math.ceil((n + 1) / 2))) / 2
  return { middle, from: at(rank), to: at(n + 1 - rank) }
}

/** Indicators of stories that each service has, by what they count. */
export const storyCodes = ({ code }: Pick<Service, 'code'>) => ({
  inTime: `stories-replied-in-time-${code}`,
  changed: `stories-changed-${code}`,
  told: `stories-told-${code}`,
  days: `stories-days-to-reply-${code}`,
})

/** The indicators that stories give a service. Nobody is graded by them: who tells a story has chosen to. */
export function storyIndicators(service: Service): Indicator[] {
  const codes = storyCodes(service)
  const common = { service: service.code, topic, caveats: [chosen] }
  return [
    {
      ...common,
      code: codes.inTime,
      name: 'Stories replied to in time',
      ...{ unit: '%', kind: 'proportion', scale: 100, polarity: 'higher', decimals: 0 },
      why: 'Whoever takes the time to say how it was should get an answer.',
      definition:
        'Published stories that were replied to by the day on which a reply was due, of all whose reply had come or was due.',
      method: 'Counted from the stories on this Plumbline. Wilson intervals.',
    },
    {
      ...common,
      code: codes.changed,
      name: 'Stories that changed something',
      ...{ unit: '%', kind: 'proportion', scale: 100, polarity: 'neither', decimals: 0 },
      why: 'A reply is worth most where something becomes better because of it.',
      definition:
        'Published stories of which the service says that it has made a change, of all that were published in the year.',
      method:
        'Counted from the stories on this Plumbline. A moderator has read what each change is. Wilson intervals.',
    },
    {
      ...common,
      code: codes.told,
      name: 'Stories told',
      ...{ unit: 'stories', kind: 'count', scale: 1, polarity: 'neither', decimals: 0 },
      why: 'It says how many people the shares above rest on.',
      definition:
        'Stories that were published in the year and stand in public; none where nobody told one.',
      method: 'Counted from the stories on this Plumbline.',
    },
    {
      ...common,
      code: codes.days,
      name: 'Days to the first reply, in the middle',
      ...{ unit: 'days', kind: 'mean', scale: 1, polarity: 'lower', decimals: 0 },
      why: 'Who tells a story waits for an answer.',
      meaning: 'Half of the replies came within so many days.',
      definition:
        'Days from the publication of a story to the first reply to it: the median of the stories published in the year that have a reply.',
      method: `Counted from the stories on this Plumbline. Exact limits of a median, by ranks; no figure of fewer than ${fewestReplies} replies.`,
      caveats: [chosen, 'Stories without a reply are not in it: see how many were in time.'],
    },
  ].map((i) => indicatorSchema.parse(i))
}

/** The header of a service's file. */
export const storyColumns = [
  ...[
    'provider',
    'year',
    'told',
    'due',
    'in_time',
    'in_time_percent',
    'changed',
    'changed_percent',
    'replied',
    'days_middle',
    'days_from',
    'days_to',
  ],
] as const

/** What a service's file is called; an example's says that it is invented. */
export const storyFile = (service: string, invented: boolean): string =>
  `${invented ? 'invented-' : ''}stories-${service}.csv`

/** How files of a service's stories are read: real ones, and those of an example area. */
export function storyDescriptors(service: Service): Descriptor[] {
  const codes = storyCodes(service)
  const share = (indicator: string, part: string, of: string) => ({
    ...{ indicator, value: `${part}_percent`, numerator: part, denominator: of },
  })
  return [false, true].map((invented) => {
    const start = invented ? 'invented-' : ''
    return descriptorSchema.parse({
      id: `${start}stories-${service.code}`,
      title: `Stories about ${service.providers}`,
      publisher: invented ? 'The example area (invented)' : 'Whoever runs this Plumbline',
      source: 'https://plumbline.invalid/stories',
      licence: 'CC0 1.0',
      invented,
      dataset: `${start}stories-${service.code}`,
      service: service.code,
      order: 60,
      match: {
        name: `^${start}stories-${service.code}\\.csv$`,
        columns: [...storyColumns],
      },
      fields: [
        { name: 'provider', constraints: { required: true } },
        { name: 'year', type: 'year', constraints: { required: true } },
        ...storyColumns.slice(2).map((name) => ({
          ...{ name, type: /_percent$|^days_/.test(name) ? 'number' : 'integer' },
          constraints: { minimum: 0 },
        })),
      ],
      // A provider of which no reply was due yet has no share, and one with few replies no median.
      codes: { z: 'not-applicable' },
      period: { from: 'column', column: 'year', kind: 'year' },
      covers: 'history',
      subjects: [{ kind: 'provider', code: '{provider}' }],
      observations: [
        share(codes.inTime, 'in_time', 'due'),
        share(codes.changed, 'changed', 'told'),
        { indicator: codes.told, value: 'told' },
        {
          ...{ indicator: codes.days, value: 'days_middle', denominator: 'replied' },
          ...{ lower95: 'days_from', upper95: 'days_to' },
        },
      ],
      notes: [chosen],
    })
  })
}

const percent = (part: number, of: number): string =>
  of === 0 ? 'z' : String(Math.round((part / of) * 1e6) / 1e4)

/** A service's file, as the descriptor reads it. */
export function storyCsv(rows: readonly StoryYear[]): string {
  const lines = rows.map(({ provider, year, told, due, inTime, changed, days }) => {
    const middle = middleOf(days)
    return [
      ...[provider, year, told, due, inTime, percent(inTime, due)],
      ...[changed, percent(changed, told), days.length],
      ...(middle ? [middle.middle, middle.from, middle.to] : ['z', 'z', 'z']),
    ].join(',')
  })
  return `${[storyColumns.join(','), ...lines].join('\n')}\n`
}
