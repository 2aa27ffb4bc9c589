import { z } from 'zod'
import { gapFigures, gapMeasures } from '../../../fairness/gap-figures.ts'
import { filters, page } from '../list.ts'
import { list, oneOf, word } from '../operation.ts'
import { known, knownIndicator, knownService } from './known.ts'

const item = z.strictObject({
  service: z.string().describe('The code of the service.'),
  indicator: z.string().describe('The code of the indicator.'),
  period: z
    .string()
    .describe('Such as 2022-23, 2024 or 2024-03, as the indicator names its periods.'),
  measure: z.enum(gapMeasures).meta({
    description:
      'A mean of a fifth or a group, a figure of a tenth as its source gives it, a gap, a ratio, a slope, the share of a spread that is more than chance (0 to 1), or the change of a gap.',
  }),
  of: z.string().meta({
    description: '“fifth 1 less fifth 5” (1 is the most deprived), “sex=boys less sex=girls”.',
  }),
  value: z.number().meta({ description: 'In the indicator’s unit, but for ratios and shares.' }),
  lower95: z.number().describe('The lower end of its 95% interval.'),
  upper95: z.number().describe('The upper end of its 95% interval.'),
  providers: z.number().nullable().meta({
    description: 'How many it rests on; null where it rests on people that a source counted.',
  }),
  since: z.string().nullable().meta({ description: 'Of a change: the period before.' }),
  way: z
    .enum(['narrowed', 'widened', 'turned', 'uncertain'])
    .nullable()
    .meta({ description: 'Of a change: which way; uncertain where the data cannot tell.' }),
  page: z.string().describe('Where the page is that shows it.'),
})

export const fairness = list({
  id: 'listFairness',
  path: '/fairness',
  topic: 'fairness',
  summary: 'Gaps by deprivation and between groups',
  description:
    'One row for each figure of fairness: means of fifths and groups, their gaps, ratios and slopes, how much of a spread is more than chance, and how gaps changed. In the order in which indicators were declared, then by period.',
  filters: {
    service: word('The code of a service.'),
    indicator: word('The code of an indicator.'),
    period: word('A period.'),
    measure: oneOf(gapMeasures, 'What kind of figure.'),
  },
  item,
  sorts: {
    indicator: (f) => f.indicator,
    period: (f) => f.period,
    measure: (f) => f.measure,
    value: (f) => f.value,
  },
  example: (s) => `/fairness?service=${s.service}&measure=gap&limit=5`,
  async find(call, { service, indicator, period, measure }, asked) {
    knownService(call, service)
    knownIndicator(call, indicator)
    const all = await call.reader.fairness.all(call.state)
    const rows = [...all.values()].flatMap((found) =>
      gapFigures(found).map(({ lower, upper, ...f }) => ({
        service: found.declared.service,
        indicator: found.indicator,
        ...f,
        lower95: lower,
        upper95: upper,
        page: `/indicators/${encodeURIComponent(found.indicator)}/fairness`,
      })),
    )
    known('period', period, () => [...new Set(rows.map((r) => r.period))].sort())
    return page(
      rows,
      filters<(typeof rows)[number]>({
        service: [service, (r) => r.service === service],
        indicator: [indicator, (r) => r.indicator === indicator],
        period: [period, (r) => r.period === period],
        measure: [measure, (r) => r.measure === measure],
      }),
      asked,
      asked.sort,
    )
  },
})
