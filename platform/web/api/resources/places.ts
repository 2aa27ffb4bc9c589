import { z } from 'zod'
import { nameFilter } from '../../../providers/name-filter.ts'
import type { Registered } from '../../../providers/register.ts'
import { filters, page } from '../list.ts'
import { type Call, list, one, word } from '../operation.ts'
import { known, knownPlace, nearSubject, unlessEnded } from './known.ts'

const item = z.strictObject({
  code: z.string().describe('The code of official statistics. It lasts.'),
  name: z.string().describe('What it is called.'),
  level: z.string().nullable().meta({ description: 'ward, district, icb, region ...' }),
  within: z
    .array(z.string())
    .meta({ description: 'Codes of the places that hold it, from the smallest to the largest.' }),
  page: z.string().describe('Where its page is, on the same site.'),
})

const lineOf = (r: Registered) => ({
  code: r.code,
  name: r.name,
  level: r.level,
  within: [...r.within],
  page: `/places/${r.code}`,
})

export const places = list({
  id: 'listPlaces',
  path: '/places',
  topic: 'places',
  summary: 'Places: wards, districts, regions ...',
  description:
    'All places but small areas (LSOAs), of which there are tens of thousands: these are found by their code alone. By code unless sorted otherwise.',
  filters: {
    level: word('Places of one level.'),
    within: word('The code of a place: only places that lie in it.'),
    q: word('A part of its name or code.'),
  },
  item,
  sorts: { name: (p) => p.name, code: (p) => p.code },
  example: () => '/places?sort=name&limit=5',
  async find(call, { level, within, q }, asked) {
    const isNamed = nameFilter(q ?? '')
    const place = await knownPlace(call, within)
    const all = (await call.reader.register.places(call.state)).map(lineOf)
    const levels = () => [...new Set(all.flatMap((p) => p.level ?? []))].sort()
    return page(
      all,
      filters({
        level: [known('level', level, levels), (p) => p.level === level],
        within: [place, (p) => p.within.includes(place ?? '')],
        q: [q, (p) => isNamed(`${p.code} ${p.name}`)],
      }),
      asked,
      asked.sort,
    )
  },
})

async function describe({ reader, state }: Call, code: string) {
  const subject = await reader.subject(state, code)
  if (subject?.kind !== 'place') return null
  return {
    code: subject.code,
    name: subject.name,
    level: subject.level,
    within: subject.parents.map((p) => p.code),
    page: `/places/${subject.code}`,
  }
}

export const place = one({
  id: 'getPlace',
  path: '/places/{code}',
  topic: 'places',
  summary: 'One place',
  description: 'A place by its code, small areas too.',
  item,
  example: (s) => `/places/${s.place}`,
  find: async (call, code) =>
    (await describe(call, code)) ?? (await unlessEnded(call, 'place', code)),
  near: (call, code) => nearSubject(call, 'place', code),
})
