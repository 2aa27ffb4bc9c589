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

/** A value as every part of the API gives it: hidden ones are null, with their status. */
export const observationSchema = z.strictObject({
  indicator: z.string(),
  period: z.string(),
  group: z.string().meta({ description: '`` for everyone, else `sex=boys` and so on.' }),
  kind: z.enum(['provider', 'place']),
  code: z.string(),
  name: z.string(),
  closed: z.boolean(),
  status: z.enum(statuses).meta({
    description:
      '`value`, or why there is none: suppressed (hidden, since few people are behind it), missing, not-applicable, unreliable.',
  }),
  value: z.number().nullable(),
  lower95: z.number().nullable(),
  upper95: z.number().nullable(),
  lower998: z.number().nullable(),
  upper998: z.number().nullable(),
  method: z.enum(intervalMethods).nullable().meta({ description: 'How the limits came about.' }),
  numerator: z.number().nullable().meta({
    description:
      'Null where nobody gives it; never given of a weighted share (method published-weighted), since beside it counts would tell how a few people answered.',
  }),
  denominator: z.number().nullable().meta({
    description:
      'Of a weighted share (method published-weighted): how many answers of a plain sample the answers are worth, rounded down.',
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
