import { levelLabel } from '../../../places/levels.ts'
import type { AreaMap } from '../../../places/maps.ts'
import type { Classes, Shown } from '../../components/map/classes.ts'
import { swatch } from '../../components/map/map.ts'
import * as words from '../../words.ts'

/** An address of the page that the map is on, with another choice. */
export type Address = (change: Readonly<Record<string, string>>, ending?: string) => string

/** A map for its page, and as files of its own. */
export interface MapSection {
  readonly values: Record<string, unknown>
  readonly files: { readonly svg: string; readonly geojson: string }
  /** The same for a page of somebody else, where nothing within it leads anywhere. */
  readonly bare: () => BareMap
}

/** What a map is asked for: areas of a level, `providers` for points, only within a place. */
export interface MapChoice {
  readonly level?: string | undefined
  readonly place?: string | undefined
  readonly period?: string | undefined
}

/** The address of an indicator's page with such a map; with `/map` behind its path the embed's. */
export function addressOfMap(code: string, asked: MapChoice, ending = ''): string {
  const search = new URLSearchParams()
  for (const name of ['period', 'place', 'level'] as const) {
    const value = asked[name]
    if (value) search.set(name, value)
  }
  return `/indicators/${encodeURIComponent(code)}${ending}${search.size > 0 ? `?${search}` : ''}`
}

/** A map with the address of its embed, for the link beneath it. */
export const withEmbed = (section: MapSection, code: string, asked: MapChoice): MapSection => ({
  ...section,
  values: { ...section.values, embed: addressOfMap(code, asked, '/map') },
})

export interface BareMap {
  readonly title: string
  readonly sentence: string
  readonly svg: string
  readonly legend: ReturnType<typeof legendOf>
  readonly notes: readonly string[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly { readonly text: string }[])[]
}

type TableCell = {
  readonly text?: string
  readonly href?: string
  readonly word?: words.Word | undefined
}

/** Cells without links: a word is its shape and itself. */
export const unlinked = (rows: readonly (readonly TableCell[])[]): BareMap['rows'] =>
  rows.map((cells) =>
    cells.map(({ text, word }) => ({ text: word ? `${word.shape} ${word.word}` : (text ?? '') })),
  )

/** What an area or a provider without a figure shows. */
export const nothing: Shown = { value: null, direction: null }

/** "NHS sub-ICB areas", "districts". */
export const levelsName = (level: string): string =>
  level === 'county' ? 'counties and unitary authorities' : `${levelLabel(level)}s`

/** "counties", "districts", "NHS sub-ICB areas". */
const shortLevel = (level: string): string => levelsName(level).split(' and ')[0] ?? level

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
export function sentenceOf(
  classes: Classes,
  shown: readonly Shown[],
  what: string,
  whole: string | null,
) {
  const some = `${words.number(shown.length, 0)} ${what}`
  if (classes.scheme === 'difference' && whole !== null) {
    return `Of ${some}, compared with ${whole}: ${counted(classes, shown)}.`
  }
  const without = shown.filter((s) => s.value === null).length
  const missing = without === 0 ? '' : ` ${without} have no figure.`
  return `${some}, in five groups of like size from the lowest to the highest.${missing}`
}

/** The classes that are on the map, each with how many there are. */
export function legendOf(classes: Classes, shown: readonly Shown[]) {
  const used = Map.groupBy(shown, (s) => classes.of(s))
  return classes.all.flatMap((c) => {
    const n = used.get(c)?.length ?? 0
    return n === 0 ? [] : [{ swatch: swatch(c), text: `${words.sentenceCase(c.words)} (${n})` }]
  })
}

/** What else one must know to read the map. */
export function notesOf(classes: Classes, shown: readonly Shown[], whole: string | null): string[] {
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

/** One way to draw a map, as a link unless it is drawn so now. */
export interface LevelLink {
  readonly text: string
  readonly href: string
  readonly current: boolean
}

/** Providers one by one are asked for as if they were a level. */
export const providersLevel = 'providers'

/** The ways in which a map can be drawn: the levels that have figures, and providers one by one. */
export function levelLinks(
  areas: AreaMap | null,
  points: { readonly providers: string; readonly count: number } | null,
  current: string,
  address: Address,
): LevelLink[] {
  const link = (level: string, text: string): LevelLink => {
    return { text, href: `${address({ level })}#map`, current: level === current }
  }
  const levels =
    areas?.levels.map((l) => link(l.level, `${shortLevel(l.level)} (${l.count})`)) ?? []
  const each = points && link(providersLevel, `${points.providers} one by one (${points.count})`)
  return each ? [...levels, each] : levels
}

/** GeoJSON of what a map draws. */
export const collection = (features: readonly unknown[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features })
