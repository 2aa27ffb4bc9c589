import type { IndicatorPage } from '../../../comparison/reader.ts'
import type { Indicator, Service } from '../../../evidence/indicator.ts'
import type { Shape } from '../../../places/simplify.ts'
import type { PageContext } from '../context.ts'
import {
  type Address,
  areaMapSection,
  type MapSection,
  mostPoints,
  pointMapSection,
  shortLevel,
} from '../map-section.ts'

/** What a map is asked for: areas of a level, `providers` for points, only within a place. */
export interface MapChoice {
  readonly level?: string | undefined
  readonly place?: string | undefined
}

/** Points are asked for as if they were a level. */
export const providersLevel = 'providers'

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
  const { period, breakdown } = page.summary
  if (breakdown !== '') return null
  const place = choice.place ? { place: choice.place } : {}
  const areas = await reader.maps.areas(state, indicator.code, {
    period,
    ...place,
    ...(choice.level ? { level: choice.level } : {}),
  })
  const behind = choice.place ? [] : (areas?.areas.map((a) => a.geometry) ?? [])
  const points = service && (await placed(indicator, page, service, choice.place, context, behind))
  const wantsPoints = choice.level === providersLevel || (choice.place && !choice.level)
  if (points && (wantsPoints || !areas)) {
    return withLevels(pointMapSection(indicator, points, address), areas?.levels ?? [], points)
  }
  if (!areas) return null
  const name = choice.place ? (page.areas.find((a) => a.code === choice.place)?.name ?? null) : null
  const section = areaMapSection(indicator, areas, address, name)
  return points ? withPoints(section, points.points.length) : section

  function withPoints(s: MapSection, count: number): MapSection {
    const levels = s.values.levels as readonly unknown[]
    return { ...s, values: { ...s.values, levels: [...levels, pointLevel(count, false)] } }
  }

  function withLevels(
    s: MapSection,
    levels: readonly { level: string; count: number }[],
    { points }: { points: readonly unknown[] },
  ): MapSection {
    const others = levels.map(({ level, count }) => ({
      text: `${shortLevel(level)} (${count})`,
      href: `${address({ level })}#map`,
      current: false,
    }))
    return { ...s, values: { ...s.values, levels: [...others, pointLevel(points.length, true)] } }
  }

  function pointLevel(count: number, current: boolean) {
    const text = `${service?.providers ?? 'providers'} one by one (${count})`
    return { text, href: `${address({ level: providersLevel })}#map`, current }
  }
}

/** Its providers as points; null where none can be placed, or too many are to be told apart. */
export async function placed(
  indicator: Indicator,
  page: Pick<IndicatorPage, 'summary'>,
  service: Service,
  place: string | undefined,
  { reader, state }: PageContext,
  behind: readonly Shape[] = [],
) {
  const { points, unplaced } = await reader.maps.points(state, service.code, place)
  const { period, breakdown, whole } = page.summary
  const codes = points.map((p) => p.code)
  const rows = await reader.rowsOf(state, indicator.code, { period, breakdown }, codes)
  const known = new Set(rows.map((r) => r.code))
  const shown = points.filter((p) => known.has(p.code))
  if (shown.length < 2 || shown.length >= mostPoints) return null
  const name = place === undefined ? null : ((await reader.subject(state, place))?.name ?? null)
  const ground = place === undefined ? null : await reader.maps.shape(state, place)
  return {
    points: shown,
    unplaced,
    rows,
    period,
    whole: whole?.name ?? null,
    providers: service.providers,
    name,
    behind: ground ? [ground] : behind,
  }
}
