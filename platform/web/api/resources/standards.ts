import { z } from 'zod'
import { type Judgement, outcomes, reasons } from '../../../standards/judge.ts'
import { type Standard, standardKinds, standardSchema } from '../../../standards/standard.ts'
import { stateIn } from '../../../standards/store.ts'
import { filters, orderOf, page } from '../list.ts'
import { type Call, codeList, list, one, oneOf, word } from '../operation.ts'
import { known, knownPlace, knownService } from './known.ts'

const item = z.strictObject({
  ...standardSchema.shape,
  to: z
    .string()
    .nullable()
    .describe('The last period that it is held against; null where it goes on.'),
  of: z
    .enum(['providers', 'places'])
    .describe('Whom it binds: the providers of the service, or places.'),
  breakdown: z
    .string()
    .describe('The group whose figure it judges, as `group` of /observations: empty for everyone.'),
  alternatives: z.array(z.array(z.string())).meta({
    description: 'Other ways to meet it: all standards of one list. Empty where there is none.',
  }),
  fewest: z.int().nullable().meta({ description: 'Figures of fewer are not judged.' }),
  caveat: z.string().nullable().meta({ description: 'What a judgement by it leaves out.' }),
  state: z.string().meta({ description: 'Where its life has come to: draft, adopted ...' }),
  judged: z.array(z.string()).meta({ description: 'Periods that it has judged, oldest first.' }),
  page: z.string().describe('Where its page is, on the same site.'),
})

const lineOf = (standard: Standard, state: string, judged: readonly string[]) => ({
  ...standard,
  to: standard.to ?? null,
  alternatives: standard.alternatives ?? [],
  fewest: standard.fewest ?? null,
  caveat: standard.caveat ?? null,
  state,
  judged: [...judged],
  page: `/standards/${standard.code}`,
})

async function described({ reader, state }: Call) {
  const all = await reader.standards.all(state)
  return [...all.values()].map(({ standard, periods }) =>
    lineOf(
      standard,
      stateIn(standard, state),
      periods.map((p) => p.period),
    ),
  )
}

export const standards = list({
  id: 'listStandards',
  path: '/standards',
  topic: 'standards',
  summary: 'All standards',
  description: 'Who set each, on what, where the line lies, and what follows.',
  filters: {
    service: word('The code of a service.'),
    kind: oneOf(standardKinds, 'Floor, excellence, entitlement or ambition.'),
  },
  item,
  sorts: { name: (s) => s.name, code: (s) => s.code },
  example: (s) => `/standards?service=${s.service}`,
  find: async (call, { service, kind }, asked) =>
    page(
      await described(call),
      filters({
        service: [knownService(call, service), (s) => s.service === service],
        kind: [kind, (s) => s.kind === kind],
      }),
      asked,
      asked.sort,
    ),
})

export const standard = one({
  id: 'getStandard',
  path: '/standards/{code}',
  topic: 'standards',
  summary: 'One standard',
  description: 'A standard by its code, with the steps of its life.',
  item,
  example: (s) => `/standards/${s.standard}`,
  find: async (call, code) => (await described(call)).find((s) => s.code === code) ?? null,
  known: async ({ reader, state }) => [...(await reader.standards.all(state)).keys()],
})

const judgement = z.strictObject({
  standard: z.string().describe('The code of the standard.'),
  kind: z.enum(standardKinds).describe('What the standard is for.'),
  period: z
    .string()
    .describe('Such as 2022-23, 2024 or 2024-03, as the indicator names its periods.'),
  code: z.string().meta({ description: 'Of the provider or place that was judged.' }),
  threshold: z
    .number()
    .describe('Where the line lay in that period, in the unit of the indicator.'),
  outcome: z
    .enum(outcomes)
    .describe('met and not met are sure at 95%; not shown either way is not.'),
  reason: z.enum(reasons).nullable().meta({ description: 'Why it was not judged.' }),
  probabilityBelow: z
    .number()
    .nullable()
    .meta({ description: 'That the true value lies below the threshold, 0 to 1.' }),
})

interface JudgedOne {
  readonly s: Standard
  readonly p: { readonly period: string; readonly threshold: number }
  readonly judged: string
  readonly j: Judgement
}

const judgementLine = ({ s, p, judged, j }: JudgedOne): z.output<typeof judgement> => ({
  standard: s.code,
  kind: s.kind,
  period: p.period,
  code: judged,
  threshold: p.threshold,
  outcome: j.outcome,
  reason: j.reason === '' ? null : j.reason,
  probabilityBelow: j.below,
})

export const judgements = list({
  id: 'listJudgements',
  path: '/judgements',
  topic: 'judgements',
  summary: 'Who met which standard',
  description:
    'One row for each standard, period and provider or place that it binds. In the order of standards, periods and codes.',
  filters: {
    standard: word('The code of a standard.'),
    service: word('The code of a service.'),
    kind: oneOf(standardKinds, 'Of which kind of standard.'),
    period: word('A period.'),
    subject: codeList('Codes of providers or places, with commas between, 100 at most.'),
    within: word('The code of a place: only providers and places that lie in it.'),
    outcome: oneOf(outcomes, 'What was found.'),
  },
  item: judgement,
  sorts: {
    code: (j) => j.code,
    standard: (j) => j.standard,
    period: (j) => j.period,
    outcome: (j) => j.outcome,
    probabilityBelow: (j) => j.probabilityBelow,
  },
  example: (s) => `/judgements?standard=${s.standard}&limit=5`,
  async find(call, query, asked) {
    const { standard: code, service, kind, period, subject, within, outcome } = query
    const all = await call.reader.standards.all(call.state)
    known('standard', code, () => [...all.keys()])
    knownService(call, service)
    const inside = await codesWithin(call, within)
    const rows = [...all.values()].flatMap(({ standard: s, periods }) =>
      periods.flatMap((p) => [...p.judgements].map(([judged, j]) => ({ s, p, judged, j }))),
    )
    const found = page(
      rows,
      filters<(typeof rows)[number]>({
        standard: [code, ({ s }) => s.code === code],
        service: [service, ({ s }) => s.service === service],
        kind: [kind, ({ s }) => s.kind === kind],
        period: [period, ({ p }) => p.period === period],
        subject: [subject, ({ judged }) => subject?.includes(judged) === true],
        within: [within, ({ judged }) => inside?.has(judged) === true],
        outcome: [outcome, ({ j }) => j.outcome === outcome],
      }),
      asked,
      orderOf(asked.sort, judgementLine),
    )
    return { ...found, rows: found.rows.map(judgementLine) }
  },
})

/** Codes of all that lie in a place; null where none is asked for. */
export async function codesWithin(call: Call, place: string | undefined) {
  if (place === undefined) return null
  await knownPlace(call, place)
  const { register } = call.reader
  const all = [...(await register.providers(call.state)), ...(await register.places(call.state))]
  return new Set(all.filter((r) => r.within.includes(place)).map((r) => r.code))
}
