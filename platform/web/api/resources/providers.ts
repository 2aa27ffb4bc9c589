import { z } from 'zod'
import { nameFilter } from '../../../providers/name-filter.ts'
import type { Registered } from '../../../providers/register.ts'
import { filters, page } from '../list.ts'
import { type Call, list, one, oneOf, word } from '../operation.ts'
import { knownPlace, knownService, nearSubject, unlessEnded } from './known.ts'

const line = {
  code: z.string().describe('The code by which its register knows it. It lasts.'),
  name: z.string().describe('What its register calls it.'),
  service: z.string().nullable().describe('The code of its service; null where no register says.'),
  type: z.string().nullable().describe('What kind it is, in the words of its register.'),
  postcode: z.string().nullable().describe('As its register writes it.'),
  town: z.string().nullable().describe('As its register writes it.'),
  closed: z.boolean().describe('It has closed. Its figures stay.'),
  closedOn: z.string().nullable().meta({ description: 'The day, as its register writes it.' }),
  within: z
    .array(z.string())
    .meta({ description: 'Codes of the places that hold it, from the smallest to the largest.' }),
  page: z.string().describe('Where its page is, on the same site.'),
}
const item = z.strictObject(line)

const lineOf = (r: Registered) => ({
  code: r.code,
  name: r.name,
  service: r.service,
  type: r.type,
  postcode: r.postcode,
  town: r.town,
  closed: r.closed,
  closedOn: r.closedOn,
  within: [...r.within],
  page: `/providers/${r.code}`,
})

export const providers = list({
  id: 'listProviders',
  path: '/providers',
  topic: 'providers',
  summary: 'Providers: practices, schools, hospitals ...',
  description:
    'Who there is, where they are, and which have closed. By code unless sorted otherwise.',
  filters: {
    service: word('The code of a service.'),
    within: word('The code of a place: only providers that lie in it.'),
    closed: oneOf(['yes', 'no'], 'Those that have closed, or those that have not.'),
    q: word('A part of its name, code, town or postcode.'),
  },
  item,
  sorts: { name: (p) => p.name, code: (p) => p.code },
  example: (s) => `/providers?service=${s.service}&within=${s.place}`,
  async find(call, { service, within, closed, q }, asked) {
    const isNamed = nameFilter(q ?? '')
    const place = await knownPlace(call, within)
    const all = (await call.reader.register.providers(call.state)).map(lineOf)
    return page(
      all,
      filters({
        service: [knownService(call, service), (p) => p.service === service],
        within: [place, (p) => p.within.includes(place ?? '')],
        closed: [closed, (p) => p.closed === (closed === 'yes')],
        q: [q, (p) => isNamed(`${p.code} ${p.name} ${p.town} ${p.postcode}`)],
      }),
      asked,
      asked.sort,
    )
  },
})

const full = z.strictObject({
  ...line,
  address: z.string().nullable().describe('Street and house; null where its register gives none.'),
  facts: z.record(z.string(), z.string()).meta({ description: 'What its register says of it.' }),
  successors: z
    .array(z.string())
    .meta({ description: 'Codes of who came after it, of those that are listed.' }),
  peers: z.array(z.string()).meta({ description: 'Codes of the most similar, the nearest first.' }),
})

async function describe({ reader, state }: Call, code: string) {
  const subject = await reader.subject(state, code)
  if (subject?.kind !== 'provider') return null
  const registered = (await reader.register.providers(state)).find((r) => r.code === code)
  if (!registered) return null
  return {
    ...lineOf(registered),
    address: subject.address,
    facts: { ...subject.facts },
    successors: subject.successors.map((s) => s.code),
    peers: [...subject.peers],
  }
}

export const provider = one({
  id: 'getProvider',
  path: '/providers/{code}',
  topic: 'providers',
  summary: 'One provider',
  description: 'A provider by its code, with what its register says of it and who is like it.',
  item: full,
  example: (s) => `/providers/${s.provider}`,
  find: async (call, code) =>
    (await describe(call, code)) ?? (await unlessEnded(call, 'provider', code)),
  near: (call, code) => nearSubject(call, 'provider', code),
})
