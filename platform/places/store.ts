import type { Direction } from '../comparison/figures.ts'
import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import { origins } from '../comparison/sheet.ts'
import type { Database } from '../database/database.ts'
import type { SubjectStore } from '../providers/store.ts'
import { levelRank } from './levels.ts'
import type { AreaMap, MapArea, MapFigure, MapQuery, MapsReader, Standing } from './maps.ts'
import { PointStore } from './point-store.ts'
import { areasOf, type LevelTopology, type Shape } from './simplify.ts'

interface SeriesRow {
  readonly indicator: string
  readonly period: string
  readonly level: string
  readonly areas: readonly number[]
  readonly value: readonly number[]
  readonly lower95: readonly (number | null)[]
  readonly upper95: readonly (number | null)[]
  readonly direction: readonly number[]
  readonly origin: readonly number[]
  readonly providers: readonly number[]
  readonly whole: string | null
}

const columns = `indicator, period, level, areas, value, lower95, upper95, direction, origin,
  providers, whole`

/** Fewer areas than this make no map. */
const fewestAreas = 2

const byName = new Intl.Collator('en-GB')

/** An area as a map needs it. */
interface Place {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly parents: readonly number[]
  readonly geometry: Shape
}

/** Maps as they were stored at publish. */
export class MapStore implements MapsReader {
  readonly #db: Database
  readonly #subjects: SubjectStore
  readonly #points: PointStore
  readonly #levels = new Kept<ReadonlyMap<number, Place>>(12)
  readonly #latest = new Kept<ReadonlyMap<string, SeriesRow[]>>(2)

  constructor(db: Database, subjects: SubjectStore) {
    this.#db = db
    this.#subjects = subjects
    this.#points = new PointStore(db, subjects)
  }

  points = (state: State, service: string, place?: string) =>
    this.#points.points(state, service, place)
  near = (state: State, postcode: string, most: number) => this.#points.near(state, postcode, most)

  async areas(state: State, indicator: string, query: MapQuery): Promise<AreaMap | null> {
    const within = query.place === undefined ? null : await this.#number(state, query.place)
    const all = await this.#series(state, indicator, query.period)
    const found: { series: SeriesRow; places: ReadonlyMap<number, Place>; count: number }[] = []
    for (const series of all) {
      const places = await this.#level(state, series.level)
      const count = series.areas.filter((id) => isWithin(places.get(id), within)).length
      if (count >= fewestAreas) found.push({ series, places, count })
    }
    found.sort((a, b) => b.count - a.count || levelRank(a.series.level) - levelRank(b.series.level))
    const chosen = found.find((f) => f.series.level === query.level) ?? found[0]
    if (!chosen) return null
    const { series, places } = chosen
    return {
      indicator,
      period: series.period,
      level: series.level,
      levels: found.map((f) => ({ level: f.series.level, count: f.count })),
      whole: series.whole,
      areas: drawn(series, places, within),
    }
  }

  async indicatorsWithin(state: State, place: string): Promise<string[]> {
    const within = await this.#number(state, place)
    const indicators = new Set<string>()
    for (const [indicator, all] of await this.#latestSeries(state)) {
      for (const series of all) {
        const places = await this.#level(state, series.level)
        const count = series.areas.filter((id) => isWithin(places.get(id), within)).length
        if (count >= fewestAreas) indicators.add(indicator)
      }
    }
    return [...indicators]
  }

  async shape(state: State, place: string): Promise<Shape | null> {
    const id = await this.#number(state, place)
    const levels = await this.#db.query<{ level: string }>(
      'select distinct level from map_level where publication <= $1 order by level',
      [state.publication],
    )
    for (const { level } of levels) {
      const found = (await this.#level(state, level)).get(id)
      if (found) return found.geometry
    }
    return null
  }

  async standings(state: State, place: string): Promise<Standing[]> {
    const id = await this.#number(state, place)
    return [...(await this.#latestSeries(state))].flatMap(([indicator, all]): Standing[] => {
      // A unitary authority is a county and a district: it stands among most where it has most beside it.
      const [series] = all
        .filter((s) => s.areas.includes(id))
        .sort((a, b) => b.areas.length - a.areas.length)
      const at = series?.areas.indexOf(id) ?? -1
      const figure = series && figureAt(series, at)
      if (!series || !figure) return []
      const { period, level, whole } = series
      const below = series.value.filter((v) => v < figure.value).length
      return [{ indicator, period, level, figure, whole, count: series.areas.length, below }]
    })
  }

