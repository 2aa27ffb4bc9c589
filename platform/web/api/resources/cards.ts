import { z } from 'zod'
import { parts } from '../../../cards/card.ts'
import { letters } from '../../../cards/grade.ts'
import { states } from '../../../cards/score.ts'
import type { ItemMark, Mark, OwnCard } from '../../../cards/store.ts'
import { short } from '../../../comparison/sheet.ts'
import { filters, orderOf, page } from '../list.ts'
import { codeList, list, oneOf, word } from '../operation.ts'
import { knownService } from './known.ts'
import { codesWithin } from './standards.ts'

const mark = z.strictObject({
  grade: z
    .enum(letters)
    .nullable()
    .describe('F, D, C, B or A (the best); null where there is too little to say.'),
  score: z.number().nullable().meta({ description: '0 to 100; 50 is where those alike stand.' }),
  standardError: z.number().nullable().describe('How far chance may have moved the score.'),
  probability: z
    .record(z.enum(letters), z.number())
    .nullable()
    .meta({ description: 'How probable each grade is, 0 to 1.' }),
})

const item = z.strictObject({
  service: z.string().describe('The code of the service.'),
  code: z.string().describe('The code of the provider.'),
  name: z.string().describe('What the provider is called.'),
  closed: z.boolean().describe('The provider has closed.'),
  overall: mark.describe('The grade of the whole card.'),
  parts: z.record(z.enum(parts), mark).describe('The grade of each part.'),
  items: z
    .array(
      z.strictObject({
        part: z.enum(parts).describe('The part of the card that it counts in.'),
        indicator: z.string().describe('The code of the indicator.'),
        weight: z.number().describe('How much it counts within its part.'),
        behind: z.string().nullable().meta({ description: 'Of a gap: the group that is behind.' }),
        ahead: z.string().nullable().describe('Of a gap: the group that is ahead.'),
        state: z
          .enum(states)
          .describe(
            'How sure its score is: by its own interval, by how far the figures of its part differ (spread), as it stands; or why it has none (no figure, hidden, too few others, left out). aged: a rating, less sure for its age.',
          ),
        score: z
          .number()
          .nullable()
          .describe('0 to 100; 50 is where those alike stand. Null where it has none.'),
        period: z
          .string()
          .nullable()
          .describe('Of which period its figure is; null where there is none.'),
      }),
    )
    .describe('What it rests on, figure by figure.'),
  page: z.string().describe('Where its page is, on the same site.'),
})

/** Out of a hundred; six places, so that 68.09 is not told as 68.08999999999999. */
const hundred = (x: number | null): number | null => (x === null ? null : short(100 * x))

const markOf = (m: Mark): z.infer<typeof mark> => ({
  grade: m.grade === null ? null : (letters[m.grade] ?? null),
  score: hundred(m.score),
  standardError: hundred(m.error),
  probability:
    m.likely === null
      ? null
      : {
          F: 0,
          D: 0,
          C: 0,
          B: 0,
          A: 0,
          ...Object.fromEntries(letters.map((l, i) => [l, m.likely?.[i] ?? 0])),
        },
})

const itemOf = (i: ItemMark) => ({
  part: i.item.part,
  indicator: i.item.indicator,
  weight: i.item.weight,
  behind: i.item.gap?.behind ?? null,
  ahead: i.item.gap?.ahead ?? null,
  state: i.state,
  score: hundred(i.score),
  period: i.period,
})

const lineOf = (card: OwnCard) => ({
  service: card.card.service,
  code: card.code,
  name: card.name,
  closed: card.closed,
  overall: markOf(card.overall),
  parts: {
    outcomes: markOf(card.parts.outcomes),
    experience: markOf(card.parts.experience),
    fairness: markOf(card.parts.fairness),
    value: markOf(card.parts.value),
  },
  items: card.items.map(itemOf),
  page: `/providers/${card.code}/card`,
})

const gradeOf = (card: OwnCard): string =>
  card.overall.grade === null ? 'none' : (letters[card.overall.grade] ?? 'none')

export const cards = list({
  id: 'listCards',
  path: '/cards',
  topic: 'cards',
  summary: 'Report cards',
  description:
    'A grade from A to F for each part and overall, with how probable each grade is and what it rests on. In the order of services and codes.',
  filters: {
    service: word('The code of a service.'),
    subject: codeList('Codes of providers, with commas between, 100 at most.'),
    within: word('The code of a place: only providers that lie in it.'),
    grade: oneOf([...letters, 'none'], 'The overall grade; none for those without one.'),
  },
  item,
  sorts: {
    code: (c) => c.code,
    name: (c) => c.name,
    service: (c) => c.service,
    score: (c) => c.overall.score,
  },
  example: (s) => `/cards?subject=${s.provider}`,
  async find(call, { service, subject, within, grade }, asked) {
    const { reader, state } = call
    knownService(call, service)
    const inside = await codesWithin(call, within)
    const written = await reader.cards.cards(state)
    const all: OwnCard[] = []
    for (const { service: of } of written) {
      const own = await reader.cards.all(state, of)
      for (const code of own?.codes ?? []) {
        const card = own?.of(code)
        if (card) all.push(card)
      }
    }
    const found = page(
      all,
      filters<OwnCard>({
        service: [service, (c) => c.card.service === service],
        subject: [subject, (c) => subject?.includes(c.code) === true],
        within: [within, (c) => inside?.has(c.code) === true],
        grade: [grade, (c) => gradeOf(c) === grade],
      }),
      asked,
      orderOf(asked.sort, lineOf),
    )
    return { ...found, rows: found.rows.map(lineOf) }
  },
})
