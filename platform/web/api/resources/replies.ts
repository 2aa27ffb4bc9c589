import { z } from 'zod'
import { matterKinds } from '../../../replies/matter.ts'
import { filters, page } from '../list.ts'
import { codeList, list, oneOf } from '../operation.ts'

const matter = {
  provider: z.string().describe('The code of the provider.'),
  kind: z.enum(matterKinds).meta({ description: 'What it is about.' }),
  about: z.string().meta({
    description:
      'The code of the service whose card it is, of the indicator or the standard; or the key of the signal.',
  }),
  period: z
    .string()
    .meta({ description: 'Of what it was about when it was given; empty for none.' }),
}

const reply = z.strictObject({
  ...matter,
  state: z.enum(['given', 'withdrawn']).describe('Whether it stands, or was withdrawn.'),
  role: z.string().meta({ description: 'What whoever replied is to the provider.' }),
  name: z.string().nullable().meta({ description: 'Only where they chose to give it.' }),
  date: z.string().describe('The day on which it was last given or changed.'),
  text: z.string().nullable().meta({ description: 'Null once it has been withdrawn.' }),
  why: z
    .string()
    .nullable()
    .meta({ description: 'Why it was withdrawn; null once that was erased.' }),
  versions: z.int().meta({ description: 'How often it was given or changed.' }),
  entry: z.int().meta({ description: 'The number of its entry on the public record.' }),
})

const about = {
  provider: codeList('Codes of providers, with commas between, 100 at most.'),
  kind: oneOf(matterKinds, 'What it is about.'),
}

export const replies = list({
  id: 'listReplies',
  path: '/replies',
  topic: 'replies',
  summary: 'What providers say of what is said of them',
  description:
    'Each reply with its last version, by provider, the oldest first. Of one that was withdrawn the words are gone.',
  filters: about,
  item: reply,
  sorts: { date: (r) => r.date },
  example: () => '/replies',
  async find({ reader, state }, { provider, kind }, asked) {
    const rows = (await reader.replies.replies(state)).map(({ last, acts, ...r }) => ({
      ...{ provider: r.provider, kind: r.kind, about: r.about },
      ...{ period: last.period, state: last.act, role: last.role, name: last.name },
      ...{ date: last.on, text: last.text, why: last.why, entry: last.entry },
      versions: acts.filter((a) => a.act === 'given').length,
    }))
    return page(
      rows,
      filters<(typeof rows)[number]>({
        provider: [provider, (r) => provider?.includes(r.provider) === true],
        kind: [kind, (r) => r.kind === kind],
      }),
      asked,
      asked.sort,
    )
  },
})

const outcomes = ['waiting', 'accepted', 'refused'] as const

const correction = z.strictObject({
  id: z.int().describe('Its number.'),
  ...matter,
  role: z.string().meta({ description: 'What whoever asked is to the provider.' }),
  askedOn: z.string().describe('The day on which it was asked for.'),
  due: z.string().meta({ description: 'By the end of which day it is to be answered.' }),
  outcome: z.enum(outcomes).describe('What became of it.'),
  answeredOn: z.string().nullable().describe('The day of the answer; null while it waits.'),
  release: z.int().nullable().meta({ description: 'The release that corrects.' }),
  why: z.string().nullable().meta({
    description: 'The reason of the answer; null where none was given, or it was erased.',
  }),
  wrong: z.string().nullable().meta({ description: 'Null where the words are not public.' }),
  rightIs: z
    .string()
    .nullable()
    .describe('What is right, as whoever asked says; null where the words are not public.'),
  evidence: z
    .string()
    .nullable()
    .describe('What shows it, as whoever asked says; null where the words are not public.'),
  page: z.string().describe('Where its page is, on the same site.'),
})

export const corrections = list({
  id: 'listCorrections',
  path: '/corrections',
  topic: 'replies',
  summary: 'Corrections that were asked for',
  description: 'Each request with its answer, the newest first.',
  filters: { ...about, outcome: oneOf(outcomes, 'What became of it.') },
  item: correction,
  sorts: { due: (c) => c.due },
  example: () => '/corrections',
  async find({ reader, state }, { provider, kind, outcome }, asked) {
    const rows = (await reader.replies.corrections(state)).map((c) => ({
      ...{ id: c.id, provider: c.provider, kind: c.kind, about: c.about, period: c.period },
      ...{ role: c.role, askedOn: c.askedOn, due: c.due },
      outcome: c.answer?.outcome ?? ('waiting' as const),
      answeredOn: c.answer?.on ?? null,
      release: c.answer?.release ?? null,
      why: c.answer?.why ?? null,
      ...(c.words ?? { wrong: null, rightIs: null, evidence: null }),
      page: `/corrections/${c.id}`,
    }))
    return page(
      rows,
      filters<(typeof rows)[number]>({
        provider: [provider, (r) => provider?.includes(r.provider) === true],
        kind: [kind, (r) => r.kind === kind],
        outcome: [outcome, (r) => r.outcome === outcome],
      }),
      asked,
      asked.sort,
    )
  },
})
