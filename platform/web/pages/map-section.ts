import type { IndicatorRow } from '../../comparison/figures.ts'
import type { Indicator } from '../../evidence/indicator.ts'
import { levelLabel } from '../../places/levels.ts'
import type { AreaMap, MapFigure, MapPoint } from '../../places/maps.ts'
import type { Shape } from '../../places/simplify.ts'
import { type Classes, classesOf, type Shown } from '../components/map/classes.ts'
import { type DrawnArea, type DrawnPoint, map, swatch } from '../components/map/map.ts'
import * as words from '../words.ts'

/** An address of the page that the map is on, with another choice. */
export type Address = (change: Readonly<Record<string, string>>, ending?: string) => string

/** A map for its page, and as files of its own. */
export interface MapSection {
  readonly values: Record<string, unknown>
  readonly files: { readonly svg: string; readonly geojson: string }
}

const nothing: Shown = { value: null, direction: null }

/** "NHS sub-ICB areas", "districts". */
const levelsName = (level: string): string =>
  level === 'county' ? 'counties and unitary authorities' : `${levelLabel(level)}s`

/** "counties", "districts", "NHS sub-ICB areas". */
export const shortLevel = (level: string): string => levelsName(level).split(' and ')[0] ?? level

/** "63% (60 to 66)"; without limits the value alone. */
function figureText(indicator: Indicator, f: MapFigure): string {
  const { value, lower95, upper95 } = f
  const limits =
    lower95 === null || upper95 === null
      ? null
      : { lower95, upper95, lower998: lower95, upper998: upper95, method: 'published' as const }
  return words.figure(indicator, { status: 'value', value, limits })
}

/** "31 better, 40 similar and 35 worse", of the classes that the map has. */
function counted(classes: Classes, shown: readonly Shown[]): string {
  const counts = Map.groupBy(shown, (s) => classes.of(s).words)
  const parts = classes.all.flatMap(({ words: text }) => {
    const n = counts.get(text)?.length ?? 0
    const said = text === 'no figure' ? 'without a figure' : text
    return n === 0 ? [] : [`${n} ${said}`]
  })
  const last = parts.pop() ?? ''
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}

/** What can be said of a map at a glance. */
function sentenceOf(classes: Classes, shown: readonly Shown[], what: string, whole: string | null) {
  const some = `${words.number(shown.length, 0)} ${what}`
  if (classes.scheme === 'difference' && whole !== null) {
    return `Of ${some}, compared with ${whole}: ${counted(classes, shown)}.`
  }
  const without = shown.filter((s) => s.value === null).length
  const missing = without === 0 ? '' : ` ${without} have no figure.`
  return `${some}, in five groups of like size from the lowest to the highest.${missing}`
}

function legendOf(classes: Classes, shown: readonly Shown[]) {
  const used = Map.groupBy(shown, (s) => classes.of(s))
  return classes.all.flatMap((c) => {
    const n = used.get(c)?.length ?? 0
    return n === 0 ? [] : [{ swatch: swatch(c), text: `${words.sentenceCase(c.words)} (${n})` }]
  })
}

function notesOf(classes: Classes, shown: readonly Shown[], whole: string | null): string[] {
  const hatched = shown.some((s) => s.direction === 0 && s.value !== null)
  const unsure = whole !== null && shown.some((s) => s.direction === null && s.value !== null)
  const colours = classes.scheme === 'value' ? ['The darker, the higher.'] : []
  return [
    ...colours,
    ...(hatched ? ['Hatched: the data cannot tell it from the whole (at 95%).'] : []),
    ...(unsure
      ? ['Where the source gives no interval, nobody can say how sure a difference is.']
      : []),
  ]
}

const numberWord = (f: MapFigure | null): string =>
  f === null ? '' : f.origin === 'published' ? 'published' : `from ${f.providers} together`

/** The areas of one level, coloured by one indicator. */
export function areaMapSection(
  indicator: Indicator,
  of: AreaMap,
  address: Address,
  name: string | null,
): MapSection {
  const shown = of.areas.map((a) => a.figure ?? nothing)
  const classes = classesOf(indicator, shown)
  const text = (f: MapFigure | null): string => (f ? figureText(indicator, f) : 'no figure')
  const drawn = of.areas.map(({ code, name, geometry, figure }): DrawnArea => {
    const word =
      figure && of.whole !== null ? `, ${words.word(indicator, figure.direction).word}` : ''
    return {
      href: `/places/${encodeURIComponent(code)}`,
      title: `${name}: ${text(figure)}${word}`,
      class: classes.of(figure ?? nothing),
      geometry,
    }
  })
  const where = name === null ? `by ${levelLabel(of.level)}` : `in ${name}`
  const title = `${indicator.name} ${where}, ${words.period(of.period)}`
  const sentence = sentenceOf(classes, shown, levelsName(of.level), of.whole)
  const against = (figure: MapFigure | null) =>
    figure ? { word: words.word(indicator, figure.direction) } : { text: '' }
  const rows = of.areas.map(({ code, name, figure }) => [
    { text: name, href: `/places/${encodeURIComponent(code)}` },
    { text: text(figure) },
    ...(of.whole === null ? [] : [against(figure)]),
    { text: numberWord(figure) },
  ])
  const pooled = of.areas.some((a) => a.figure && a.figure.origin !== 'published')
  const notes = notesOf(classes, shown, of.whole)
  if (pooled)
    notes.push('Where an area has no figure of its own, its providers here are taken together.')
  const svg = map({ title, description: sentence, areas: drawn, behind: [], points: [] })
  const features = of.areas.map(({ code, name, geometry, figure }) => ({
    type: 'Feature',
    id: code,
    properties: {
      code,
      name,
      level: of.level,
      indicator: indicator.code,
      period: of.period,
      ...figure,
    },
    geometry,
  }))
  return {
    values: {
      title,
      sentence,
      svg,
      legend: legendOf(classes, shown),
      notes,
      levels: of.levels.map(({ level, count }) => ({
        text: `${shortLevel(level)} (${count})`,
        href: `${address({ level })}#map`,
        current: level === of.level,
      })),
      head: ['Area', 'Value', ...(of.whole === null ? [] : [`Against ${of.whole}`]), 'From'],
      rows,
      files: { svg: address({}, '.svg'), geojson: address({}, '.geojson') },
    },
    files: { svg, geojson: collection(features) },
  }
}

const collection = (features: readonly unknown[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features })

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
export function pointMapSection(indicator: Indicator, of: PointMap, address: Address): MapSection {
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
  const svg = map({ title, description: sentence, areas: [], behind: of.behind, points: drawn })
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
      legend: legendOf(classes, shown),
      notes,
      levels: [],
      head: ['Name', 'Value', `Against ${of.whole ?? 'the whole'}`],
      rows: of.points.map((p) => [
        { text: p.name, href: `/providers/${encodeURIComponent(p.code)}` },
        { text: textOf(p) },
        shownOf(p).value === null ? { text: '' } : { word: wordOf(p) },
      ]),
      files: { svg: address({}, '.svg'), geojson: address({}, '.geojson') },
    },
    files: { svg, geojson: collection(features) },
  }
}
