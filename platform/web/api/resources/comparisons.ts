import { z } from 'zod'
import { comparators, type Figure, type SubjectPage } from '../../../comparison/figures.ts'
import { chunked, chunkedInOrder } from '../chunks.ts'
import { filters } from '../list.ts'
import { codeList, list, oneOf, word } from '../operation.ts'
import { knownIndicator } from './known.ts'
import { compared } from './observation.ts'

const item = z.strictObject({
  indicator: z.string().describe('The code of the indicator.'),
  period: z
    .string()
    .describe('Such as 2022-23, 2024 or 2024-03, as the indicator names its periods.'),
  group: z.string().describe('Empty for everyone, else `sex=boys` and so on.'),
  kind: z.enum(['provider', 'place']).describe('Whether it is about a provider or a place.'),
  code: z.string().describe('The code of the provider or place.'),
  value: z
    .number()
    .nullable()
    .describe('The figure that is compared, in the unit of the indicator.'),
  against: z.enum(comparators).meta({
    description: 'The whole, its region, its area, the most similar (peers), or its own past.',
  }),
  name: z.string().meta({ description: '“England”, “30 similar practices”, “2017-18”.' }),
  other: z.number().meta({ description: 'The value that it is held against.' }),
  otherLower95: z
    .number()
    .nullable()
    .describe('The lower end of the 95% interval of that value; null where there is none.'),
  otherUpper95: z
    .number()
    .nullable()
    .describe('The upper end of the 95% interval of that value; null where there is none.'),
  origin: z
    .enum(['published', 'pooled', 'weighted-mean', 'mean'])
    .describe(
      'How that value came about: published by a source, pooled from counts, or a mean of others, weighted or plain.',
    ),
  direction: z
    .union([z.literal(-2), z.literal(-1), z.literal(0), z.literal(1), z.literal(2)])
    .nullable()
    .meta({
      description:
        'Higher (1, 2) or lower (-1, -2): 2 is sure at 99.8%, 1 at 95%, 0 is similar; null: not enough data to say.',
    }),
  words: z
    .string()
    .nullable()
    .describe(
      'The same in words, as pages say it: better, similar, much lower ... Null: not enough data to say.',
    ),
})

interface Compared {
  readonly subject: SubjectPage
  readonly figure: Figure
  readonly comparison: Figure['comparisons'][number]
}

const subjects = codeList(
  'Codes of providers or places, with commas between, 100 at most; at least one.',
)

export const comparisons = list({
  id: 'listComparisons',
  path: '/comparisons',
  topic: 'comparisons',
  summary: 'How providers and places do beside others',
  description:
    'What each figure of the providers or places that are named is held against: the whole, the region, the area, the most similar, its own past. How every provider does beside the whole is in `comparedWithWhole` of /observations.',
  filters: {
    subject: subjects.unwrap().meta({ description: subjects.description ?? '' }),
    indicator: word('The code of an indicator.'),
    period: word('A period.'),
    group: word('A group; empty for everyone.'),
    against: oneOf(comparators, 'Held against what.'),
  },
  item,
  sorts: {
    code: (c) => c.code,
    indicator: (c) => c.indicator,
    period: (c) => c.period,
    value: (c) => c.value,
    other: (c) => c.other,
    direction: (c) => c.direction,
  },
  example: (s) => `/comparisons?subject=${s.provider}&indicator=${s.indicator}`,
  async find(call, { subject: subjects, indicator, period, group, against }, asked) {
    const { reader, state, indicators } = call
    knownIndicator(call, indicator)
    const chunks = {
      count: subjects.length,
      async load(at: number) {
        const subject = await reader.subject(state, subjects[at] ?? '')
        return (subject?.series ?? []).flatMap((s) =>
          s.figures.flatMap((figure) =>
            figure.comparisons.map((comparison) => ({
              subject: subject as SubjectPage,
              figure,
              comparison,
            })),
          ),
        )
      },
      sent: filters<never>({ subject: [subjects, () => true] }),
      narrowing: filters<Compared>({
        indicator: [indicator, (c) => c.figure.indicator === indicator],
        period: [period, (c) => c.figure.period === period],
        group: [group, (c) => c.figure.breakdown === group],
        against: [against, (c) => c.comparison.against === against],
      }),
      line: ({ subject, figure, comparison: c }: Compared) => ({
        indicator: figure.indicator,
        period: figure.period,
        group: figure.breakdown,
        kind: subject.kind,
        code: subject.code,
        value: figure.value,
        against: c.against,
        name: c.name,
        other: c.value,
        otherLower95: c.limits95?.lower95 ?? null,
        otherUpper95: c.limits95?.upper95 ?? null,
        origin: c.origin,
        direction: c.direction,
        words: compared(indicators.get(figure.indicator), c.direction),
      }),
    }
    return asked.sort ? chunkedInOrder(chunks, asked, asked.sort) : chunked(chunks, asked)
  },
})
