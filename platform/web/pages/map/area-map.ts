import type { Indicator } from '../../../evidence/indicator.ts'
import { levelLabel } from '../../../places/levels.ts'
import type { AreaMap, MapFigure } from '../../../places/maps.ts'
import { classesOf } from '../../components/map/classes.ts'
import { type DrawnArea, map } from '../../components/map/map.ts'
import * as words from '../../words.ts'
import {
  type Address,
  collection,
  type LevelLink,
  legendOf,
  levelsName,
  type MapSection,
  notesOf,
  nothing,
  sentenceOf,
  unlinked,
} from './section.ts'

/** "63% (60 to 66)"; without limits the value alone. */
function figureText(indicator: Indicator, f: MapFigure): string {
  const { value, lower95, upper95 } = f
  const limits =
    lower95 === null || upper95 === null
      ? null
      : { lower95, upper95, lower998: lower95, upper998: upper95, method: 'published' as const }
  return words.figure(indicator, { status: 'value', value, limits })
}

/** "published", "from 12 together". */
const numberWord = (f: MapFigure | null): string =>
  f === null ? '' : f.origin === 'published' ? 'published' : `from ${f.providers} together`

/** The areas of one level, coloured by one indicator. */
export function areaMapSection(
  indicator: Indicator,
  of: AreaMap,
  address: Address,
  levels: readonly LevelLink[],
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
  const options = { title, description: sentence, areas: drawn, behind: [], points: [] }
  const svg = map(options)
  const legend = legendOf(classes, shown)
  const head = ['Area', 'Value', ...(of.whole === null ? [] : [`Against ${of.whole}`]), 'From']
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
