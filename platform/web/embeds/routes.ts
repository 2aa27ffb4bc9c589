import type { PageContext } from '../pages/context.ts'
import { type Query, query } from '../query.ts'
import type { Asked, Handler } from '../routes.ts'
import { cardEmbed } from './card.ts'
import { compareEmbed } from './compare.ts'
import { type Embed, embedPage } from './embed.ts'
import { figureEmbed } from './figure.ts'
import { funnelEmbed } from './funnel.ts'
import { indicatorEmbed } from './indicator.ts'
import { mapEmbed } from './map.ts'
import { storiesEmbed } from './stories.ts'

type Maker = (context: PageContext, asked: Asked) => Promise<Embed | null>

const ofSubject =
  (kind: 'provider' | 'place'): Maker =>
  (context, { code, indicator, query: q }) =>
    figureEmbed(kind, code, indicator, { group: q.group ?? '', chart: q.chart ?? '' }, context)

const seriesOf = (q: Query) => ({
  ...(q.period ? { period: q.period } : {}),
  ...(q.group ? { breakdown: q.group } : {}),
})

/** What can be embedded: each path stands below `/embed`. */
const makers: readonly (readonly [path: string, make: Maker])[] = [
  ['/providers/:code/card', (c, { code }) => cardEmbed(code, c)],
  ['/providers/:code/stories', (c, { code }) => storiesEmbed(code, c)],
  ['/providers/:code/indicators/:indicator', ofSubject('provider')],
  ['/places/:code/indicators/:indicator', ofSubject('place')],
  [
    '/indicators/:code',
    (c, { code, query: q }) => indicatorEmbed(code, seriesOf(q), q.chart ?? '', c),
  ],
  ['/indicators/:code/funnel', (c, { code, query: q }) => funnelEmbed(code, seriesOf(q), c)],
  [
    '/indicators/:code/map',
    (c, { code, query: { period, place, level } }) => mapEmbed(code, { period, place, level }, c),
  ],
  [
    '/compare',
    (c, { query: q }) =>
      compareEmbed(
        {
          providers: q.providers ?? [],
          place: q.place ?? null,
          service: q.service ?? null,
          indicator: q.indicator ?? null,
          group: q.group ?? null,
        },
        c,
      ),
  ],
]

/** The addresses below `/embed`; each also answers as SVG and as JSON. */
export const embedRoutes: readonly (readonly [path: string, handler: Handler])[] = makers.map(
  ([path, make]) => [
    path,
    async (context, asked) => {
      const embed = await make(context, asked)
      return embed && embedPage(embed, context)
    },
  ],
)

/** Parts of a query that change an embed; all others are left out of its address. */
const meant = [
  'chart',
  'period',
  'group',
  'providers',
  'place',
  'level',
  'service',
  'indicator',
] as const

/** An embed by its address below `/embed`. */
export interface FoundEmbed {
  readonly embed: Embed
  /** Its path and query below `/embed`, written anew: nothing of what was typed is kept. */
  readonly path: string
  readonly search: string
}

function searchOf(q: Query): string {
  const search = new URLSearchParams()
  for (const name of meant) {
    const value = q[name]
    if (value !== undefined && value !== '') {
      search.set(name, Array.isArray(value) ? value.join(',') : String(value))
    }
  }
  return search.size === 0 ? '' : `?${String(search).replaceAll('%2C', ',')}`
}

/**
 * The embed at an address below `/embed`, such as `/providers/A81001/card`; null where there is none.
 * @param address a path with its query, as anybody may have typed it.
 */
export async function findEmbed(address: string, context: PageContext): Promise<FoundEmbed | null> {
  const url = URL.parse(address, 'http://plumbline.invalid')
  const asked = url && query.safeParse(Object.fromEntries(url.searchParams))
  if (!url || !asked?.success) return null
  const given = url.pathname.split('/')
  for (const [pattern, make] of makers) {
    const names = pattern.split('/')
    if (names.length !== given.length) continue
    const values = new Map<string, string>()
    const fits = names.every((name, i) => {
      const value = decoded(given[i] ?? '')
      if (!name.startsWith(':')) return name === value
      values.set(name, value)
      return value !== ''
    })
    if (!fits) continue
    const code = values.get(':code') ?? ''
    const embed = await make(context, {
      code,
      indicator: values.get(':indicator') ?? '',
      query: asked.data,
    })
    const path = names
      .map((name) => (name.startsWith(':') ? encodeURIComponent(values.get(name) ?? '') : name))
      .join('/')
    return embed && { embed, path, search: searchOf(asked.data) }
  }
  return null
}

/** A part of a path; '' where it cannot be read or cannot be typed. */
export function decoded(part: string): string {
  try {
    const text = decodeURIComponent(part)
    return /[\u0000-\u001f\u007f]/.test(text) || text.length > 200 ? '' : text
  } catch {
    return ''
  }
}
