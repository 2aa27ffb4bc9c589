import { z } from 'zod'
import { type Indicator, indicatorKinds } from '../../../evidence/indicator.ts'
import { nameFilter } from '../../../providers/name-filter.ts'
import { filters, page } from '../list.ts'
import { type Call, list, one, oneOf, word } from '../operation.ts'
import { knownService } from './known.ts'

const item = z.strictObject({
  code: z.string().describe('It lasts: pages and files know it by this.'),
  name: z.string().describe('What it is called.'),
  service: z
    .string()
    .nullable()
    .describe('The code of its service; null for figures of places alone.'),
  topic: z.string().describe('Under which heading pages show it.'),
  unit: z.string().describe('Such as %, £ or per 1,000.'),
  kind: z
    .enum(indicatorKinds)
    .describe('What kind of number it is: by it, limits and comparisons are worked out.'),
  polarity: z.enum(['higher', 'lower', 'neither']).meta({ description: 'Which way is good.' }),
  selected: z.enum(['self', 'service']).nullable().meta({
    description:
      'Who chose those who are counted, so that its figures are shown and never compared. self: whoever wanted to. service: whom the service itself reported. Null for all others.',
  }),
  decimals: z.int().describe('How many decimals pages show; values here have all that there are.'),
  headline: z.boolean().describe('Pages show it first.'),
  why: z.string().describe('Why it matters, in a sentence.'),
  meaning: z
    .string()
    .nullable()
    .describe('How to read a value; null where the definition says all.'),
  definition: z.string().describe('What is counted, and of whom.'),
  method: z.string().describe('How values and limits come about.'),
  caveats: z.array(z.string()).describe('What to keep in mind when one reads it.'),
  labels: z
    .array(z.string())
    .nullable()
    .meta({ description: 'Of a rating: the word for each value, from 1 up.' }),
  periods: z.array(z.string()).meta({ description: 'Periods with figures, oldest first.' }),
  groups: z
    .array(z.string())
    .meta({ description: 'Groups with figures: empty for everyone, `sex=boys` and so on.' }),
  page: z.string().describe('Where its page is, on the same site.'),
})

async function described({ reader, state, indicators }: Call) {
  const keys = Map.groupBy(await reader.seriesKeys(state), (k) => k.indicator)
  return [...indicators.values()].flatMap((i) => {
    const own = keys.get(i.code)
    return own ? [lineOf(i, own)] : []
  })
}

function lineOf(i: Indicator, own: readonly { period: string; breakdown: string }[]) {
  return {
    code: i.code,
    name: i.name,
    service: i.service,
    topic: i.topic,
    unit: i.unit,
    kind: i.kind,
    polarity: i.polarity,
    selected: i.selected ?? null,
    decimals: i.decimals,
    headline: i.headline,
    why: i.why,
    meaning: i.meaning ?? null,
    definition: i.definition,
    method: i.method,
    caveats: i.caveats,
    labels: i.labels ?? null,
    periods: [...new Set(own.map((k) => k.period))].sort(),
    groups: [...new Set(own.map((k) => k.breakdown))].sort(),
    page: `/indicators/${i.code}`,
  }
}

export const indicators = list({
  id: 'listIndicators',
  path: '/indicators',
  topic: 'indicators',
  summary: 'All indicators that have figures',
  description:
    'What each measures, in which unit, which way is good, and for which periods and groups.',
  filters: {
    service: word('The code of a service.'),
    kind: oneOf(indicatorKinds, 'What kind of number it is.'),
    headline: oneOf(['yes', 'no'], 'Shown first on a provider’s page.'),
    q: word('A part of its name or code.'),
  },
  item,
  sorts: { name: (i) => i.name, code: (i) => i.code },
  example: (s) => `/indicators?service=${s.service}&headline=yes`,
  async find(call, { service, kind, headline, q }, asked) {
    const isNamed = nameFilter(q ?? '')
    return page(
      await described(call),
      filters({
        service: [knownService(call, service), (i) => i.service === service],
        kind: [kind, (i) => i.kind === kind],
        headline: [headline, (i) => i.headline === (headline === 'yes')],
        q: [q, (i) => isNamed(`${i.code} ${i.name}`)],
      }),
      asked,
      asked.sort,
    )
  },
})

export const indicator = one({
  id: 'getIndicator',
  path: '/indicators/{code}',
  topic: 'indicators',
  summary: 'One indicator',
  description: 'An indicator by its code.',
  item,
  example: (s) => `/indicators/${s.indicator}`,
  find: async (call, code) => (await described(call)).find((i) => i.code === code) ?? null,
  known: async ({ indicators: all }) => [...all.keys()],
})
