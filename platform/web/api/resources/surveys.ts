import { z } from 'zod'
import { questionsOf } from '../../../surveys/instrument.ts'
import { parts, questionTypes } from '../../../surveys/question.ts'
import type { KnownSurvey } from '../../../surveys/reader.ts'
import { releaseOf } from '../../survey-release.ts'
import { filters, page } from '../list.ts'
import { type Call, list, one, word } from '../operation.ts'
import { knownService } from './known.ts'

const words = z.strictObject({
  en: z.string().describe('In English.'),
  cy: z.string().describe('In Welsh.'),
})
const question = z.strictObject({
  code: z.string().meta({ description: 'It lasts: the same question has it in every survey.' }),
  type: z.enum(questionTypes).describe('How it is answered.'),
  part: z
    .enum(parts)
    .nullable()
    .meta({ description: 'What it is about, so that services compare.' }),
  words: words.describe('What is asked.'),
  options: z
    .array(
      z.strictObject({
        code: z.string().describe('It lasts, as the code of its question does.'),
        words: words.describe('What can be answered.'),
      }),
    )
    .describe('What can be answered, in order; empty where people write.'),
})

const ways = ['link', 'poster', 'kiosk', 'letter', 'email', 'appointment'] as const
const people = (who: string) =>
  z
    .int()
    .nullable()
    .meta({
      description: `${who}, rounded down to the next 5; null for fewer, and while it is open.`,
    })

const survey = z.strictObject({
  id: z.string().describe('Its number.'),
  title: z.string().describe('What it is called.'),
  service: z.string().describe('The code of the service.'),
  opens: z.string().meta({ description: 'Its first day.' }),
  closes: z.string().meta({ description: 'Its last day, as it was planned.' }),
  endedOn: z.string().nullable().meta({ description: 'The day on which it was ended before.' }),
  invented: z.boolean().describe('It is of the example area: nobody real was asked.'),
  instrument: z.string().meta({ description: 'Of which standard questions it is made.' }),
  questions: z.array(question).describe('What is asked, in order.'),
  ways: z.array(z.enum(ways)).meta({ description: 'How people come to it.' }),
  providers: z.int().meta({ description: 'How many it is about.' }),
  invited: z.int().meta({ description: 'How many people were drawn by lot and invited.' }),
  sampled: people('Of those who were drawn by lot and invited, how many answered'),
  appointment: people('Of those who were asked after an appointment, how many answered'),
  open: people('How many came by themselves and answered'),
  release: z.int().nullable().meta({
    description:
      'The release that holds its figures, which names their indicators (`/releases/{number}`); null until they are published.',
  }),
  page: z.string().describe('Where its page is, on the same site.'),
})

function rowOf(s: KnownSurvey, release: number | null): z.output<typeof survey> {
  const { id, title, service, opens, closes, invented, instrument, response } = s
  return {
    ...{ id: String(id), title, service, opens, closes, invented },
    endedOn: s.endedAt === null ? null : new Date(s.endedAt).toISOString().slice(0, 10),
    instrument: instrument.code,
    questions: questionsOf(instrument).map((q) => ({
      ...{ code: q.code, type: q.type, part: q.part ?? null, words: q.words },
      options: q.options.map((o) => ({ code: o.code, words: o.words })),
    })),
    ...{ ways: [...s.ways], providers: s.providers, invited: s.invited },
    ...(response ?? { sampled: null, appointment: null, open: null }),
    release,
    page: response === null ? '/surveys' : `/surveys/results/${id}`,
  }
}

async function all({ reader, state }: Call) {
  const known = await reader.surveys.all(state)
  return Promise.all(
    known.map(async (s) => rowOf(s, (await releaseOf(reader, s, state))?.id ?? null)),
  )
}

export const surveys = list({
  id: 'listSurveys',
  path: '/surveys',
  topic: 'replies',
  summary: 'Surveys of those who use services',
  description:
    'What people are asked, in English and Welsh, from when to when, by which ways, and how many answered; the newest first. What they answered is among the observations.',
  filters: { service: word('The code of a service.') },
  item: survey,
  sorts: { opens: (s) => s.opens, closes: (s) => s.closes, id: (s) => Number(s.id) },
  example: () => '/surveys',
  find: async (call, { service }, asked) => {
    const of = knownService(call, service)
    const narrowing = filters<z.output<typeof survey>>({
      service: of === undefined ? undefined : [of, (s) => s.service === of],
    })
    return page(await all(call), narrowing, asked, asked.sort)
  },
})

export const oneSurvey = one({
  id: 'getSurvey',
  path: '/surveys/{code}',
  topic: 'replies',
  summary: 'One survey',
  description: 'A survey by its number.',
  item: survey,
  example: () => '/surveys/1',
  find: async (call, code) => (await all(call)).find((s) => s.id === code) ?? null,
  known: async (call) => (await all(call)).map((s) => s.id),
})
