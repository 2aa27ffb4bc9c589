import type { IndicatorRow } from '../../../comparison/figures.ts'
import type { Indicator, Service } from '../../../evidence/indicator.ts'
import type { MapPoint } from '../../../places/maps.ts'
import type { Shape } from '../../../places/simplify.ts'
import { classesOf, type Shown } from '../../components/map/classes.ts'
import { type DrawnPoint, map } from '../../components/map/map.ts'
import * as words from '../../words.ts'
import type { PageContext } from '../context.ts'
import {
  type Address,
  collection,
  type LevelLink,
  legendOf,
  type MapSection,
  notesOf,
  nothing,
  sentenceOf,
  unlinked,
} from './section.ts'

export interface PointMap {
  readonly points: readonly MapPoint[]
  readonly unplaced: number
  readonly rows: readonly IndicatorRow[]
  readonly period: string
  readonly whole: string | null
  /** "primary schools". */
  readonly providers: string
  /** Shapes to draw them on. */
  readonly behind: readonly Shape[]
  /** Where they lie: "Waverley"; null for everywhere. */
  readonly name: string | null
}

/** Most providers that are drawn one by one: more are shown by area. */
export const mostPoints = 1500

/** Providers where they lie, each marked by one indicator. */
export function pointMapSection(
  indicator: Indicator,
  of: PointMap,
  address: Address,
  levels: readonly LevelLink[],
): MapSection {
  const byCode = new Map(of.rows.map((r) => [r.code, r]))
  const shownOf = (p: MapPoint): Shown => byCode.get(p.code) ?? nothing
  const shown = of.points.map(shownOf)
  const classes = classesOf(indicator, shown)
  const textOf = (p: MapPoint): string => {
    const row = byCode.get(p.code)
    return row ? words.figure(indicator, row) : 'no figure'
  }
  const wordOf = (p: MapPoint) => words.word(indicator, byCode.get(p.code)?.direction ?? null)
  const isRough = (p: MapPoint): boolean => p.how === 'sector' || p.how === 'outward'
  const drawn = of.points.map((p): DrawnPoint => {
    const word = shownOf(p).value === null ? '' : `, ${wordOf(p).word}`
    return {
      href: `/providers/${encodeURIComponent(p.code)}`,
      title: `${p.name}: ${textOf(p)}${word}`,
      class: classes.of(shownOf(p)),
      at: p.at,
      rough: isRough(p),
    }
  })
  // Those that stand out are drawn last, over the others.
  const size = (d: DrawnPoint): number =>
    d.class.id.startsWith('much') ? 2 : d.class.pattern === 'none' ? 1 : 0
  drawn.sort((a, b) => size(a) - size(b))
  const title = `${indicator.name}${of.name === null ? '' : ` in ${of.name}`}, ${words.period(of.period)}`
  const sentence = sentenceOf(classes, shown, of.providers, of.whole)
  const rough = of.points.filter(isRough).length
  const notes = notesOf(classes, shown, of.whole)
  if (classes.scheme === 'difference') {
    notes.push('On the map ▲ is better, ▼ worse and a round dot neither.')
  }
  if (rough > 0) {
    notes.push(
      `The sources give no coordinates for ${words.number(rough, 0)} of them: they are put in the middle of what we know of their postcode’s area, and drawn smaller.`,
    )
  }
  if (of.unplaced > 0) {
    notes.push(
      `${words.number(of.unplaced, 0)} more cannot be put on the map: the sources give neither coordinates nor a postcode that we can place.`,
    )
  }
  const options = {
    title,
    description: sentence,
    areas: [],
    behind: of.behind,
    points: drawn,
  }
  const svg = map(options)
  const legend = legendOf(classes, shown)
  const head = ['Name', 'Value', `Against ${of.whole ?? 'the whole'}`]
  const rows = of.points.map((p) => [
    { text: p.name, href: `/providers/${encodeURIComponent(p.code)}` },
    { text: textOf(p) },
    shownOf(p).value === null ? { text: '' } : { word: wordOf(p) },
  ])
  const features = of.points.map((p) => ({
    type: 'Feature',
    id: p.code,
    properties: {
      code: p.code,
      name: p.name,
      indicator: indicator.code,
      period: of.period,
      placed: p.how,
      ...shownOf(p),
    },
    geometry: { type: 'Point', coordinates: p.at },
  }))
  return {
    values: {
      title,
      sentence,
      svg,
      legend,
      notes,
      levels,
      head,
      rows,
      files: { svg: address({}, '.svg'), geojson: address({}, '.geojson') },
    },
    files: { svg, geojson: collection(features) },
    bare: () => {
      const bare = map({ ...options, linked: false })
      return { title, sentence, svg: bare, legend, notes, head, rows: unlinked(rows) }
    },
  }
}

/**
 * The providers of one indicator as points, those that have a row in its table; null where fewer than
 * two can be placed, or too many to be told apart.
 * @param behind shapes to draw them on where no place is asked for.
 */
export async function placed(
  indicator: Indicator,
  series: Pick<PointMap, 'period' | 'whole'>,
  service: Service,
  place: string | undefined,
  { reader, state }: PageContext,
  behind: readonly Shape[] = [],
): Promise<PointMap | null> {
  const { points, unplaced } = await reader.maps.points(state, service.code, place)
  const key = { period: series.period, breakdown: '' }
  const codes = [...points.map((p) => p.code), ...unplaced]
  const rows = await reader.rowsOf(state, indicator.code, key, codes)
  const known = new Set(rows.map((r) => r.code))
  const shown = points.filter((p) => known.has(p.code))
  if (shown.length < 2 || shown.length >= mostPoints) return null
  const name = place === undefined ? null : ((await reader.subject(state, place))?.name ?? null)
  const ground = place === undefined ? null : await reader.maps.shape(state, place)
  return {
    ...series,
    points: shown,
    unplaced: unplaced.filter((code) => known.has(code)).length,
    rows,
    providers: service.providers,
    name,
    behind: ground ? [ground] : behind,
  }
}