  /** -1 for what is not listed: nothing lies within it. */
  async #number(state: State, code: string): Promise<number> {
    return (await this.#subjects.listing(state, code))?.id ?? -1
  }

  async #series(state: State, indicator: string, period?: string): Promise<readonly SeriesRow[]> {
    const latest = (await this.#latestSeries(state)).get(indicator) ?? []
    if (period === undefined) {
      const newest = latest.map((s) => s.period).sort()
      return latest.filter((s) => s.period === newest.at(-1))
    }
    if (latest.some((s) => s.period === period)) return latest.filter((s) => s.period === period)
    const rows = await this.#db.query<SeriesRow>(
      `select distinct on (level) ${columns} from map_series
       where indicator = $2 and period = $3 and publication <= $1 order by level, publication desc`,
      [state.publication, indicator, period],
    )
    return rows.filter((r) => r.areas.length > 0)
  }

  /** The latest period of each indicator and level. */
  #latestSeries(state: State): Promise<ReadonlyMap<string, SeriesRow[]>> {
    return this.#latest.get(String(state.publication), async () => {
      const rows = await this.#db.query<SeriesRow>(
        `select distinct on (indicator, level) ${columns} from (
           select distinct on (indicator, level, period) ${columns} from map_series
           where publication <= $1 order by indicator, level, period, publication desc
         ) newest where cardinality(areas) > 0 order by indicator, level, period desc`,
        [state.publication],
      )
      return Map.groupBy(rows, (r) => r.indicator)
    })
  }

  #level(state: State, level: string): Promise<ReadonlyMap<number, Place>> {
    return this.#levels.get(`${state.publication} ${level}`, async () => {
      const [row] = await this.#db.query<{ topology: string }>(
        `select topology from map_level where level = $2 and publication <= $1
         order by publication desc limit 1`,
        [state.publication, level],
      )
      if (!row || row.topology === '') return new Map()
      const shapes = areasOf(JSON.parse(row.topology) as LevelTopology)
      const named = await this.#subjects.listings(
        state,
        shapes.map((s) => s.id),
      )
      return new Map(
        shapes.flatMap(({ id, geometry }): [number, Place][] => {
          const l = named.get(id)
          return l ? [[id, { id, code: l.code, name: l.name, parents: l.parents, geometry }]] : []
        }),
      )
    })
  }
}

const isWithin = (place: Place | undefined, within: number | null): boolean =>
  place !== undefined && (within === null || place.parents.includes(within))

/**
 * The areas of a map: those that have a figure, and those beside them without one. Where most of a
 * country has none (two counties are loaded), its other areas are left out rather than drawn empty.
 */
function drawn(
  series: SeriesRow,
  places: ReadonlyMap<number, Place>,
  within: number | null,
): MapArea[] {
  const all = [...places.values()].filter((p) => isWithin(p, within))
  const at = new Map(series.areas.map((id, i) => [id, i]))
  const valued = all.filter((p) => at.has(p.id))
  const tops = new Set(valued.map((p) => p.parents.at(-1)))
  const beside = all.filter((p) => p.parents.length > 0 && tops.has(p.parents.at(-1)))
  const shown = valued.length * 2 >= beside.length || within !== null ? beside : valued
  return [...new Set([...valued, ...shown])]
    .sort((a, b) => byName.compare(a.name, b.name))
    .map(({ id, code, name, geometry }) => {
      return { code, name, geometry, figure: figureAt(series, at.get(id) ?? -1) }
    })
}

function figureAt(s: SeriesRow, at: number): MapFigure | null {
  const value = s.value[at]
  if (value === undefined) return null
  const direction = s.direction[at] ?? 9
  return {
    value,
    lower95: s.lower95[at] ?? null,
    upper95: s.upper95[at] ?? null,
    direction: direction === 9 ? null : (direction as Direction),
    origin: origins[s.origin[at] ?? 0] ?? 'published',
    providers: s.providers[at] ?? 0,
  }
}
