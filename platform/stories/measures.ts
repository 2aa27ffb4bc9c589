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
}

const chosen = 'Who tells a story chooses to: stories say what happened, and not how often.'
const topic = 'What people tell'

/** Indicators of stories that each service has, by what they count. */
export const storyCodes = ({ code }: Pick<Service, 'code'>) => ({
  inTime: `stories-replied-in-time-${code}`,
  changed: `stories-changed-${code}`,
  told: `stories-told-${code}`,
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
      definition: 'Stories that were published in the year and stand in public.',
      method: 'Counted from the stories on this Plumbline.',
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
          ...{ name, type: name.endsWith('_percent') ? 'number' : 'integer' },
          constraints: { minimum: 0 },
        })),
      ],
      // A provider of which no reply was due yet has no share.
      codes: { z: 'not-applicable' },
      period: { from: 'column', column: 'year', kind: 'year' },
      covers: 'history',
      subjects: [{ kind: 'provider', code: '{provider}' }],
      observations: [
        share(codes.inTime, 'in_time', 'due'),
        share(codes.changed, 'changed', 'told'),
        { indicator: codes.told, value: 'told' },
      ],
      notes: [chosen],
    })
  })
}

const percent = (part: number, of: number): string =>
  of === 0 ? 'z' : String(Math.round((part / of) * 1e6) / 1e4)

/** A service's file, as the descriptor reads it. */
export function storyCsv(rows: readonly StoryYear[]): string {
  const lines = rows.map(({ provider, year, told, due, inTime, changed }) =>
    [
      ...[provider, year, told, due, inTime, percent(inTime, due)],
      ...[changed, percent(changed, told)],
    ].join(','),
  )
  return `${[storyColumns.join(','), ...lines].join('\n')}\n`
}
