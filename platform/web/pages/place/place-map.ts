import type { PlacePage } from '../../../comparison/reader.ts'
import type { Indicator } from '../../../evidence/indicator.ts'
import { choices, type PageContext } from '../context.ts'
import { areaMapSection } from '../map/area-map.ts'
import { placed, pointMapSection } from '../map/point-map.ts'
import {
  type Address,
  levelLinks,
  type MapSection,
  providersLevel,
  withEmbed,
} from '../map/section.ts'

/** What the address asks of the map. */
export interface PlaceMapChoice {
  /** The indicator. */
  readonly map?: string | undefined
  readonly level?: string | undefined
}

/** Indicators that are offered: the headline ones, in the order in which analysts list them. */
function offered(codes: readonly string[], context: PageContext): Indicator[] {
  const known = new Set(codes)
  const all = [...context.indicators.values()].filter((i) => known.has(i.code))
  const main = all.filter((i) => i.headline)
  return main.length > 0 ? main : all
}

/**
 * The map that a place's page leads with: the areas within it, coloured by an indicator of the
 * visitor's choice. A place without such areas shows its providers where they lie.
 */
export async function placeMap(
  place: PlacePage,
  choice: PlaceMapChoice,
  address: Address,
  context: PageContext,
): Promise<MapSection | null> {
  const { reader, state } = context
  const { code, name } = place.page
  const indicators = offered(await reader.maps.indicatorsWithin(state, code), context)
  const asked = choice.map === undefined ? undefined : context.indicators.get(choice.map)
  const indicator = asked ?? (await telling(indicators, code, context)) ?? indicators[0]
  const areas =
    indicator &&
    (await reader.maps.areas(state, indicator.code, {
      place: code,
      ...(choice.level ? { level: choice.level } : {}),
    }))
  if (indicator && areas) {
    const links = levelLinks(areas, null, areas.level, address)
    const section = areaMapSection(indicator, areas, address, links, name)
    const of = withEmbed(section, indicator.code, { place: code, level: areas.level })
    return withChoices(of, indicators, indicator)
  }
  return pointsOf(place, asked, address, context)
}

/** The first indicator whose map can tell good from bad: a map of sizes says little of how good it is. */
async function telling(
  indicators: readonly Indicator[],
  place: string,
  { reader, state }: PageContext,
): Promise<Indicator | undefined> {
  for (const indicator of indicators) {
    if (indicator.polarity === 'neither') continue
    const found = await reader.maps.areas(state, indicator.code, { place })
    const figures = found?.areas.flatMap((a) => a.figure ?? []) ?? []
    if (figures.filter((f) => f.direction !== null).length * 2 > figures.length) return indicator
  }
  return indicators.find((i) => i.polarity !== 'neither')
}

async function pointsOf(
  place: PlacePage,
  asked: Indicator | undefined,
  address: Address,
  context: PageContext,
): Promise<MapSection | null> {
  const { reader, state } = context
  const services = new Set(place.services.filter((s) => s.count > 1).map((s) => s.service))
  const known = new Set<string>()
  for (const service of services) {
    for (const s of await reader.summaries(state, service)) known.add(s.indicator)
  }
  // The catalogue knows of more than anybody has published.
  const all = [...context.indicators.values()].filter((i) => i.headline && known.has(i.code))
  const indicators = asked && !all.includes(asked) ? [asked, ...all] : all
  for (const indicator of asked ? [asked] : indicators) {
    const service = indicator.service === null ? null : reader.service(indicator.service)
    const page = service && (await reader.indicatorPage(state, indicator.code, { size: 1 }))
    const series = page && { period: page.summary.period, whole: page.summary.whole?.name ?? null }
    const points = series && (await placed(indicator, series, service, place.page.code, context))
    if (points) {
      const choice = { place: place.page.code, level: providersLevel }
      const section = pointMapSection(indicator, points, address, [])
      return withChoices(withEmbed(section, indicator.code, choice), indicators, indicator)
    }
  }
  return null
}

function withChoices(
  section: MapSection,
  indicators: readonly Indicator[],
  chosen: Indicator,
): MapSection {
  const named = new Map([chosen, ...indicators].map((i) => [i.code, i.name]))
  const codes = [...named.keys()].sort((a, b) => order(a) - order(b))
  const values = {
    ...section.values,
    choices: choices(codes, chosen.code, (c) => named.get(c) ?? c),
  }
  return { ...section, values }

  function order(code: string): number {
    const at = indicators.findIndex((i) => i.code === code)
    return at === -1 ? indicators.length : at
  }
}
