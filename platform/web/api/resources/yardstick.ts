import { z } from 'zod'
import { statuses } from '../../../evidence/descriptor.ts'
import { inOrder, partOf, parts, sideOf } from '../../../yardstick/standing.ts'
import { readWording } from '../../../yardstick/wording.ts'
import { filters, page } from '../list.ts'
import { list, oneOf, word } from '../operation.ts'
import { known } from './known.ts'

const sides = ['home', 'abroad', 'local'] as const

const item = z.strictObject({
  indicator: z.string().describe('The code of an indicator of the yardstick.'),
  name: z.string().describe('What is measured.'),
  part: z.enum(parts).meta({ description: 'Of the four parts by which services are measured.' }),
  place: z.string().meta({ description: 'The code of a country, a city, a region ...' }),
  placeName: z.string().describe('What the place is called.'),
  side: z.enum(sides).meta({
    description: 'This country (home), another one or a part of it (abroad), or one service here.',
  }),
  group: z.string().meta({ description: 'Of whom there; empty for everyone.' }),
  period: z.string().describe('The year or years, as the source gives them.'),
  status: z.enum(statuses).describe('`value`, or why there is none.'),
  value: z
    .number()
    .nullable()
    .describe('In the unit of the indicator; null where the source tells it in words alone.'),
  lower95: z.number().nullable().meta({ description: 'Null: the source gives no interval.' }),
  upper95: z.number().nullable().describe('Null: the source gives no interval.'),
  said: z.string().nullable().meta({ description: 'The source’s own words.' }),
  release: z.int().describe('The number of the release that it comes from.'),
  page: z.string().describe('Where the page is that shows it.'),
})

export const yardstick = list({
  id: 'listYardstick',
  path: '/yardstick',
  topic: 'yardstick',
  summary: 'Known figures of this country and of others',
  description:
    'What other countries and years are known to reach, to hold one’s own figures against: as the sources say it, in their own words. By indicator; this country first.',
  filters: {
    indicator: word('The code of an indicator of the yardstick.'),
    part: oneOf(parts, 'Outcomes, experience, fairness or value for money.'),
    place: word('The code of a place.'),
    side: oneOf(sides, 'This country, others, or single services and regions here.'),
  },
  item,
  sorts: {
    indicator: (f) => f.indicator,
    name: (f) => f.name,
    place: (f) => f.place,
    placeName: (f) => f.placeName,
    period: (f) => f.period,
    value: (f) => f.value,
  },
  example: () => '/yardstick?side=home&limit=5',
  async find(call, { indicator, part, place, side }, asked) {
    const { reader, state, indicators } = call
    const all = await reader.yardstick.all(state)
    known('indicator', indicator, () => [...all.keys()])
    const rows = [...all].flatMap(([code, figures]) => {
      const about = indicators.get(code)
      const partName = about && partOf(about)
      const own = parts.find((p) => p === partName)
      if (!about || !own) return []
      return inOrder(figures).map((f) => ({
        indicator: code,
        name: about.name,
        part: own,
        place: f.place.code,
        placeName: f.place.name,
        side: sideOf(f.place),
        group: f.breakdown,
        period: f.figure.period,
        status: f.figure.status,
        value: f.figure.value,
        lower95: f.figure.limits?.lower95 ?? null,
        upper95: f.figure.limits?.upper95 ?? null,
        said: readWording(f.figure.note)?.said ?? null,
        release: f.figure.release,
        page: '/yardstick',
      }))
    })
    known('place', place, () => [...new Set(rows.map((r) => r.place))].sort())
    return page(
      rows,
      filters<(typeof rows)[number]>({
        indicator: [indicator, (r) => r.indicator === indicator],
        part: [part, (r) => r.part === part],
        place: [place, (r) => r.place === place],
        side: [side, (r) => r.side === side],
      }),
      asked,
      asked.sort,
    )
  },
})
