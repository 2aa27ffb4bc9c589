import { z } from 'zod'
import {
  type Direction,
  type Figure,
  type IndicatorRow,
  intervalMethods,
  type SubjectPage,
} from '../../../comparison/figures.ts'
import type { SeriesName } from '../../../comparison/reader.ts'
import { short } from '../../../comparison/sheet.ts'
import { statuses } from '../../../evidence/descriptor.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import { word as comparisonWord } from '../../words.ts'

const limitWords =
  'How the limits came about: as the source published them (published, -rescaled, -weighted), or from counts by Wilson’s method (of shares) or Byar’s (of rates); -rounded: from rounded numbers, the widest that fit. Null where there are none.'

/** A value as every part of the API gives it: hidden ones are null, with their status. */
export const observationSchema = z.strictObject({
  indicator: z.string().describe('The code of the indicator.'),
  period: z
    .string()
    .describe('Such as 2022-23, 2024 or 2024-03, as the indicator names its periods.'),
  group: z.string().meta({ description: 'Empty for everyone, else `sex=boys` and so on.' }),
  kind: z.enum(['provider', 'place']).describe('Whether it is about a provider or a place.'),
  code: z.string().describe('The code of the provider or place.'),
  name: z
    .string()
    .describe('What the provider or place is called; its code where no register names it.'),
  closed: z.boolean().describe('The provider has closed. Its figures stay.'),
  status: z.enum(statuses).meta({
    description:
      '`value`, or why there is none: suppressed (hidden, since few people are behind it), missing, not-applicable, unreliable.',
  }),
  value: z
    .number()
    .nullable()
    .describe(
      'In the unit of the indicator. Null where there is none: `status` says why. Never 0 for a hidden one.',
    ),
  lower95: z
    .number()
    .nullable()
    .describe('The lower end of the 95% interval; null where there is none.'),
  upper95: z
    .number()
    .nullable()
    .describe('The upper end of the 95% interval; null where there is none.'),
  lower998: z
    .number()
    .nullable()
    .describe(
      'The lower end of the 99.8% interval, by which much better and much worse are told; null where there is none.',
    ),
  upper998: z
    .number()
    .nullable()
    .describe('The upper end of the 99.8% interval; null where there is none.'),
  method: z.enum(intervalMethods).nullable().meta({ description: limitWords }),
  numerator: z.number().nullable().meta({
    description:
      'How many of the denominator; null where nobody gives it. Never given of a weighted share (method published-weighted), since beside it counts would tell how a few people answered.',
  }),
  denominator: z.number().nullable().meta({
    description:
      'Out of how many; null where nobody gives it. Of a weighted share (method published-weighted): how many answers of a plain sample the answers are worth, rounded down.',
  }),
  countsRoundedTo: z.int().nullable().meta({
    description:
      'Counts were rounded to multiples of this when they were published, and the value and its limits follow from them; of a weighted share, what its answers are worth was rounded down. Null where they were not.',
  }),
  comparedWithWhole: z.string().nullable().meta({
    description:
      'much better, better, similar, worse, much worse (higher and lower where neither is good); null where nobody can say.',
  }),
  note: z.string().nullable().meta({ description: 'What the source says of this one value.' }),
  release: z.int().meta({ description: 'The number of the release that it comes from.' }),
})
export type Observation = z.infer<typeof observationSchema>

/** "much better"; null where nobody can say. */
export const compared = (
  indicator: Indicator | undefined,
  direction: Direction | null,
): string | null =>
  indicator === undefined || direction === null ? null : comparisonWord(indicator, direction).word

type Numbers = Pick<Figure, 'limits' | 'numerator' | 'denominator' | 'status' | 'value'>

const limit = (x: number | undefined): number | null => (x === undefined ? null : short(x))

/** Limits have six places, as sheets keep them: the same whichever way somebody asks. */
const numbers = ({ status, value, limits, numerator, denominator }: Numbers) => ({
  status,
  value,
  lower95: limit(limits?.lower95),
  upper95: limit(limits?.upper95),
  lower998: limit(limits?.lower998),
  upper998: limit(limits?.upper998),
  method: limits?.method ?? null,
  numerator,
  denominator,
})

/** To what counts were rounded, by release and indicator. */
export type Rounded = (release: number, indicator: string) => number | null

/** A row of an indicator's table. */
export function ofRow(
  name: SeriesName,
  row: IndicatorRow,
  indicator: Indicator | undefined,
  rounded: Rounded,
): Observation {
  return {
    indicator: name.indicator,
    period: name.period,
    group: name.breakdown,
    kind: row.kind,
    code: row.code,
    name: row.name,
    closed: row.closed,
    ...numbers(row),
    countsRoundedTo: rounded(row.release, name.indicator),
    comparedWithWhole: compared(indicator, row.direction),
    note: row.note,
    release: row.release,
  }
}

/** A figure of a provider's or a place's own sheet. */
export function ofFigure(
  subject: SubjectPage,
  figure: Figure,
  indicator: Indicator | undefined,
  rounded: Rounded,
): Observation {
  const whole = figure.comparisons.find((c) => c.against === 'whole')
  return {
    indicator: figure.indicator,
    period: figure.period,
    group: figure.breakdown,
    kind: subject.kind,
    code: subject.code,
    name: subject.name,
    closed: subject.closed,
    ...numbers(figure),
    countsRoundedTo: rounded(figure.release, figure.indicator),
    comparedWithWhole: compared(indicator, whole?.direction ?? null),
    note: figure.note,
    release: figure.release,
  }
}
