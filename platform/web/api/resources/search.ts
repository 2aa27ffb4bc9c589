import { z } from 'zod'
import { text } from '../../query.ts'
import { page } from '../list.ts'
import { list } from '../operation.ts'

const mostFound = 100

export const search = list({
  id: 'search',
  path: '/search',
  topic: 'search',
  summary: 'Providers and places by name, town, postcode, street or code',
  description:
    'The best hits first unless sorted otherwise, 100 at most; misspelt words are found too. Open providers come before those that have closed.',
  filters: {
    q: text.min(2, 'is shorter than 2 characters').meta({ description: 'What to look for.' }),
  },
  item: z.strictObject({
    code: z.string().describe('The code of the provider or place.'),
    name: z.string().describe('What it is called.'),
    kind: z.enum(['provider', 'place']).describe('Whether it is a provider or a place.'),
    service: z
      .string()
      .nullable()
      .describe('Of a provider: the code of its service. Null for places.'),
    level: z
      .string()
      .nullable()
      .describe('Of a place: ward, district and so on. Null for providers.'),
    postcode: z.string().nullable().describe('Of a provider: as its register writes it.'),
    town: z.string().nullable().describe('Of a provider: as its register writes it.'),
    street: z
      .string()
      .nullable()
      .meta({ description: 'Its address, where it was found by that; null for all others.' }),
    closed: z.boolean().describe('It has closed.'),
    exact: z.boolean().meta({ description: 'It holds what was sent; others are only like it.' }),
    page: z.string().describe('Where its page is, on the same site.'),
  }),
  sorts: { name: (h) => h.name, code: (h) => h.code, kind: (h) => h.kind },
  example: (s) => `/search?q=${encodeURIComponent(s.q)}&limit=3`,
  async find({ reader, state }, { q }, asked) {
    const found = await reader.search(state, q, mostFound)
    const rows = found.map((h) => ({
      code: h.code,
      name: h.name,
      kind: h.kind,
      service: h.service,
      level: h.level,
      postcode: h.postcode,
      town: h.town,
      street: h.street ?? null,
      closed: h.closed,
      exact: h.exact,
      page: `/${h.kind === 'place' ? 'places' : 'providers'}/${encodeURIComponent(h.code)}`,
    }))
    return page(rows, [], asked, asked.sort)
  },
})
