import { intervalMethods } from '../comparison/figures.ts'
import { statuses } from '../evidence/descriptor.ts'

/** A column of the observations: the one source of every header, schema and description of them. */
export interface Column {
  readonly name: string
  readonly type: 'string' | 'number' | 'integer' | 'date'
  readonly title: string
  readonly description: string
  /** It has a value in every row. */
  readonly required?: true
  /** The only values that it can have. */
  readonly among?: readonly string[]
}

/** In the order in which every file has them. New columns are added at the end, none is ever moved. */
export const columns = [
  {
    name: 'indicator',
    type: 'string',
    title: 'Indicator',
    description: 'The code of what is measured; its definition is in the indicators.',
    required: true,
  },
  {
    name: 'subject_kind',
    type: 'string',
    title: 'Kind of subject',
    description: 'Whether the figure is about a provider or a place.',
    required: true,
    among: ['provider', 'place'],
  },
  {
    name: 'subject',
    type: 'string',
    title: 'Subject',
    description: 'The lasting code of the provider or place.',
    required: true,
  },
  {
    name: 'subject_name',
    type: 'string',
    title: 'Name',
    description: 'What the provider or place is called; its code where no register names it.',
    required: true,
  },
  {
    name: 'service',
    type: 'string',
    title: 'Service',
    description: 'The code of the service that a provider belongs to; empty for places.',
  },
  {
    name: 'period',
    type: 'string',
    title: 'Period',
    description: 'Such as 2018-19 (a financial or school year), 2018, 2018-03 or 2018-03-31.',
    required: true,
  },
  {
    name: 'period_start',
    type: 'date',
    title: 'First day',
    description: 'The first day of the period; empty where nobody has said what kind it is of.',
  },
  {
    name: 'period_end',
    type: 'date',
    title: 'Last day',
    description: 'The last day of the period.',
  },
  {
    name: 'breakdown',
    type: 'string',
    title: 'Group',
    description:
      'Empty for everyone, else the group, such as sex=boys; dimensions are joined by semicolons.',
  },
  {
    name: 'status',
    type: 'string',
    title: 'Status',
    description:
      'Whether there is a value, or why there is none. Only rows with the status "value" have one.',
    required: true,
    among: statuses,
  },
  {
    name: 'value',
    type: 'number',
    title: 'Value',
    description: 'In the unit of the indicator. Empty (never 0) where there is none.',
  },
  {
    name: 'lower95',
    type: 'number',
    title: 'Lower limit, 95%',
    description: 'Lower end of the 95% interval; empty where there is none.',
  },
  {
    name: 'upper95',
    type: 'number',
    title: 'Upper limit, 95%',
    description: 'Upper end of the 95% interval.',
  },
  {
    name: 'lower998',
    type: 'number',
    title: 'Lower limit, 99.8%',
    description: 'Lower end of the 99.8% interval.',
  },
  {
    name: 'upper998',
    type: 'number',
    title: 'Upper limit, 99.8%',
    description: 'Upper end of the 99.8% interval.',
  },
  {
    name: 'interval',
    type: 'string',
    title: 'Interval',
    description:
      'How the limits came about: as the source published them, or by which method from its counts.',
    among: intervalMethods,
  },
  {
    name: 'numerator',
    type: 'number',
    title: 'Numerator',
    description: 'How many of the denominator; a fraction where worked back from a percentage.',
  },
  {
    name: 'denominator',
    type: 'number',
    title: 'Denominator',
    description: 'Out of how many.',
  },
  {
    name: 'rounded_to',
    type: 'number',
    title: 'Rounded to',
    description: 'The step to which the source rounded the value before it published it.',
  },
  {
    name: 'note',
    type: 'string',
    title: 'Note',
    description: 'What the source says of this one value.',
  },
  {
    name: 'release',
    type: 'integer',
    title: 'Release',
    description: 'The number of the release that the figure comes from.',
    required: true,
  },
  {
    name: 'counts_rounded_to',
    type: 'number',
    title: 'Counts rounded to',
    description:
      'Numerator and denominator were rounded to multiples of this when they were published, so that nobody can be known by them, and the value follows from them; of a rate, the numerator alone. Of a weighted share (interval published-weighted) there is no numerator, and the denominator is what its answers are worth, rounded down.',
  },
] as const satisfies readonly Column[]

export type ColumnName = (typeof columns)[number]['name']
