import type { IndicatorPage } from '../../../comparison/reader.ts'
import type { Indicator, Service } from '../../../evidence/indicator.ts'
import type { PageContext } from '../context.ts'
import { areaMapSection } from '../map/area-map.ts'
import { placed, pointMapSection } from '../map/point-map.ts'
import {
  type Address,
  levelLinks,
  type MapChoice,
  type MapSection,
  providersLevel,
  withEmbed,
} from '../map/section.ts'

/**
 * The map of an indicator's page: areas of the level with most figures; points where the page is
 * about one place, where the address asks for them, and where no area has a figure.
 */
export async function indicatorMap(
  indicator: Indicator,
  page: IndicatorPage,
  service: Service | null,
  choice: MapChoice,
  address: Address,
  context: PageContext,
): Promise<MapSection | null> {
  const { reader, state } = context
  const { period, breakdown, whole } = page.summary
  if (breakdown !== '') return null
  const { level, place } = choice
  const areas = await reader.maps.areas(state, indicator.code, {
    period,
    ...(place ? { place } : {}),
    ...(level ? { level } : {}),
  })
  const behind = areas?.areas.map((a) => a.geometry) ?? []
  const series = { period, whole: whole?.name ?? null }
  const points = service && (await placed(indicator, series, service, place, context, behind))
  const count = points && { providers: points.providers, count: points.points.length }
  const wantsPoints = level === providersLevel || (place && !level) || !areas
  if (points && wantsPoints) {
    const links = levelLinks(areas, count, providersLevel, address)
    return withEmbed(pointMapSection(indicator, points, address, links), indicator.code, choice)
  }
  if (!areas) return null
  const name = page.areas.find((a) => a.code === place)?.name ?? null
  const links = levelLinks(areas, count, areas.level, address)
  const section = areaMapSection(indicator, areas, address, links, name)
  return withEmbed(section, indicator.code, choice)
}
