import { type Descriptor, descriptorSchema } from '../evidence/descriptor.ts'
import { type Indicator, indicatorSchema, type Service } from '../evidence/indicator.ts'
import { threshold, worthTo } from './published-share.ts'
import { type Part, parts } from './question.ts'
import { type Answerers, answerers } from './who.ts'

/** What a satisfied answer to each part says of a service. */
const said: Readonly<Record<Part, readonly [name: string, why: string]>> = {
  overall: ['find it good overall', 'Whoever uses a service knows best whether it serves.'],
  timeliness: ['got what they needed in good time', 'Waiting costs time, health and trust.'],
  ease: [
    'found it easy to get what they needed',
    'What is hard to get is not there for everybody.',
  ],
  information: ['were told what they needed to know', 'Whoever knows can choose and act.'],
  staff: ['say that staff were able to help', 'A service is as good as those who give it.'],
  fairness: ['say that they were treated fairly', 'Public services are for everybody alike.'],
  outcome: ['got what they needed in the end', 'That is what the service is for.'],
  dignity: ['were treated with dignity and respect', 'It is asked of everyone, of every service.'],
}

/** What an indicator says of who answered. */
interface WhoWords {
  /** After the code of the sample's indicator. */
  readonly suffix: string
  readonly name: (said: string) => string
  readonly topic: string
  /** After "whose answer is one of the two best". */
  readonly came: string
  readonly caveat: string
  /** Who chose them, where that was no draw among all: nobody is compared, or called better or worse, by it. */
  readonly selected: 'self' | 'service' | null
}

const whoWords: Readonly<Record<Answerers, WhoWords>> = {
  sample: {
    suffix: '',
    name: (said) => `People asked who ${said}`,
    topic: 'What people say',
    came: 'They were drawn from all users and invited, and could answer once.',
    caveat: 'Not everybody who was asked has answered.',
    selected: null,
  },
  appointment: {
    suffix: '-appointment',
    name: (said) => `Asked after an appointment: ${said}`,
    topic: 'What people say after an appointment',
    came: 'They were asked after an appointment that their service reported, all or a share of them drawn by lot, and could answer once.',
    caveat:
      'The service itself reported who was seen. Whom it left out nobody knows, and not everybody who was asked has answered.',
    selected: 'service',
  },
  open: {
    suffix: '-open',
    name: (said) => `Answered by themselves: ${said}`,
    topic: 'What people say who chose to answer',
    came: 'They came by themselves, by a poster or a link.',
    caveat: 'Whoever wanted to could answer: this shows who speaks, not what all users think.',
    selected: 'self',
  },
}

/** The code of the indicator that the answers to a part become. */
export const indicatorCode = (service: string, part: string, who: Answerers): string =>
  `survey-${service}-${part}${whoWords[who].suffix}`

