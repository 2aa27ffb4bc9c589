import type { PageContext } from '../pages/context.ts'
import { indicatorMap } from '../pages/indicator/indicator-map.ts'
import { addressOfMap, type MapChoice } from '../pages/map/section.ts'
import { type Block, type Embed, sourceLine } from './embed.ts'

/** The map of an indicator: areas, or providers where they lie. Null where the page has no map either. */
export async function mapEmbed(
  code: string,
  asked: MapChoice,
  context: PageContext,
): Promise<Embed | null> {
  const { reader, state } = context
  const indicator = context.indicators.get(code)
  const { period, place } = asked
  const page =
    indicator &&
    (await reader.indicatorPage(state, code, {
      ...(period ? { period } : {}),
      ...(place ? { place } : {}),
      page: 1,
      size: 1,
    }))
  if (!indicator || !page) return null
  const service = indicator.service === null ? null : reader.service(indicator.service)
  const address = addressOfMap(code, asked)
  const map = await indicatorMap(indicator, page, service, asked, () => address, context)
  if (!map) return null
  const { title, sentence, svg, legend, notes, head, rows } = map.bare()
  const about = service?.name ?? 'Places'
  return {
    about,
    title,
    words: [sentence, ...notes].join(' '),
    blocks: [
      { kind: 'text', text: sentence },
      { kind: 'picture', svg, legend, table: { summary: 'The map as a table', head, rows } },
      ...notes.map((text): Block => ({ kind: 'text', text, quiet: true })),
    ],
    source: await sourceLine(
      page.releases.map((r) => r.id),
      context,
    ),
    href: `${address}#map`,
    link: 'The whole map, and more about this measure',
    data: { indicator: code, map: JSON.parse(map.files.geojson) as unknown },
  }
}
