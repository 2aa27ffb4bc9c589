import type { Comparison, Direction } from '../comparison/figures.ts'
import type { SearchHit, State } from '../comparison/reader.ts'
import type { Degrees } from './grid.ts'
import type { Placing } from './locate.ts'
import type { Shape } from './simplify.ts'

/** What one indicator comes to in an area. */
export interface MapFigure {
  readonly value: number
  /** 95% limits; null where nobody knows them. */
  readonly lower95: number | null
  readonly upper95: number | null
  /** Against the whole. */
  readonly direction: Direction | null
  readonly origin: Comparison['origin']
  /** How many providers were taken together; 0 where the area's own figure was published. */
  readonly providers: number
}

export interface MapArea {
  readonly code: string
  readonly name: string
  readonly geometry: Shape
  readonly figure: MapFigure | null
}

/** One indicator over the areas of one level. */
export interface AreaMap {
  readonly indicator: string
  readonly period: string
  readonly level: string
  /** Levels that have figures here, the one with the most first, with how many areas have one. */
  readonly levels: readonly { readonly level: string; readonly count: number }[]
  /** What the areas were compared with; null where nothing stands for the whole. */
  readonly whole: string | null
  /** In the order of their names. */
  readonly areas: readonly MapArea[]
}

export interface MapQuery {
  /** Default: the latest. */
  readonly period?: string
  /** Default: the level with the most figures. */
  readonly level?: string
  /** Only areas within this place. */
  readonly place?: string
}

/** A provider on a map. */
export interface MapPoint extends SearchHit {
  readonly at: Degrees
  readonly how: Placing
  readonly status: string | null
}

/** How one area stands among all of its level. */
export interface Standing {
  readonly indicator: string
  readonly period: string
  readonly level: string
  readonly figure: MapFigure
  readonly whole: string | null
  /** How many areas of the level have a figure, and how many of them a lower one. */
  readonly count: number
  readonly below: number
}

export interface NearService {
  readonly service: string
  readonly nearest: readonly (MapPoint & { readonly kilometres: number })[]
  /** Of those that cannot be placed, the first whose postcode is like the one asked for, the likest first. */
  readonly alike: readonly (SearchHit & { readonly shares: Placing })[]
  /** How many there are of the latter, listed or not. */
  readonly alikeCount: number
  /** How many of its providers cannot be placed. */
  readonly unplaced: number
}

export interface Near {
  readonly postcode: string
  /** How well its place is known; null where just the postcodes of others are like it. */
  readonly how: Placing | null
  /** How many providers its place was worked out from. */
  readonly from: number
  readonly services: readonly NearService[]
}

/** Maps of one state, as they were computed at publish. */
export interface MapsReader {
  /** An indicator by area; null where fewer than two areas have a figure. */
  areas(state: State, indicator: string, query: MapQuery): Promise<AreaMap | null>
  /** The indicators that have a map of the areas within a place. */
  indicatorsWithin(state: State, place: string): Promise<readonly string[]>
  /** The providers of a service that can be placed, of a place or of all, and the codes of the rest. */
  points(
    state: State,
    service: string,
    place?: string,
  ): Promise<{ readonly points: readonly MapPoint[]; readonly unplaced: readonly string[] }>
  /** A place's own shape; null where no boundaries hold it. */
  shape(state: State, place: string): Promise<Shape | null>
  /** Where an area stands, in each indicator's latest period. */
  standings(state: State, place: string): Promise<readonly Standing[]>
  /**
   * The nearest providers of each service, and those that nobody can place whose postcode is like it; null
   * where a postcode is not known at all.
   */
  near(state: State, postcode: string, most: number): Promise<Near | null>
}