const isPlain = (service: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(service)

function indicatorOf(service: string, part: Part, who: Answerers): Indicator {
  const [name, why] = said[part]
  const words = whoWords[who]
  return indicatorSchema.parse({
    code: indicatorCode(service, part, who),
    name: words.name(name),
    service,
    topic: words.topic,
    ...{ unit: '%', kind: 'proportion', scale: 100, decimals: 0, why },
    polarity: words.selected ? 'neither' : 'higher',
    ...(words.selected ? { selected: words.selected } : {}),
    definition: `Of those who answered the question, the share whose answer is one of the two best. ${words.came}`,
    method: words.selected
      ? 'Counted from the answers to a survey of this Plumbline. Limits by Wilson’s method.'
      : 'From the answers to a survey of this Plumbline. Where the sample was drawn in parts, each part counts by how many people it stands for; the share and its limits are whole per cent, the limits by Wilson’s method on what the answers are worth by their linearised error (Korn and Graubard), and how many answered is not given. Else counted, with limits by Wilson’s method.',
    caveats: [words.caveat],
    headline: part === 'overall' && who === 'sample',
  })
}

/** The indicators that surveys of a service become; those of each who answered are their own, never pooled. */
export const surveyIndicators = ({ code }: Pick<Service, 'code'>): Indicator[] =>
  isPlain(code) ? answerers.flatMap((who) => parts.map((part) => indicatorOf(code, part, who))) : []

/** The id of the descriptor that results of surveys are read by. */
export const descriptorId = (service: string, invented: boolean): string =>
  `survey-${service}${invented ? '-example' : ''}`

/** The columns of a file of results. */
export const resultColumns = [
  'provider',
  'who',
  'part',
  'percent',
  'lower95',
  'upper95',
  'satisfied',
  'answered',
  'weighted',
  'worth',
  'status',
] as const

/** How a survey's results are read: by the ordinary import, with the same checks and disclosure control. */
function descriptorOf(service: Pick<Service, 'code' | 'name'>, invented: boolean): Descriptor {
  const id = descriptorId(service.code, invented)
  const figure = (who: Answerers) => ({
    ...{
      indicator: indicatorCode(service.code, '{part}', who),
      value: 'percent',
      status: 'status',
    },
  })
  return descriptorSchema.parse({
    id,
    title: `What people say of ${service.name.toLowerCase()}: a survey`,
    publisher: invented ? 'This Plumbline (invented answers)' : 'This Plumbline',
    source: `urn:plumbline:${id}`,
    licence: 'CC0 1.0',
    invented,
    dataset: id,
    service: service.code,
    order: 60,
    match: {
      name: `^${id}-(?<month>\\d{4}-\\d{2})-(?<survey>s\\d+)\\.csv$`,
      columns: [...resultColumns],
    },
    fields: [
      { name: 'provider', constraints: { required: true } },
      { name: 'who', constraints: { required: true, enum: [...answerers] } },
      { name: 'part', constraints: { required: true, enum: [...parts] } },
      { name: 'percent', type: 'number' },
      { name: 'lower95', type: 'number' },
      { name: 'upper95', type: 'number' },
      { name: 'satisfied', type: 'integer', constraints: { minimum: 0 } },
      { name: 'answered', type: 'integer', constraints: { minimum: 1 } },
      { name: 'weighted', constraints: { required: true, enum: ['yes', 'no'] } },
      { name: 'worth', type: 'integer', constraints: { minimum: worthTo } },
      { name: 'status', constraints: { required: true, enum: ['value', 'suppressed'] } },
    ],
    period: { from: 'name', group: 'month', kind: 'month' },
    part: 'survey',
    subjects: [{ kind: 'provider', code: '{provider}', unknown: 'refuse' }],
    observations: [
      ...answerers.map((who) => ({
        when: { who: [who], weighted: ['no'] },
        ...figure(who),
        ...(who === 'sample' ? { lower95: 'lower95', upper95: 'upper95' } : {}),
        ...{ numerator: 'satisfied', denominator: 'answered' },
      })),
      // Its counts would tell, beside it, how many of each part of the sample answered, and how.
      {
        when: { who: ['sample'], weighted: ['yes'] },
        ...figure('sample'),
        ...{ lower95: 'lower95', upper95: 'upper95', denominator: 'worth' },
        ...{ roundedTo: 1, countsRoundedTo: worthTo },
      },
    ],
    disclosure: {
      rules: { threshold },
      withheld: parts.map((part) => indicatorCode(service.code, part, 'sample')),
      // Whoever leaves a question out is in the base of another; the answer overall is shown before the others.
      bases: answerers.map((who) => parts.map((part) => indicatorCode(service.code, part, who))),
    },
    notes: [
      'The period is the month in which the survey closed.',
      'Counts of 1 to 4 people, and what would give them away, are hidden when it is published; so is a question that 1 to 4 people fewer, or more, answered than another.',
      'Where the sample was drawn in parts, “worth” is how many answers of a plain sample the answers are worth, rounded down to 5. There are no counts: they would tell how few people of a part answered. What would even so is hidden in this file.',
    ],
  })
}

/** The descriptors of a service's surveys: of real answers, and of invented ones. */
export const surveyDescriptors = (
  service: Pick<Service, 'code' | 'name' | 'invented'>,
): Descriptor[] =>
  isPlain(service.code)
    ? (service.invented ? [true] : [false, true]).map((invented) => descriptorOf(service, invented))
    : []
