import { z } from 'zod'
import { helpedOf } from '../../../stories/helped.ts'
import {
  becameKinds,
  type StoriesFilter,
  type Story,
  type StoryOrder,
} from '../../../stories/store.ts'
import { feelingCodes, themeCodes } from '../../../stories/story.ts'
import { start } from '../cursor.ts'
import { type Emptied, emptiedBy } from '../list.ts'
import { type Call, list, oneOf, word } from '../operation.ts'
import { Refused } from '../problem.ts'
import { knownService, nearSubject } from './known.ts'

const changeStates = ['unread', 'planned', 'refused', 'made', 'dropped'] as const

const story = z.strictObject({
  id: z.int().describe('Its number.'),
  provider: z.string().describe('The code of the provider that it is about.'),
  service: z.string().describe('The code of the service.'),
  publishedOn: z.string().describe('The day on which it was published.'),
  themes: z.array(z.string()).meta({ description: 'What it is about, as a moderator says.' }),
  feelings: z.array(z.string()).meta({ description: 'How it felt, as its teller says.' }),
  teller: z.string().meta({ description: 'Who tells it: self, family, carer or other.' }),
  month: z.string().meta({ description: 'When it was, such as 2026-11; empty for not said.' }),
  happened: z.string().describe('What happened, in its teller’s words.'),
  good: z.string().describe('What was good, in its teller’s words; empty where nothing was said.'),
  better: z
    .string()
    .describe('What could be better, in its teller’s words; empty where nothing was said.'),
  due: z.string().nullable().meta({ description: 'By the end of which day a reply is due.' }),
  repliedOn: z.string().nullable().meta({ description: 'The day of the first reply that counts.' }),
  reply: z.string().nullable().describe('The words of the reply; null where there is none.'),
  replyBy: z.string().nullable().describe('What whoever replied is to the provider.'),
  replyCounts: z.boolean().nullable().meta({
    description:
      'Whether that reply counts: false where a moderator says that it does not answer the story.',
  }),
  change: z.string().nullable().meta({
    description: 'What a reply says will change; null until a moderator has read it.',
  }),
  changeBy: z
    .string()
    .nullable()
    .describe('The day by which it is to change; null where none was said.'),
  changeState: z
    .enum(changeStates)
    .nullable()
    .meta({ description: 'Whether a moderator has read it, and what became of it.' }),
  changeEndedOn: z
    .string()
    .nullable()
    .describe('The day on which it was made or dropped; null before.'),
  helped: z
    .enum(['yes', 'partly', 'no'])
    .nullable()
    .meta({ description: 'Whether it helped, by its teller.' }),
  helpedOf: z
    .enum(['reply', 'change'])
    .nullable()
    .meta({ description: 'What that was said of: the reply, or the change that was made.' }),
  page: z.string().describe('Where its page is, on the same site.'),
})

function rowOf({ standing: s, words, ...about }: Story): z.output<typeof story> {
  const { id, provider, service, feelings, teller, month } = about
  return {
    ...{ id, provider, service, teller, month, feelings: [...feelings] },
    publishedOn: s.published?.on ?? '',
    themes: [...(s.published?.themes ?? [])],
    ...(words ?? { happened: '', good: '', better: '' }),
    ...{ due: s.due, repliedOn: s.firstReply?.on ?? null },
    ...{ reply: s.reply?.text ?? null, replyBy: s.reply?.role ?? null },
    replyCounts: s.reply && s.replies.at(-1)?.aside === null,
    ...{ change: s.change?.what ?? null, changeBy: s.change?.by ?? null },
    changeState: s.change?.state ?? null,
    changeEndedOn: s.change?.ended?.on ?? null,
    ...{ helped: s.helped?.answer ?? null, helpedOf: s.helped && helpedOf(s) },
    page: `/stories/${id}`,
  }
}

/** The filter after which nothing was left. */
async function emptied({ reader, state }: Call, filter: StoriesFilter): Promise<Emptied | null> {
  let before = (await reader.stories.counts(state, {})).published
  const sent: Record<string, string> = {}
  for (const [parameter, value] of Object.entries(filter)) {
    if (typeof value !== 'string' || value === '') continue
    sent[parameter] = value
    const { total } = await reader.stories.list(state, { ...sent, size: 1 })
    if (total === 0 && before > 0) {
      return emptiedBy({ parameter, sent: value, keeps: () => false }, before)
    }
    before = total
  }
  return null
}

/** @throws Refused where nobody has a code, or had it, with the one that is most like it. */
async function someProvider(call: Call, code: string): Promise<void> {
  const { reader, state } = call
  if ((await reader.subject(state, code))?.kind === 'provider') return
  if ((await reader.ended(state, code)) !== null) return
  const near = await nearSubject(call, 'provider', code)
  const sent = code.slice(0, 200)
  const like = near ? ` Most like it is ${near.code}, ${near.name}.` : ''
  throw new Refused('unknown-value', 400, `No provider has the code “${sent}”.${like}`, {
    ...{ parameter: 'provider', sent },
    ...(near ? { nearest: near.code } : {}),
  })
}

export const stories = list({
  id: 'listStories',
  path: '/stories',
  topic: 'replies',
  summary: 'What people tell of services',
  description:
    'Published stories with their replies and what changed, the newest first. Who tells a story chooses to: they say what happened, not how often.',
  filters: {
    provider: word('The code of a provider.'),
    service: word('The code of a service.'),
    place: word('The code of a place that the provider lay in when the story was told.'),
    theme: oneOf(themeCodes, 'What it is about.'),
    feeling: oneOf(feelingCodes, 'How it felt.'),
    became: oneOf(
      becameKinds.filter((b) => b !== '') as ['no-reply', 'replied', 'planned', 'changed'],
      'What became of it.',
    ),
    q: word('A part of its words.'),
  },
  item: story,
  sorts: { publishedOn: (s) => s.publishedOn, id: (s) => s.id },
  example: () => '/stories',
  async find(call, asked, { from, limit, sort }) {
    const { reader, state } = call
    knownService(call, asked.service)
    if (asked.provider !== undefined) await someProvider(call, asked.provider)
    const filter = Object.fromEntries(
      Object.entries(asked).filter(([, value]) => value !== undefined && value !== ''),
    ) as StoriesFilter
    const offset = from.place
    const order = sort && { by: sort.name as StoryOrder['by'], descending: sort.descending }
    const wanted = { ...filter, size: limit, offset, ...(order ? { order } : {}) }
    const found = await reader.stories.list(state, wanted)
    const end = offset + limit
    return {
      rows: found.stories.map(rowOf),
      total: found.total,
      next: end < found.total ? { ...start, place: end, empty: null } : null,
      emptied: found.total === 0 ? await emptied(call, filter) : null,
    }
  },
})
